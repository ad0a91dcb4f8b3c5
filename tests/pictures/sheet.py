"""A page to be photographed: its look, its lines, and what it shows of files."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "handlers/platforms/web/static"
ROOM = 24


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a chat: words that a person wrote, or a message as Purr sent it, and when."""

    at: str
    text: str = ""
    sent: dict[str, Any] = field(default_factory=dict)
    pictures: tuple[bytes, ...] = ()

    @property
    def mine(self) -> bool:
        """Whether a person wrote it."""
        return not self.sent

    @property
    def who(self) -> str:
        """The name above it."""
        return "Åsa Lind" if self.mine else "Purr"

    @property
    def face(self) -> str:
        """The small picture beside it."""
        return (
            "<i class='face'>ÅL</i>"
            if self.mine
            else f"<i class='face'>{(STATIC / 'purr.svg').read_text()}</i>"
        )


def page(look: str, inside: str, width: int) -> str:
    """A whole page in a look, so wide."""
    style = (HERE / f"{look}.css").read_text("utf-8")
    return (
        f"<!doctype html><meta charset='utf-8'><style>{style}</style><body style='width:{width}px'>{inside}"
    )


def data(png: bytes) -> str:
    """A picture as an address that holds it."""
    return f"data:image/png;base64,{b64encode(png).decode()}"
