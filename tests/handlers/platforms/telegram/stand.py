"""The real adapter, between a Bot API server and a switchboard of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, ParamSpec, cast

from handlers.platforms.telegram import open as open_telegram
from handlers.platforms.telegram.platform import Telegram
from tests.handlers.platforms.telegram.board import Board
from tests.handlers.platforms.telegram.botapi import BotApi

P = ParamSpec("P")


def running(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """A test that runs in a loop of its own."""

    @wraps(test)
    def run(*given: P.args, **named: P.kwargs) -> None:
        asyncio.run(test(*given, **named))

    return run


@asynccontextmanager
async def stand(
    board: Board | None = None, address: str = "", **options: str
) -> AsyncIterator[tuple[BotApi, Board, Telegram]]:
    """The adapter up and hearing; and in the end no call was made that no bot should make."""
    board = board or Board()
    async with BotApi() as api:
        telegram = of(api, board, address, **options)
        await telegram.start()
        yield api, board, telegram
        await telegram.quiet()
        await telegram.stop()
        assert api.problems == []


def of(api: BotApi, board: Board, address: str = "", **options: str) -> Telegram:
    """The adapter, yet to be started; with the drawer of another it is that one after a restart."""
    return cast(Telegram, open_telegram(api.options() | options, board, address))


async def until(true: Callable[[], object], patience: float = 5.0) -> None:
    """Wait until something has come true."""
    loop = asyncio.get_running_loop()
    end = loop.time() + patience
    while not true():
        assert loop.time() < end, "it did not come true"
        await asyncio.sleep(0.005)
