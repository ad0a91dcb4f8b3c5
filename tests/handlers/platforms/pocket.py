"""A platform in the tester's pocket: no network, every message a value; it fails when it is told to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.chat import Action, Card, Posted, Request
from bot.platforms import Attachment, Door, Heard, Pace, Person, Place, Post, Switchboard, Told
from tests.handlers.platforms.wire import Wire, invite, wired
from tests.handlers.stage import House, pressable, whole

NAME = "pocket"
AT_ONCE = Pace(chat=10_000, burst=1_000, group=10_000, overall=10_000)
DOOR = Door(NAME, "Pocket", "https://pocket.example/{code}")
HERE = Place(NAME, "dm-asa")
ASA = Person(NAME, "asa", name="Åsa", language="en")
NUMBERS = count(1)
"""Of deliveries: no two are named alike, whoever sends them."""


@dataclass
class Pocket:
    """The platform: `messages` is what it shows, by chat and message; `fails` is raised one after another."""

    switchboard: Switchboard
    name: str = NAME
    pace: Pace = AT_ONCE
    door: Door = DOOR
    messages: dict[tuple[str, str], Post] = field(default_factory=dict)
    shows: list[Post] = field(default_factory=list)
    fails: deque[Exception] = field(default_factory=deque)
    files: dict[str, bytes] = field(default_factory=dict)
    life: list[str] = field(default_factory=list)
    ids: Any = field(default_factory=lambda: count(1))

    def routes(self) -> Sequence[Any]:
        """It is not called."""
        return ()

    async def start(self) -> None:
        """Begin, unless a failure is due."""
        self._stumble()
        self.life.append("start")

    async def quiet(self) -> None:
        """Hear no more."""
        self.life.append("quiet")

    async def stop(self) -> None:
        """Let go."""
        self.life.append("stop")

    async def show(self, post: Post) -> str:
        """Keep a message, anew or in place."""
        self._stumble()
        message = post.message or str(next(self.ids))
        self.messages[post.place.chat, message] = post
        self.shows.append(post)
        return message

    async def fetch(self, place: Place, attachment: Attachment) -> bytes:
        """A file that was put into the pocket."""
        return self.files[attachment.ref]

    def _stumble(self) -> None:
        if self.fails:
            raise self.fails.popleft()


@dataclass
class Talk:
    """A person who talks in a place; also a surface for dialogs."""

    wire: Wire
    place: Place = HERE
    person: Person = ASA
    hints: list[Card] = field(default_factory=list)
    read: int = 0

    @classmethod
    def linked(cls, wire: Wire, place: Place = HERE, person: Person = ASA, code: str = "") -> Talk:
        """Somebody who has come in with a code."""
        talk = cls(wire, place, person)
        talk.ask(Request("", action=Action("member.join", value=code or invite(wire.house))))
        return talk

    @property
    def pocket(self) -> Pocket:
        """The platform underneath."""
        assert isinstance(self.wire.platform, Pocket)
        return self.wire.platform

    def ask(self, request: Request, *files: Attachment, delivery: str = "") -> Told | None:
        """One thing done, and what came of it once all is shown; None when it was heard before."""
        name = delivery or f"{self.person.id}-{next(NUMBERS)}"
        told = self.wire.run(self._ask(Heard(name, self.place, self.person, request, files)))
        self.wire.settle()
        if told and told.hint:
            self.hints.append(told.hint)
        return told

    async def _ask(self, heard: Heard) -> Told | None:
        future = await self.wire.exchange.hear(heard)
        return await future if future else None

    def say(self, text: str) -> None:
        """Write something."""
        self.ask(Request("", text=text))

    def press(self, label: str, values: dict[str, str]) -> None:
        """Press the newest button of this label, its form filled in."""
        self.ask(self.pressing(label, values))

    def pressing(self, label: str, values: dict[str, str] | None = None) -> Request:
        """The request of a press."""
        for post in reversed(self.posts()):
            for name, token in pressable(post.line.card):
                if name == label:
                    return Request("", press=token, values=_known(post.line) | (values or {}))
        raise AssertionError(f"there is no button {label!r} to press")

    def drop(self, name: str, content: bytes) -> None:
        """Hand a file over."""
        self.pocket.files[name] = content
        self.ask(Request(""), Attachment(name, name, len(content)))

    def seen(self) -> str:
        """Everything shown here since it was last asked, and what was whispered."""
        self.wire.settle()
        fresh = [p for p in self.pocket.shows[self.read :] if p.place == self.place and not p.line.outcome]
        self.read = len(self.pocket.shows)
        hints = [whole(card) for card in self.hints]
        self.hints.clear()
        return "\n".join([*(whole(p.line.card) for p in fresh), *hints])

    def posts(self) -> list[Post]:
        """The messages of this chat as they stand."""
        return [post for (chat, _), post in self.pocket.messages.items() if chat == self.place.chat]


@contextmanager
def on_pocket(house: House) -> Iterator[Talk]:
    """A house whose owner has come in from the tester's pocket."""
    with wired(house, NAME, pocket) as wire:
        yield Talk.linked(wire)


def _known(line: Posted) -> dict[str, str]:
    return {f.name: f.value for f in line.card.form.fields} if line.card.form else {}


def pocket(switchboard: Switchboard) -> Pocket:
    """The platform as it is opened."""
    return Pocket(switchboard)
