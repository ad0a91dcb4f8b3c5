"""What a platform must offer, and what it is handed: people in places, and the lines to show them."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from bot.chat import Card, Posted, Request

LIKE = {"no": "nb", "nn": "nb"}
"""What platforms call Norwegian, and what it is called here."""


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a platform's own: `bot_token` of Slack is `PURR_SLACK_BOT_TOKEN`."""

    name: str
    description: str
    default: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where people talk: a chat on a platform, `direct` with one person; `team`: the workspace it is in."""

    platform: str
    chat: str
    team: str = ""
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Who did something, as the platform knows them; `language` is a first guess."""

    platform: str
    id: str
    team: str = ""
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that lies with the platform until it is fetched by `ref`; `size` in bytes, 0 if not known.

    When it is to be fetched, `size` is the most it may have.
    """

    name: str
    ref: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that came in. `delivery` is the platform's name for it, the same when it comes again.

    The request names no business; who may do it, and of which business, is not the platform's to say.
    """

    delivery: str
    place: Place
    person: Person
    request: Request
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: lines of a business that are new or changed, and a card for this person's eyes alone.

    The lines are shown by themselves, in every place where they belong; a platform only opens their forms.
    """

    lines: tuple[Posted, ...] = ()
    hint: Card | None = None
    language: str = "en"
    business: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it is to be put into a chat."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """A line as it is to be shown in a place: anew, or in `message`, which shows an earlier state of it.

    `about` is the customer it is about, by name; `business` is named where a place serves several. `file`
    comes with a line whose handout is `here`, when it is shown anew; without it, the file is gone.
    """

    place: Place
    line: Posted
    language: str
    message: str = ""
    about: str = ""
    business: str = ""
    file: Brought | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a platform may be written to: messages a second in one chat, with a burst, and in all."""

    chat: float = 1.0
    burst: int = 4
    group: float = 1.0
    overall: float = 25.0


@dataclass(frozen=True, slots=True)
class Door:
    """How a person with a code comes in; `way`: a link that has it, `…?start={code}`, or what to write."""

    platform: str
    title: str
    way: str = "{code}"


class Unreachable(Exception):
    """A place or a whole platform cannot be written to, and trying again cannot help.

    `reason`: blocked, gone (no such chat, or Purr is not in it), or token (not accepted: all places).
    """

    def __init__(self, reason: Literal["blocked", "gone", "token"]) -> None:
        super().__init__(reason)
        self.reason = reason


class Moved(Exception):
    """A chat is now known by another name; what was to be shown is shown there."""

    def __init__(self, chat: str) -> None:
        super().__init__(chat)
        self.chat = chat


class Later(Exception):
    """The platform cannot take it now; `seconds` is how long it asks to wait, 0 when it does not say."""

    def __init__(self, seconds: float = 0) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class TooLarge(Exception):
    """A file has more bytes than it may."""


class Drawer(Protocol):
    """What a platform keeps over restarts, sealed: tokens, a customer's thread, a question under way."""

    async def get(self, key: str) -> str:
        """The text of a key; empty when there is none, or its time is over."""
        ...

    async def put(self, key: str, text: str, until: datetime | None = None) -> None:
        """Keep a text in the place of an earlier one; an empty one is forgotten."""
        ...

    async def take(self, key: str) -> str:
        """The text of a key, which only one taker gets."""
        ...


class Switchboard(Protocol):
    """What a platform is handed: it takes what was heard and gives what came of it."""

    drawer: Drawer

    async def hear(self, heard: Heard) -> Awaitable[Told] | None:
        """Keep it, then work on it. When this returns it may be acknowledged; None: it was heard before."""
        ...

    async def home(self, person: Person, place: Place) -> Told:
        """What is open, in one card kept up to date, for a place that is a page and not a talk."""
        ...

    async def gone(self, place: Place, reason: Literal["blocked", "gone", "token"]) -> None:
        """A place cannot be written to any more (or, with `token`, every place of its team)."""
        ...

    async def moved(self, place: Place, chat: str) -> None:
        """A chat goes by another name from now on."""
        ...

    async def mended(self, place: Place) -> None:
        """The token of a place's team is accepted again: what it missed may be shown."""
        ...


class Platform(Protocol):
    """A place to chat. It translates; it decides nothing and remembers only in its drawer."""

    name: str
    pace: Pace
    door: Door

    def routes(self) -> Sequence[Any]:
        """Its Starlette routes, if it is called and does not call."""
        ...

    async def start(self) -> None:
        """Begin to hear, in the running loop.

        Raises `Unreachable("token")` when its token is not accepted, `Later` when it cannot be reached.
        """
        ...

    async def quiet(self) -> None:
        """Hear no more; what was heard is still answered."""
        ...

    async def stop(self) -> None:
        """Let go of everything."""
        ...

    async def show(self, post: Post) -> str:
        """Show a line, and give what its message is known by; raises `Unreachable`, `Moved` or `Later`."""
        ...

    async def fetch(self, place: Place, attachment: Attachment) -> bytes:
        """A file that was dropped; raises `Later`, `TooLarge`, `Unreachable`, or a `DeliveryError`."""
        ...


class Opening(Protocol):
    """The function `open` of a platform's module: the platform, or None when its options do not ask."""

    def __call__(self, options: Mapping[str, str], switchboard: Switchboard, address: str) -> Platform | None:
        """Make it. `address` is where Purr is reached from outside, or empty."""
        ...
