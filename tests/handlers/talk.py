"""A talk with Purr about the books of the example, for the tests of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.chat import Action, Button, Card, Form, Posted, Request
from handlers.desk import Desk
from handlers.example import fill
from storage.books import TABLES, Books
from tests.handlers.stage import Clock, Direct, House, bakery, shown
from tests.handlers.walk import pressable
from tests.mailserver import MailServer

TALK = {"lines", "tokens", "imports"}
"""Tables that every request may write to."""
MORNING = datetime(2026, 11, 25, 8, tzinfo=UTC)
"""A Wednesday, nine o'clock in Stockholm."""
NOWHERE = MailServer(port=9)
"""A mail server that no test of an answer should reach."""


@dataclass
class Talk:
    """An owner and Purr. What is said back is text; what is in the books is there to look at."""

    house: House

    @classmethod
    def about(
        cls,
        folder: Path,
        *,
        sends: str = "mail",
        language: str = "en",
        mail: MailServer = NOWHERE,
        empty: bool = False,
        public_url: str = "",
    ) -> Talk:
        """The example's customers, in the books of an owner of that language."""
        business = bakery("SE", language, sends)
        talk = cls(House(folder, mail, business, Clock(MORNING), public_url))
        if not empty:
            with talk.desk() as desk:
                fill(desk)
        return talk

    def says(self, text: str) -> str:
        """Words of the owner's, and what they bring."""
        return self.ask(Request(self.house.business.id, text=text))

    def drops(self, name: str, content: str) -> str:
        """A file, and what it brings."""
        direct = Direct(self.house)
        direct.seen()
        direct.drop(name, content.encode())
        return direct.seen()

    def presses(self, label: str, **values: str) -> str:
        """The newest button or form of this label, its form as it stands but for the values."""
        part = self.part(label)
        known = {f.name: f.value for f in part.fields} if isinstance(part, Form) else {}
        return self.ask(Request(self.house.business.id, press=part.token, values=known | values))

    def acts(self, verb: str, subject: str = "", value: str = "", **values: str) -> str:
        """An action by its name."""
        return self.ask(Request(self.house.business.id, action=Action(verb, subject, value), values=values))

    def ask(self, request: Request) -> str:
        """One request, and every word of what is new or changed."""
        return "\n".join(shown(p.card) for p in self.house.app.inbox(request) if not p.mine and not p.outcome)

    def part(self, label: str) -> Button | Form:
        """The newest button or form of this label that is alive."""
        for line in reversed(self.lines()):
            for part in pressable(line.card):
                if label == (part.submit if isinstance(part, Form) else part.label):
                    return part
        raise AssertionError(f"there is no button {label!r} to press")

    def lines(self) -> tuple[Posted, ...]:
        """The conversation so far."""
        with self.books() as books:
            return books.lines.recent(limit=100)

    def card(self) -> Card:
        """The last card."""
        return self.lines()[-1].card

    def refused(self, label: str, **values: str) -> str:
        """A press that must change nothing and leave its button alive; the words that say why."""
        token, before = self.part(label).token, self.kept()
        said = self.presses(label, **values)
        assert self.kept() == before
        assert self.part(label).token == token
        return said

    def kept(self) -> dict[str, list[str]]:
        """All rows but those of the talk itself."""
        tables = (table for table in TABLES.sorted_tables if table.name not in TALK)
        with self.house.app.database.engine.connect() as connection:
            return {t.name: [str(row) for row in connection.execute(sa.select(t))] for t in tables}

    @contextmanager
    def books(self) -> Iterator[Books]:
        """The books as they are now."""
        with self.house.app.database.books(self.house.business.id, self.house.clock()) as books:
            yield books

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk as an answer gets it."""
        with self.books() as books:
            yield self.house.app.inbox.desk(books)

    def owed(self, customer: str) -> int:
        """What a customer owes in minor units."""
        with self.books() as books:
            return sum(i.amount.minor - i.paid.minor for i in books.invoices.of(customer))
