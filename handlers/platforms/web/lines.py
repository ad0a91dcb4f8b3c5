"""What the page asks of the conversation it shows."""

from __future__ import annotations

from typing import Protocol

from bot.chat import Posted


class Lines(Protocol):
    """The kept conversation; every call comes from a worker thread."""

    def meet(self, language: str) -> None:
        """The page is opened in this language: greet the owner in it if they are new."""
        ...

    def business(self) -> str:
        """The business the page speaks for, or "" before the first meeting."""
        ...

    def language(self) -> str:
        """The owner's language, or "" before it is known: then the browser's is used."""
        ...

    def title(self) -> str:
        """The name of the business, or "" before the first meeting."""
        ...

    def recent(self, before: str = "", limit: int = 50) -> tuple[Posted, ...]:
        """The last lines, or the last ones before a line, oldest first and in the business's own zone."""
        ...

    def handout(self, ref: str) -> tuple[str, bytes] | None:
        """A file that a card gives away, by what it is kept by: its name and bytes; None: there is none."""
        ...
