"""The conversation, apart from where it happens: what an owner asks, and the card that answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Role = Literal["owner", "helper", "viewer"]
"""An owner decides; a helper prepares what an owner approves; a viewer looks."""


PAGE = "page"
"""Where something is done on the page: its lines are shown there, and followed wherever they are shown."""
LONG_NUMBER = 10
"""No number that is asked for has so many digits."""


@dataclass(frozen=True, slots=True)
class Action:
    """What is wanted, as `noun.verb`, of what, and with which value: `plan.offer` of a customer, `3`."""

    verb: str
    subject: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file the owner dropped into the chat."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """One thing an owner said or did: words, a press (by its token), a filled form, or files.

    `where` is the chat it was done in, `PAGE`, or empty when nobody asked; `private`: what concerns this
    person alone can be told to them alone; `turns`: the talk may turn to another business. `businesses` are
    the others they may turn to, by id and name.
    """

    business: str
    who: str = ""
    text: str = ""
    press: str = ""
    action: Action = Action("")
    values: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Upload, ...] = ()
    role: Role = "owner"
    where: str = ""
    private: bool = False
    turns: bool = True
    businesses: tuple[tuple[str, str], ...] = ()


def whole(written: str) -> int | None:
    """The number that was typed where one is asked for; None where it is none, or longer than any can be."""
    bare = written.strip()
    return int(bare) if bare.isdecimal() and len(bare) < LONG_NUMBER else None


@dataclass(frozen=True, slots=True)
class Button:
    """One thing the owner can press.

    `look`: it shows something and leaves its card alive. `copy`: text for the clipboard, besides the action.
    `token` is given by the conversation; a platform sends that back, never the action.
    """

    label: str
    action: Action
    style: Literal["plain", "primary", "quiet"] = "plain"
    look: bool = False
    copy: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form; `error` says in the owner's words what to mend."""

    name: str
    label: str
    kind: Literal["text", "area", "date", "choice", "email", "file", "password"] = "text"
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    error: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in place, and the button that hands them in."""

    action: Action
    fields: tuple[Field, ...]
    submit: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, shown as a chip or a line; `copy` offers the bare value to the clipboard."""

    label: str
    value: str
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of *before you write*: a finding and whether it is fine, worth a look, or in the way."""

    state: Literal["ok", "look", "stop"]
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the law compass: what is allowed and why, where that stands, and whether it holds today."""

    text: str
    source: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a list (the digest, a plan): who or what, a line about it, an amount, and what opens it."""

    title: str
    text: str = ""
    amount: str = ""
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The letter as the customer will get it, shown inside a card."""

    subject: str
    body: str
    to: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image inside a card, with the words for those who cannot see it.

    `still` is the same as PNG, for a chat that shows no drawing.
    """

    content: bytes
    kind: Literal["image/png", "image/svg+xml"]
    alt: str
    still: bytes = b""

    @property
    def png(self) -> bytes:
        """It as PNG; empty where it is only drawn."""
        return self.content if self.kind == "image/png" else self.still


@dataclass(frozen=True, slots=True)
class Handout:
    """A file that goes with a card, to be taken away: its name, what it is kept by, its size in bytes.

    The page links to it. In a chat its `button` asks for it, and the line that answers brings it: `here`.
    """

    name: str
    ref: str
    size: int
    button: Button | None = None
    here: bool = False

    @property
    def kilobytes(self) -> int:
        """How big it is, never nothing."""
        return self.size // 1024 + 1

    def told(self, words: str) -> str:
        """Words about it, with its name and how big it is in their places."""
        return words.format(name=self.name, size=self.kilobytes)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, and how it is written in a card's words; a platform may put the reader's own time there."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """Purr's answer. `text` holds short paragraphs; `foot` what happens if nothing is pressed.

    `subject` is the customer it is about. `law`: what the law allows, the sum of it first. `in_place`: it
    takes the place of the card whose button was pressed. `more`: further cards after this one. `topic`: a
    list that is kept up to date, by name; one of a kind is alive. `turn`: the business that the talk goes on
    about. `whisper`: for whoever asked alone, and not kept. `moments`: the instants named in its words.
    `anew`: earlier lines hold no more; a page that shows them has to look again.
    """

    text: str
    title: str = ""
    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    law: tuple[Rule, ...] = ()
    items: tuple[Item, ...] = ()
    paper: Paper | None = None
    pictures: tuple[Picture, ...] = ()
    handouts: tuple[Handout, ...] = ()
    form: Form | None = None
    buttons: tuple[Button, ...] = ()
    foot: str = ""
    subject: str = ""
    in_place: bool = False
    more: tuple[Card, ...] = ()
    topic: str = ""
    turn: str = ""
    whisper: bool = False
    moments: tuple[Moment, ...] = ()
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """A line of the conversation as it was kept: the owner's words or Purr's card, and what became of it.

    One without an id was not kept: it is for the eyes of whoever asked.
    """

    id: str
    at: datetime
    card: Card
    mine: bool = False
    outcome: str = ""


class Inbox(Protocol):
    """What a platform is handed: it takes a Request and gives the lines that are new or changed."""

    def __call__(self, request: Request) -> tuple[Posted, ...]:
        """Take one request."""
        ...
