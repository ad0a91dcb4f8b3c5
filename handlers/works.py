"""The works: all that goes on behind the chat, in its own process or, on PostgreSQL, in others beside it."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from bot.chat import Posted
from bot.errors import Refusal
from bot.settings import SettingError, Settings
from handlers.clock import Enqueue, Hands, jobs, tick
from handlers.conversation import Conversation
from handlers.engine.embedded import Embedded
from handlers.engine.port import Beat, Job
from handlers.letterbox.incoming import Incoming
from handlers.rounds.ledgers import Rounds, pull
from handlers.rounds.mailboxes import Mailboxes, taking
from handlers.rounds.registers import Lookups
from handlers.rounds.retention import Keeping
from handlers.running.pulse import Pulse
from handlers.switchboard import Publish
from storage import bell
from storage.engine import Database
from storage.ledgers import fetch_papers
from storage.registers import look_up
from storage.workers import SILENT

log = logging.getLogger(__name__)

REMEMBERED = timedelta(days=1)
"""How long a worker may be silent before its name is forgotten; the others take its jobs over before that."""


class Works:
    """The engine with its jobs, and what is done at each tick; `hands` makes those of a worker."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        now: Callable[[], datetime],
        hands: Callable[[Enqueue, str], Hands],
        inbox: Conversation,
        incoming: Incoming,
        pulse: Pulse,
    ) -> None:
        self._database, self._now = database, now
        self._tick = settings.tick_seconds
        # A claim is by one start of one process: after a crash the next is somebody else.
        self.worker = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self._engine = Embedded(
            settings.database,
            now,
            slow=("pull",),
            worker="only" if database.is_sqlite else self.worker,
            roll=None if database.is_sqlite else self._roll,
        )
        mine = hands(self._engine.enqueue, self.worker)
        rounds = Rounds(inbox.desk, inbox.fetch, fetch_papers)
        self._jobs: dict[str, Job] = {**jobs(mine), "pull": partial(pull, mine, rounds)}
        self._mailboxes = Mailboxes(mine, taking(inbox.desk, incoming))
        self.often(pulse.after(partial(tick, mine)))
        self.often(partial(asyncio.to_thread, Lookups(database, inbox, look_up, mine.publish)))
        self.often(partial(asyncio.to_thread, self._mailboxes))
        self.often(partial(asyncio.to_thread, Keeping(database, now)))

    def often(self, beat: Beat) -> None:
        """Do this at each tick."""
        self._engine.every(self._tick, beat)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work for as long as the block lasts; what runs then comes to its end."""
        try:
            await self._engine.run(self._jobs)
        except Refusal:
            raise SettingError("PURR_DATA", "is in use: Purr is already running on these books.") from None
        gc.freeze()  # what is loaded by now is there to stay, and need not be looked through again and again
        try:
            yield
        finally:
            await self._engine.stop()
            await asyncio.to_thread(self._mailboxes.stop)

    def _roll(self) -> Collection[str]:
        with self._database.workers(self._now()) as workers:
            workers.seen(self.worker)
            workers.forget(REMEMBERED)
            return workers.alive(SILENT)


@asynccontextmanager
async def listening(database: Database, hear: Callable[[str], None]) -> AsyncIterator[None]:
    """Hear of each business for which a worker beside this process says something; "": of any of them."""
    if database.is_sqlite:
        yield
        return
    stopping = threading.Event()

    def listen() -> None:
        for business in bell.heard(database.engine, stopping):
            try:
                hear(business)
            except Exception:
                log.exception("what was said beside could not be shown: %s", business)

    thread = threading.Thread(target=listen, name="bell", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        await asyncio.to_thread(thread.join, 5)


def ringing(database: Database) -> Publish:
    """What tells the chat's process, beside this one, of what was said here; on SQLite it looks by itself."""

    def ring(business: str, _lines: tuple[Posted, ...]) -> None:
        if not database.is_sqlite:
            bell.ring(database.engine, business)

    return ring


def told_to_stop() -> asyncio.Event:
    """Set once somebody stops this process, by Ctrl-C or as systemd and Docker do."""
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    return told
