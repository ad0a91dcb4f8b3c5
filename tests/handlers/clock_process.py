"""A process of its own that runs the bakery's clock on the real engine, for tests to kill."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial

from handlers.clock import jobs, tick
from handlers.engine.embedded import Embedded
from storage.engine import Database
from tests.handlers.day import MORNING, Day
from tests.mailserver import MailServer


async def main(url: str, port: int, start: float) -> None:
    """Run for as long as there is something to do, beginning so many seconds into the morning."""
    began = time.monotonic()

    def now() -> datetime:
        return MORNING + timedelta(seconds=start + time.monotonic() - began)

    with closing(Database(url)) as database:
        engine = Embedded(url, now, poll_seconds=0.05)
        hands = Day(database, MailServer(port=port)).hands(
            f"start-{start}", now=now, enqueue=engine.enqueue, pace=1, publish=lambda business, lines: None
        )
        engine.every(0.1, partial(tick, hands))
        await engine.run(jobs(hands))
        await asyncio.sleep(0.5)
        while database.due_nudges(now()) or database.open_deliveries(now()):  # noqa: ASYNC110 - no bell
            await asyncio.sleep(0.1)
        await engine.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
