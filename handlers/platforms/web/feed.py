"""Lines on their way to open pages: published by any thread, heard by every page."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from bot.chat import Posted


@dataclass(frozen=True, slots=True)
class Heard:
    """What a listening page gets: a line, `stale` when it missed too many, neither when all is quiet."""

    mark: str
    posted: Posted | None = None
    stale: bool = False


class Feed:
    """The newest lines with a running number; a page that was away a moment hears what it missed."""

    def __init__(self, keep: int = 200) -> None:
        self._epoch = secrets.token_hex(4)
        self._lock = threading.Lock()
        self._count = 0
        self._newest: deque[tuple[int, Posted]] = deque(maxlen=keep)
        self._bells: set[_Bell] = set()
        self._closed = False

    def publish(self, *posted: Posted) -> None:
        """Tell every open page of lines that are new or changed, from whichever thread.

        Where one says that what was said before holds no more, nothing of it is told again: pages look anew.
        """
        if any(line.card.anew for line in posted):
            self.turn()
            return
        with self._lock:
            for line in posted:
                self._count += 1
                self._newest.append((self._count, line))
        self._ring()

    def turn(self) -> None:
        """Begin anew: another conversation is shown, or one that changed, and every page has to fetch it."""
        with self._lock:
            self._epoch = secrets.token_hex(4)
            self._count = 0
            self._newest.clear()
        self._ring()

    def close(self) -> None:
        """End every open stream, so that the server can stop."""
        self._closed = True
        self._ring()

    def mark(self) -> str:
        """Where the feed stands now; hand it to `listen` to hear what comes after."""
        with self._lock:
            return self._spell(self._count)

    async def listen(self, after: str, patience: float = 15.0) -> AsyncIterator[Heard]:
        """Everything after a mark, and a sign of life whenever it is quiet for `patience` seconds."""
        bell = _Bell(asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._bells.add(bell)
        try:
            while not self._closed:
                bell.event.clear()
                for heard in self._since(after):
                    after = heard.mark
                    yield heard
                if not await bell.rung(patience):
                    yield Heard(after)
        finally:
            with self._lock:
                self._bells.discard(bell)

    def _since(self, after: str) -> tuple[Heard, ...]:
        with self._lock:
            seen = self._read(after)
            if seen is None or self._count - seen > len(self._newest):
                return (Heard(self._spell(self._count), stale=True),)
            return tuple(Heard(self._spell(at), line) for at, line in self._newest if at > seen)

    def _spell(self, count: int) -> str:
        return f"{self._epoch}-{count}"

    def _read(self, mark: str) -> int | None:
        epoch, _, count = mark.partition("-")
        known = epoch == self._epoch and count.isascii() and count.isdigit()
        return min(int(count), self._count) if known and len(count) < 20 else None

    def _ring(self) -> None:
        with self._lock:
            bells = tuple(self._bells)
        for bell in bells:
            bell.ring()


@dataclass(frozen=True, eq=False, slots=True)
class _Bell:
    loop: asyncio.AbstractEventLoop
    event: asyncio.Event

    def ring(self) -> None:
        # A server that is stopping may have closed its loop already.
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.event.set)

    async def rung(self, patience: float) -> bool:
        try:
            await asyncio.wait_for(self.event.wait(), patience)
        except TimeoutError:
            return False
        return True
