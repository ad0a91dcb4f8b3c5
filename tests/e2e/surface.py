"""What a story needs of a platform: an owner who speaks, presses, fills in, drops files, and sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from tests.e2e.running import Stuck
from tests.e2e.tape import PATIENCE, wait

T = TypeVar("T")


@dataclass(frozen=True)
class Knob:
    """Something to press: what stands on it, in which row, and what the platform needs to press it."""

    label: str
    row: str = ""
    handle: Any = None


@dataclass(frozen=True)
class Seen:
    """A message as it stands now: where it is, its words, and what can be pressed."""

    id: str
    text: str
    knobs: tuple[Knob, ...] = ()

    def knob(self, label: str, row: str = "") -> Knob | None:
        """The first of a label, in the row of somebody if that is asked for."""
        return next((k for k in self.knobs if k.label == label and plain(row) in plain(k.row)), None)


class Surface(Protocol):
    """An owner on a platform."""

    platform: str

    def say(self, text: str) -> None: ...

    def drop(self, name: str, content: bytes) -> None: ...

    def forward(self, text: str) -> None:
        """Hand on what a customer wrote: a forwarded message, or a message and its shortcut."""
        ...

    def press(self, label: str, row: str = "") -> None:
        """The newest button of this label; of those in a list, the one in somebody's row."""
        ...

    def press_on(self, knob: Knob) -> None:
        """A button as it was seen."""
        ...

    def opener(self, label: str, row: str) -> tuple[Seen, Knob]:
        """The newest list in which somebody's row can be opened, and the button that does."""
        ...

    def fill(self, values: Mapping[str, str], submit: str) -> None:
        """Fill in the form that is open, fields by their labels, and hand it in."""
        ...

    def brought(self) -> list[str]:
        """The files that Purr has put into the chat, by name."""
        ...

    def seen(self) -> list[Seen]:
        """Every message there is for this person, oldest first, as it stands now."""
        ...


def shows(surface: Surface, words: str, patience: float = PATIENCE) -> Seen:
    """The newest message with these words, waited for."""
    return look_for(surface, repr(words), lambda m: plain(words) in plain(m.text), patience)[0]


def offers(surface: Surface, label: str, row: str = "", patience: float = PATIENCE) -> tuple[Seen, Knob]:
    """The newest message with a button of this label, waited for."""
    what = f"a button {label!r}{' for ' * bool(row)}{row}"
    seen, knob = look_for(surface, what, lambda m: m.knob(label, row), patience)
    return seen, knob


def look_for(
    surface: Surface, what: str, found: Callable[[Seen], T | None], patience: float = PATIENCE
) -> tuple[Seen, T]:
    """The newest message in which something is found, waited for; else what was last seen is told."""

    def look() -> list[tuple[Seen, T]]:
        return [(m, known) for m in surface.seen() if (known := found(m))]

    try:
        return wait(what, look, patience)[-1]
    except Stuck as stuck:
        last = [f"{plain(m.text)} {[k.label for k in m.knobs]}" for m in surface.seen()[-5:]]
        raise Stuck("\n- ".join([f"{stuck}; the last seen:", *last])) from None


def plain(text: str) -> str:
    """Text with ordinary blanks, and without what only marks it up."""
    text = re.sub(r"</?(?:a|b|i|u|s|code|pre|blockquote)(?: [^>]*)?>", "", text)
    text = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(re.sub(r"[\u200b\u2060]", "", text).split())
