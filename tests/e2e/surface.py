"""What a story needs of a platform: an owner who speaks, presses, fills in, drops files, and sees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.e2e.running import Stuck
from tests.e2e.tape import PATIENCE, wait


@dataclass(frozen=True)
class Seen:
    """A message as it stands now: where it is, its words, and its buttons by label."""

    id: str
    text: str
    buttons: Mapping[str, Any] = field(default_factory=dict)


class Surface(Protocol):
    """An owner on a platform."""

    platform: str

    def say(self, text: str) -> None: ...

    def drop(self, name: str, content: bytes) -> None: ...

    def forward(self, text: str) -> None:
        """Hand on what a customer wrote: a forwarded message, or a message and its shortcut."""
        ...

    def press(self, label: str) -> None: ...

    def fill(self, values: Mapping[str, str], submit: str) -> None:
        """Fill in the form that is open, fields by their labels, and hand it in."""
        ...

    def seen(self) -> list[Seen]:
        """Every message there is for this person, oldest first, as it stands now."""
        ...


def shows(surface: Surface, words: str, patience: float = PATIENCE) -> Seen:
    """The newest message with these words, waited for."""

    def look() -> list[Seen]:
        return [m for m in surface.seen() if plain(words) in plain(m.text)]

    try:
        return wait(f"{words!r}", look, patience)[-1]
    except Stuck as stuck:
        last = "\n---\n".join(f"{m.text} {list(m.buttons)}" for m in surface.seen()[-4:])
        raise Stuck(f"{stuck}; the last seen:\n{last}") from None


def offers(surface: Surface, label: str, patience: float = PATIENCE) -> Seen:
    """The newest message with a button of this label, waited for."""
    try:
        return wait(
            f"a button {label!r}", lambda: [m for m in surface.seen() if label in m.buttons], patience
        )[-1]
    except Stuck as stuck:
        last = "\n---\n".join(f"{m.text} {list(m.buttons)}" for m in surface.seen()[-4:])
        raise Stuck(f"{stuck}; the last seen:\n{last}") from None


def plain(text: str) -> str:
    """Text with ordinary blanks, and without what only marks it up."""
    text = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(re.sub(r"[\u200b\u2060]", "", text).split())
