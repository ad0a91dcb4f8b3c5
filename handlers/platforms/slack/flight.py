"""Work under way, counted, so that nothing is cut off when Purr stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress

log = logging.getLogger(__name__)


class Flight:
    """What has been begun. A middleware of Bolt cannot count it: it unwinds with the acknowledgement."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: set[asyncio.Task[None]] = set()

    @contextmanager
    def aboard(self) -> Iterator[None]:
        """For as long as this is open there is work under way."""
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Go on with something after its request was acknowledged."""
        task = asyncio.get_running_loop().create_task(self._fly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def landed(self, within: float) -> None:
        """Wait until everything is done; what takes longer is let go."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._idle.wait(), within)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _fly(self, work: Coroutine[None, None, None]) -> None:
        with self.aboard():
            try:
                await work
            except Exception:
                log.exception("Slack: what should have followed did not")
