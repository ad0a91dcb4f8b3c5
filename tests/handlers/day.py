"""A day of the clock for its tests: books with one late customer, and a real mail server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from bot.cases import Case
from bot.chat import Card, Posted
from bot.deliveries import Delivery
from bot.letters import Letter, fingerprint
from bot.payments import Payment
from handlers.clock import Hands, Outcome, drain, sweep, tick
from handlers.letterbox.message import build
from handlers.letterbox.smtp import Mailer
from storage.books import Books
from storage.engine import Database
from tests import cast
from tests.mailserver import MailServer

BAKERY = cast.ASAS_BAGERI.id
MORNING = datetime(2026, 11, 25, 7, 0, 30, tzinfo=UTC)
"""Half a minute past eight in Stockholm, on a Wednesday."""
LATE = cast.invoice(cast.CAFE_NORRSKEN, "2041", "4125.50", MORNING.date() - timedelta(days=12), "20412")
CASE = Case(customer=cast.CAFE_NORRSKEN, invoices=(LATE,))


def approved(letter_id: str = "letter-1") -> Letter:
    """A reminder of the late invoice, approved this morning and past its undo window."""
    draft = cast.reminder(LATE, 1, MORNING.date())
    letter = replace(
        draft, id=letter_id, state="approved", send_at=MORNING, sent_at=None, to="nils@norrsken.example"
    )
    return replace(letter, approved_text=fingerprint(letter))


@dataclass
class Day:
    """What happens to the bakery: the time, what was handed to the engine, and what the owner was told."""

    database: Database
    server: MailServer
    now: datetime = MORNING
    jobs: list[tuple[str, str]] = field(default_factory=list)
    heard: list[Posted] = field(default_factory=list)

    def hands(self, worker: str = "first", **changed: Any) -> Hands:
        """The hands of one start of the process."""
        mailer = Mailer(host=self.server.host, port=self.server.port, security="none", timeout=2)
        hands = Hands(
            database=self.database,
            now=lambda: self.now,
            worker=worker,
            enqueue=lambda _session, job, key, *args: self.jobs.append((job, key)),
            digest=lambda books, day, away: Card(f"digest {day} {away}"),
            report=lambda books, letter, outcome: Card(_told(outcome)),
            pack=_pack,
            send=lambda _business, message: mailer.send(message),
            publish=lambda business, lines: self.heard.extend(lines),
        )
        return replace(hands, **changed)

    def run(self, hands: Hands | None = None) -> None:
        """All jobs there can be, once each."""
        asyncio.run(_everything(hands or self.hands()))

    def plan(self, letter: Letter | None = None) -> None:
        """Approve a letter, as the owner's button does."""
        letter = letter or approved()
        with self.books() as books:
            books.letters.add(letter)
            books.deliveries.plan(f"letter:{letter.id}", "letter", letter.id, letter.send_at or self.now)

    def pay(self) -> None:
        """The late invoice is paid in full."""
        with self.books() as books:
            paid = Payment(
                id="p1",
                customer=LATE.customer,
                invoice=LATE.id,
                day=self.now.date(),
                amount=LATE.amount,
                key="bank:1",
            )
            books.payments.add(paid)

    @contextmanager
    def books(self) -> Iterator[Books]:
        """The bakery's books, now."""
        with self.database.books(BAKERY, self.now) as books:
            yield books

    @property
    def letter(self) -> Letter:
        """The letter as it is now."""
        with self.books() as books:
            return books.letters.get("letter-1")

    @property
    def delivery(self) -> Delivery:
        """How far the letter's sending has come."""
        with self.books() as books:
            return books.deliveries.get("letter:letter-1")

    @property
    def nudges(self) -> list[str]:
        """The digests the owner got."""
        return [line for line in self._lines() if line.startswith("digest")]

    @property
    def told(self) -> list[str]:
        """What the owner was told about letters."""
        return [line for line in self._lines() if not line.startswith("digest")]

    def _lines(self) -> list[str]:
        with self.books() as books:
            return [line.card.text for line in books.lines.recent()]

    @property
    def past(self) -> list[str]:
        """The kinds of what happened with the customer, oldest first."""
        with self.books() as books:
            return [event.kind for event in books.history.of(LATE.customer)][::-1]


@contextmanager
def day(url: str, server: MailServer) -> Iterator[Day]:
    """A day that begins with the bakery's nudge due, and nothing sent yet."""
    with closing(Database(url)) as database:
        database.migrate()
        database.add_business(cast.ASAS_BAGERI)
        begun = Day(database, server)
        with begun.books() as books:
            cast.move_in(books, CASE)
            books.set_next_nudge(MORNING.replace(second=0))
        yield begun


async def _everything(hands: Hands) -> None:
    await tick(hands)
    await sweep(hands, BAKERY)
    await drain(hands, BAKERY)


def _told(outcome: Outcome) -> str:
    return f"{outcome.kind} {outcome.reason}".strip()


def _pack(books: Books, letter: Letter, key: str) -> EmailMessage:
    return build(letter, sender="asa@asasbageri.example", business=books.business, key=key, at=books.now)
