"""Keeping what comes in, many in one transaction, so that a burst is acknowledged as fast as one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from bot.platforms import Heard


class Keeper:
    """Keeps deliveries in the order they come; `write` keeps several and says of each whether it is new."""

    def __init__(self, write: Callable[[Sequence[Heard]], Sequence[bool]]) -> None:
        self._write = write
        # A thread of its own: an acknowledgement never waits behind the work.
        self._thread = ThreadPoolExecutor(1, "purr-keeper")
        self._waiting: list[tuple[Heard, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, heard: Heard) -> bool:
        """Keep a delivery; whether it is new. When this returns, it is safe."""
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((heard, future))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await future

    def close(self) -> None:
        """Let the thread go."""
        self._thread.shutdown()

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            await self._write_some(batch)

    async def _write_some(self, batch: Sequence[tuple[Heard, asyncio.Future[bool]]]) -> None:
        loop = asyncio.get_running_loop()
        try:
            news = await loop.run_in_executor(self._thread, self._write, [heard for heard, _ in batch])
        except Exception as problem:  # noqa: BLE001  # whoever waits is told
            for _, future in batch:
                if not future.done():
                    future.set_exception(problem)
            return
        for (_, future), is_new in zip(batch, news, strict=True):
            if not future.done():
                future.set_result(is_new)
