"""The exchange: all platforms of one process; what is heard is kept, answered once in its turn, and shown."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

from bot.chat import Posted
from bot.errors import BooksShut, Refusal
from bot.platforms import Door, Heard, Later, Place, Platform, Told, Unreachable
from handlers.conversation import Conversation, clean
from handlers.switchboard.answering import Answering
from handlers.switchboard.courier import LAST, Courier, ended, when_open
from handlers.switchboard.fetching import Fetched, Fetching
from handlers.switchboard.keeping import Keeper
from handlers.switchboard.line import Line
from handlers.switchboard.outbox import Outbox
from handlers.switchboard.pacing import doubling
from storage.directory import Talk
from storage.engine import Database

WORKERS = 4
"""How many requests are answered at once; SQLite writes one at a time anyway."""
REMEMBERED = timedelta(days=7)
"""How long the name of a delivery is known after it came."""
SWEEP_SECONDS = 3600.0
"""How often what is over is thrown away."""
LONGEST = 60.0
"""Seconds between two tries to reach a platform at the start, at the most."""
Publish = Callable[[str, tuple[Posted, ...]], None]

log = logging.getLogger(__name__)


class Exchange:
    """All platforms of one process. `publish` hears of new lines, for the pages that show them too."""

    def __init__(
        self,
        database: Database,
        conversation: Conversation,
        now: Callable[[], datetime],
        publish: Publish,
        *,
        sign_up: bool = False,
        upload_limit: int = 25 * 1024 * 1024,
    ) -> None:
        self.database = database
        self.now = now
        self.publish = publish
        self.upload_limit = upload_limit
        self.platforms: dict[str, Platform] = {}
        self.answering = Answering(database, conversation, now, self._said, sign_up)
        self.outbox = Outbox(database, conversation, now, self._said, self._title)
        self._keeper = Keeper(self._keep)
        self._workers = ThreadPoolExecutor(WORKERS, "purr-answers")
        self._turns: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()
        self._couriers: dict[str, Courier] = {}
        self._under_way: set[asyncio.Task[Told]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweeping: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def line(self, platform: str) -> Line:
        """What a platform is handed."""
        return Line(platform, self.database, self.now, self.hear, self.answering, self.outbox)

    def doors(self) -> tuple[Door, ...]:
        """The ways in, on the platforms that run."""
        return tuple(self.platforms[name].door for name in self._couriers)

    async def start(self, platforms: Sequence[Platform]) -> None:
        """Begin with each platform as soon as it can be reached; the others do not wait for it."""
        self._loop = asyncio.get_running_loop()
        self.platforms |= {platform.name: platform for platform in platforms}
        await asyncio.to_thread(self._sweep)
        self._sweeping = asyncio.create_task(self._sweep_on())
        for platform in platforms:
            self._keep_task(self._begin(platform))

    async def _begin(self, platform: Platform) -> None:
        """Start a platform, answer what was left unanswered there, and show what was left unshown.

        One whose token is not accepted, or that breaks, is left out, and the owner is told.
        """
        waiting = await asyncio.to_thread(self._waiting, platform.name)
        try:
            await self._reach(platform)
        except Unreachable as lost:
            log.error("%s does not accept its token; it is left out", platform.name)
            await asyncio.to_thread(self.outbox.lost, Place(platform.name, ""), lost.reason)
            return
        except Exception:
            log.exception("%s could not be started; it is left out", platform.name)
            await asyncio.to_thread(self.outbox.broken, platform.name)
            return
        log.info("%s is connected", platform.name)
        self._couriers[platform.name] = Courier(platform, self.outbox)
        for heard in waiting:
            self._answer(heard)
        await asyncio.to_thread(self.outbox.try_anew, platform.name)
        await self._visit_all()

    async def _reach(self, platform: Platform) -> None:
        """Start a platform, however often that has to be tried."""
        waits = doubling(LONGEST)
        while True:
            try:
                return await platform.start()
            except Later as later:
                log.warning("%s cannot be reached; trying again", platform.name)
                await asyncio.sleep(max(later.seconds, next(waits)))

    async def stop(self) -> None:
        """Hear no more, answer what was heard, show what is being shown, and let go.

        What takes too long is answered, or shown, at the next start.
        """
        if self._sweeping:
            self._sweeping.cancel()
        await self._drop_tasks()
        for name in self._couriers:
            await self.platforms[name].quiet()
        await ended(self._under_way, LAST)
        self._loop = None
        for courier in self._couriers.values():
            await courier.stop()
        await self._drop_tasks()
        for name in self._couriers:
            await self.platforms[name].stop()
        self._keeper.close()
        self._workers.shutdown(wait=False, cancel_futures=True)

    def wake(self, business: str) -> None:
        """There are new lines of a business: show them wherever they belong. From any thread."""
        if (loop := self._loop) and self._couriers:
            loop.call_soon_threadsafe(self._visit, business)

    async def settled(self) -> None:
        """Wait until all that was heard is answered and shown, and what that brings about."""
        await asyncio.sleep(0)
        while waiting := self._busy():
            await asyncio.wait(waiting)
            await asyncio.sleep(0)

    def _busy(self) -> list[asyncio.Task[Any]]:
        shown = (task for courier in self._couriers.values() for task in courier.under_way())
        return [*self._under_way, *self._tasks, *shown]

    async def _drop_tasks(self) -> None:
        await asyncio.sleep(0)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def hear(self, heard: Heard) -> asyncio.Future[Told] | None:
        """Keep what was heard, then work on it; None when it was heard before."""
        heard = replace(heard, request=clean(heard.request))
        if not await self._keeper.keep(heard):
            return None
        return self._answer(heard)

    def _answer(self, heard: Heard) -> asyncio.Task[Told]:
        task = asyncio.create_task(self._in_turn(heard))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _in_turn(self, heard: Heard) -> Told:
        """Answer one thing after another in each place, as soon as the books are open."""
        waits = doubling(LONGEST)
        async with self._turns.setdefault(heard.place, asyncio.Lock()):
            while True:
                try:
                    return await self._worked(heard)
                except BooksShut as shut:
                    log.warning("what was heard on %s waits: %s", heard.place.platform, shut)
                    await asyncio.sleep(next(waits))

    async def _worked(self, heard: Heard) -> Told:
        try:
            fetched = await self._fetched(heard)
        except BooksShut:
            raise
        except Exception:
            ident = secrets.token_hex(3)
            log.exception("a file could not be fetched from %s: %s", heard.place.platform, ident)
            return await asyncio.to_thread(self.answering.refused, heard, Refusal("bug", id=ident))
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._workers, self._answered, heard, fetched)

    async def _fetched(self, heard: Heard) -> Fetched:
        """The files that came with it; those of a stranger stay where they are."""
        if not heard.attachments or not await asyncio.to_thread(self._wants_files, heard):
            return Fetched()
        return await Fetching(self.platforms[heard.place.platform], self.upload_limit)(heard)

    def _wants_files(self, heard: Heard) -> bool:
        with self.database.arrivals(self.now()) as arrivals:
            is_waiting = arrivals.is_waiting(heard)
        return is_waiting and self.answering.knows(heard.person)

    def _answered(self, heard: Heard, fetched: Fetched) -> Told:
        """Answer with the files that could be had; where there is none, say why, and that is all."""
        if fetched.refusal is None:
            return self.answering(heard, fetched.files)
        if not fetched.files:
            return self.answering.refused(heard, fetched.refusal)
        told = self.answering(heard, fetched.files)
        return replace(told, hint=told.hint or self.answering.worded(fetched.refusal, told.language))

    def _said(self, business: str, lines: tuple[Posted, ...]) -> None:
        self.publish(business, lines)
        self.wake(business)

    def _visit(self, business: str) -> None:
        self._keep_task(self._visit_all(business))

    def _keep_task(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _visit_all(self, business: str = "") -> None:
        for name, courier in self._couriers.items():
            for talk in await when_open(asyncio.sleep, self._talks, name, business):
                courier.visit(talk)

    def _talks(self, platform: str, business: str) -> tuple[Talk, ...]:
        with self.database.directory(self.now()) as directory:
            return directory.open_talks(platform, business)

    def _title(self, platform: str) -> str:
        known = self.platforms.get(platform)
        return known.door.title if known else platform.capitalize()

    def _keep(self, many: Sequence[Heard]) -> Sequence[bool]:
        with self.database.arrivals(self.now()) as arrivals:
            return arrivals.keep(many)

    def _waiting(self, platform: str) -> tuple[Heard, ...]:
        with self.database.arrivals(self.now()) as arrivals:
            return arrivals.waiting(platform)

    async def _sweep_on(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            await asyncio.to_thread(self._sweep)

    def _sweep(self) -> None:
        """Throw away what is over: names of deliveries, what waits on no platform, and in the drawers."""
        try:
            with self.database.drawer("", self.now()) as drawer:
                drawer.clear()
            with self.database.arrivals(self.now()) as arrivals:
                arrivals.forget(self.now() - REMEMBERED, tuple(self.platforms))
        except Exception:
            log.exception("what is over could not be thrown away; it is tried again in an hour")
