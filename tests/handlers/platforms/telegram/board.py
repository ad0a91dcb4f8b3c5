"""A switchboard for tests of the adapter: it notes what was heard, and answers as it is told to."""

from __future__ import annotations

import asyncio
from asyncio import Future
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from bot.chat import Card, Posted
from bot.platforms import Brought, Drawer, Heard, Person, Place, Post, Told

AT = datetime(2026, 11, 25, 8, tzinfo=UTC)
Answer = Callable[[Heard], Told]


@dataclass
class InMemory:
    """A drawer in memory; what is in it outlives a platform."""

    kept: dict[str, str] = field(default_factory=dict)

    async def get(self, key: str) -> str:
        return self.kept.get(key, "")

    async def put(self, key: str, text: str, until: datetime | None = None) -> None:
        self.kept[key] = text
        if not text:
            del self.kept[key]

    async def take(self, key: str) -> str:
        return self.kept.pop(key, "")


@dataclass
class Board:
    """What the platform is handed."""

    drawer: Drawer = field(default_factory=InMemory)
    answer: Answer = lambda heard: Told()
    heard: list[Heard] = field(default_factory=list)
    losses: list[tuple[Place, str]] = field(default_factory=list)
    moves: list[tuple[Place, str]] = field(default_factory=list)
    slow: float = 0.0
    fault: Exception | None = None

    async def hear(self, heard: Heard) -> Future[Told] | None:
        if self.fault:
            raise self.fault
        if any(heard.delivery == known.delivery for known in self.heard):
            return None
        self.heard.append(heard)
        return asyncio.create_task(self._answered(heard))

    async def _answered(self, heard: Heard) -> Told:
        await asyncio.sleep(self.slow)
        return self.answer(heard)

    async def home(self, person: Person, place: Place) -> Told:
        return Told()

    async def gone(self, place: Place, reason: Literal["blocked", "gone", "token"]) -> None:
        self.losses.append((place, reason))

    async def moved(self, place: Place, chat: str) -> None:
        self.moves.append((place, chat))

    async def mended(self, place: Place) -> None:
        raise AssertionError("a bot has one token, and learns at its start whether it is accepted")


def post(
    card: Card,
    chat: int = 7,
    message: str = "",
    outcome: str = "",
    ident: str = "line",
    file: Brought | None = None,
) -> Post:
    """A line as a courier brings it."""
    place = Place("telegram", str(chat), direct=chat > 0)
    return Post(place, Posted(ident, AT, card, outcome=outcome), "en", message, file=file)
