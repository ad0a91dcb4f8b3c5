"""A switchboard that keeps what it hears, and answers what it is told to answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from bot.chat import Action, Button, Card, Field, Form, Posted
from bot.platforms import Drawer, Heard, Person, Place, Told

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
ASK = Card("How much?", form=Form(Action("x.y"), (Field("amount", "Amount"),), "Save", token="f" * 22))
ANSWER = Card("Hello.", buttons=(Button("Today", Action("today.show"), token="t" * 22),))


def line(card: Card, ident: str = "1", outcome: str = "") -> Posted:
    """A line as it was kept."""
    return Posted(ident, NOON, card, outcome=outcome)


@dataclass
class Box:
    """A drawer without a lock: what is kept, until when it does not say."""

    kept: dict[str, str] = field(default_factory=dict)

    async def get(self, key: str) -> str:
        """The text of a key."""
        return self.kept.get(key, "")

    async def put(self, key: str, text: str, until: datetime | None = None) -> None:
        """Keep a text."""
        self.kept[key] = text

    async def take(self, key: str) -> str:
        """The text of a key, once."""
        return self.kept.pop(key, "")


@dataclass
class Double:
    """What was heard, and `answer`: what is told of it. `hold` keeps answers back until it is set."""

    answer: Callable[[Heard], Told] = lambda heard: Told((line(ANSWER),))
    drawer: Drawer = field(default_factory=Box)
    heard: list[Heard] = field(default_factory=list)
    lost: list[tuple[Place, str]] = field(default_factory=list)
    renamed: list[tuple[Place, str]] = field(default_factory=list)
    mends: list[Place] = field(default_factory=list)
    page: Told = field(default_factory=lambda: Told((line(ANSWER),)))
    broken: bool = False
    hold: asyncio.Event | None = None

    async def hear(self, heard: Heard) -> asyncio.Future[Told] | None:
        """Keep it, unless it was heard before."""
        if self.broken:
            raise OSError("the disk is full")
        if any(known.delivery == heard.delivery for known in self.heard):
            return None
        self.heard.append(heard)
        return asyncio.create_task(self._answer(heard))

    async def _answer(self, heard: Heard) -> Told:
        if self.hold:
            await self.hold.wait()
        return self.answer(heard)

    async def home(self, person: Person, place: Place) -> Told:
        """The page."""
        return self.page

    async def gone(self, place: Place, reason: Literal["blocked", "gone", "token"]) -> None:
        """A place that is lost."""
        self.lost.append((place, reason))

    async def moved(self, place: Place, chat: str) -> None:
        """A chat by another name."""
        self.renamed.append((place, chat))

    async def mended(self, place: Place) -> None:
        """A token that is accepted again."""
        self.mends.append(place)
