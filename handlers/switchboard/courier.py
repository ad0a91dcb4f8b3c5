"""The courier: shows each chat the lines it has yet to see, in order, at the platform's pace."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from bot.errors import BooksShut
from bot.platforms import Later, Moved, Place, Platform, Post, Unreachable
from handlers.switchboard.outbox import Outbox, Round
from handlers.switchboard.pacing import Pacer, doubling
from storage.directory import Talk

LONGEST = 300.0
"""Seconds between two tries, at the most."""
LAST = 10.0
"""Seconds that what is under way may still take when Purr stops."""
GIVE_UP = 3
"""How often a line is tried that breaks for a reason of our own."""

T = TypeVar("T")
log = logging.getLogger(__name__)


class Stopped(Exception):
    """Purr is being stopped while something waits; it is shown at the next start."""


@dataclass(slots=True)
class Courier:
    """Shows the lines of all chats of one platform; in each place one at a time, whatever they are about."""

    platform: Platform
    outbox: Outbox
    clock: Callable[[], float] = time.monotonic
    _rounds: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _again: set[str] = field(default_factory=set)
    _places: WeakValueDictionary[Place, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _pacer: Pacer | None = None

    def visit(self, talk: Talk) -> None:
        """Show a chat what it has yet to see, or go on with that."""
        key = talk.chat.id
        if (running := self._rounds.get(key)) and not running.done():
            self._again.add(key)
        elif not self._stopping.is_set():
            self._rounds[key] = asyncio.create_task(self._go(talk))

    def under_way(self) -> list[asyncio.Task[None]]:
        """What is being shown."""
        return [task for task in self._rounds.values() if not task.done()]

    async def stop(self) -> None:
        """Let what is being shown be shown, and begin nothing more."""
        self._stopping.set()
        await ended(self.under_way(), LAST)

    async def _go(self, talk: Talk) -> None:
        try:
            while not self._stopping.is_set():
                self._again.discard(talk.chat.id)
                async with self._places.setdefault(talk.chat.place, asyncio.Lock()):
                    was_any = await self._show_all(talk)
                if not was_any and talk.chat.id not in self._again:
                    return
        except (Stopped, Unreachable):
            return
        except Exception:
            log.exception("a chat on %s could not be shown its lines", self.platform.name)

    async def _show_all(self, talk: Talk) -> bool:
        """Show what is pending; whether there was anything."""
        round_ = await when_open(self._rest, self.outbox.pending, talk)
        for each in round_.posts:
            await self._show(round_, each.post, each.revision)
        return bool(round_.posts)

    async def _show(self, round_: Round, post: Post, revision: int) -> None:
        message = await self._shown(round_, await when_open(self._rest, self.outbox.laden, round_, post))
        await when_open(self._rest, self.outbox.shown, round_, post, message, revision)

    async def _shown(self, round_: Round, post: Post) -> str:
        """The message that shows a line, however often it has to be tried; empty when it breaks us."""
        waits, broken = doubling(LONGEST), 0
        while True:
            await self._rest(self._turns().wait(post.place))
            try:
                return await self.platform.show(post)
            except Later as later:
                await self._rest(max(later.seconds, next(waits)))
            except Moved as moved:
                post = await when_open(self._rest, self.outbox.moved, post, moved.chat)
            except Unreachable as lost:
                await when_open(self._rest, self.outbox.lost, post.place, lost.reason)
                raise
            except Exception:
                log.exception("a line could not be shown on %s: %s", self.platform.name, post.line.id)
                broken += 1
                if broken == GIVE_UP:
                    await when_open(self._rest, self.outbox.broken, self.platform.name, [round_.business])
                    return post.message
                await self._rest(next(waits))

    def _turns(self) -> Pacer:
        self._pacer = self._pacer or Pacer(self.platform.pace, self.clock)
        return self._pacer

    async def _rest(self, seconds: float) -> None:
        if self._stopping.is_set():
            raise Stopped
        if seconds > 0:
            await _unless(self._stopping.wait(), seconds)


async def when_open(rest: Callable[[float], Awaitable[None]], work: Callable[..., T], *about: object) -> T:
    """Do something in the books in a thread; while they are shut, rest and try again."""
    waits = doubling(LONGEST)
    while True:
        try:
            return await asyncio.to_thread(work, *about)
        except BooksShut as shut:
            log.warning("the books are shut, trying again: %s", shut)
        await rest(next(waits))


async def ended(tasks: Collection[asyncio.Task[Any]], seconds: float) -> None:
    """Wait so long for tasks to end, and cancel those that are late."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late)


async def _unless(stopping: Awaitable[object], seconds: float) -> None:
    """Wait so long, unless it is time to stop."""
    try:
        await asyncio.wait_for(stopping, seconds)
    except TimeoutError:
        return
    raise Stopped
