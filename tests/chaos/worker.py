"""A process of its own that works on the books, with all of Purr but the chat, for the runs to kill."""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from bot.settings import Settings
from handlers.app import App
from handlers.works import told_to_stop
from tests.chaos.ground import MORNING

TIMEOUT = 5.0
"""Seconds a mail server may take for one step; a claim lasts for twice all steps, and a minute."""


def purr(url: str, data: Path, port: int, began: float) -> App:
    """Purr with a mail server and a quick tick, on a clock that goes on however often it is started anew."""
    settings = Settings(
        _env_file=None,
        data=data,
        DATABASE_URL=url,
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_security="none",
        smtp_from="asa@asasbageri.example",
        smtp_timeout=TIMEOUT,
        tick_seconds=1,
        log="warning",
    )

    def now() -> datetime:
        return MORNING + timedelta(seconds=time.time() - began)

    return App(settings, now)


async def main(url: str, data: str, port: str, began: str) -> None:
    """Work until told to stop."""
    with purr(url, Path(data), int(port), float(began)) as app:
        async with app.works(lambda _business, _lines: None).running():
            await told_to_stop().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
