"""Showing: what the web page shows of the conversation, and hands out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.chat import Posted
from bot.parties import Business
from handlers.conversation import told
from handlers.desk import handouts
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class Shown:
    """The books as the page sees them; `meet` greets an owner who is new, in the browser's language."""

    database: Database
    now: Callable[[], datetime]
    talked_about: Callable[[], Business]
    meet: Callable[[str], None]

    def business(self) -> str:
        """The business that is talked about."""
        return self.talked_about().id

    def language(self) -> str:
        """The owner's language."""
        return self.talked_about().language

    def title(self) -> str:
        """The business's name, once it is known."""
        return self.talked_about().name

    def recent(self, before: str = "", limit: int = 50) -> tuple[Posted, ...]:
        """The last lines on the business's own clocks."""
        business = self.talked_about()
        with self.database.books(business.id, self.now()) as books:
            return told(books.lines.recent(before, limit), business)

    def handout(self, ref: str) -> tuple[str, bytes] | None:
        """A file that a card gives away, of this business alone."""
        with self.database.books(self.business(), self.now()) as books:
            file = handouts.found(ref, books)
        return (file.name, file.content) if file else None
