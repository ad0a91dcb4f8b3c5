"""A platform's drawer: what it keeps over restarts, sealed, reached from its loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from storage.drawers import Drawers
from storage.engine import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SealedDrawer:
    """The drawer of one platform."""

    database: Database
    platform: str
    now: Callable[[], datetime]

    async def get(self, key: str) -> str:
        """The text of a key; empty when there is none, or its time is over."""
        return await asyncio.to_thread(self._within, lambda drawer: drawer.get(key))

    async def put(self, key: str, text: str, until: datetime | None = None) -> None:
        """Keep a text in the place of an earlier one; an empty one is forgotten."""
        await asyncio.to_thread(self._within, lambda drawer: drawer.put(key, text, until))

    async def take(self, key: str) -> str:
        """The text of a key, which only one taker gets."""
        return await asyncio.to_thread(self._within, lambda drawer: drawer.take(key))

    def _within(self, act: Callable[[Drawers], T]) -> T:
        with self.database.drawer(self.platform, self.now()) as drawer:
            return act(drawer)
