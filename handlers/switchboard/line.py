"""The line of one platform to the switchboard: what it is handed when it is opened."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Literal

from bot.platforms import Drawer, Heard, Person, Place, Told
from handlers.switchboard.answering import Answering
from handlers.switchboard.drawer import SealedDrawer
from handlers.switchboard.outbox import Outbox
from storage.engine import Database

Hear = Callable[[Heard], Awaitable[Awaitable[Told] | None]]


class Line:
    """What a platform is handed: it takes what was heard and gives what came of it."""

    drawer: Drawer

    def __init__(
        self,
        platform: str,
        database: Database,
        now: Callable[[], datetime],
        hear: Hear,
        answering: Answering,
        outbox: Outbox,
    ) -> None:
        self.drawer = SealedDrawer(database, platform, now)
        self._hear = hear
        self._answering = answering
        self._outbox = outbox

    async def hear(self, heard: Heard) -> Awaitable[Told] | None:
        """Keep it, then work on it. When this returns it may be acknowledged; None: it was heard before."""
        return await self._hear(heard)

    async def home(self, person: Person, place: Place) -> Told:
        """What is open, in one card kept up to date, for a place that is a page and not a talk."""
        return await asyncio.to_thread(self._answering.home, person, place)

    async def gone(self, place: Place, reason: Literal["blocked", "gone", "token"]) -> None:
        """A place cannot be written to any more (or, with `token`, every place of its team)."""
        await asyncio.to_thread(self._outbox.lost, place, reason)

    async def moved(self, place: Place, chat: str) -> None:
        """A chat goes by another name from now on."""
        await asyncio.to_thread(self._outbox.rename, place, chat)

    async def mended(self, place: Place) -> None:
        """The token of a place's team is accepted again: what it missed is shown."""
        await asyncio.to_thread(self._outbox.mended, place)
