"""The owner at the command line: what is asked there, answered as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.chat import Action, Request, Upload
from bot.errors import Refusal
from handlers import router
from handlers.conversation import Conversation, refused
from handlers.desk import Desk
from handlers.plain import text_of
from handlers.today import morning
from storage.books import Books
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class Console:
    """The books of one business, for whoever sits at the machine they lie on."""

    inbox: Conversation
    database: Database
    business: str
    now: Callable[[], datetime]

    def digest(self, day: date | None = None) -> str:
        """What needs the owner, as text, today or on another day."""
        with self.database.books(self.business, self.now()) as books:
            return text_of(morning(self._desk(books, day)))

    def law(self, named: str, day: date | None = None) -> str:
        """What the law allows for an invoice or a customer, as text, today or on another day."""
        request = Request(self.business, action=Action("law.show", named))
        with self.database.books(self.business, self.now()) as books:
            desk = self._desk(books, day)
            try:
                return text_of(router.answer(request, desk))
            except Refusal as no:
                return text_of(refused(no, desk))

    def take_in(self, files: Iterable[Upload]) -> Iterator[str]:
        """Take files into the books together, and say what changed."""
        request = Request(self.business, files=tuple(files))
        with self.database.books(self.business, self.now()) as books:
            desk = self._desk(books)
            card = router.answer(request, desk)
            yield text_of(card)
            for action in (b.action for b in card.buttons if b.action.verb == "import.confirm"):
                yield text_of(router.answer(replace(request, action=action), desk))

    def _desk(self, books: Books, day: date | None = None) -> Desk:
        """The desk of today, or as it would be on another day."""
        desk = self.inbox.desk(books)
        return desk if day is None else replace(desk, today=day)
