"""Books of any size for the benchmarks: one bakery, and customers who are each late with one invoice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from bench.servers import address
from bot.chat import Card
from bot.invoices import Invoice
from bot.parties import Business, Customer
from handlers.clock import Hands
from handlers.desk import Desk
from handlers.letterbox.message import build
from handlers.today import morning
from messages.voice import Voice
from storage.books import Books
from storage.engine import Database
from storage.readers import read
from storage.scope import batches
from tests import cast

NOW = datetime(2026, 11, 25, 7, 0, 30, tzinfo=UTC)
BAKERY = cast.ASAS_BAGERI.id
NEIGHBOUR = replace(cast.ASAS_BAGERI, id="neighbour")
"""A business in the same database: by its morning a process has done once what it does but once."""


def late(number: int, days: int = 5) -> tuple[Customer, Invoice]:
    """A customer and the invoice they are late with, for so many days or up to forty more."""
    customer = replace(cast.CAFE_NORRSKEN, id=f"c{number}", name=f"Café {number}", number="")
    due = NOW.date() - timedelta(days=days + number % 40)
    return customer, cast.invoice(customer, str(10000 + number), "4125.50", due)


def database(
    folder: Path,
    size: int,
    fill: Callable[[Books, Customer, Invoice], None] | None = None,
    each: Callable[[int], tuple[Customer, Invoice]] = late,
) -> Database:
    """Purr's own database with so many customers and an invoice each, made once; `fill` adds to it."""
    url, is_new = address(folder, "purr")
    made = Database(url)
    if not is_new:
        return made
    made.migrate()
    _move_in(made, NEIGHBOUR, 1, late, fill)
    _move_in(made, cast.ASAS_BAGERI, size, each, fill)
    made.close()  # what was prepared is written out, and no part of what is measured
    return Database(url)


def _move_in(
    made: Database,
    business: Business,
    size: int,
    each: Callable[[int], tuple[Customer, Invoice]],
    fill: Callable[[Books, Customer, Invoice], None] | None,
) -> None:
    made.add_business(business)
    with made.books(business.id, NOW) as books:
        books.set_next_nudge(NOW - timedelta(seconds=30))
        for numbers in batches(range(size)):
            owing = [each(number) for number in numbers]
            books.customers.add_all(customer for customer, _ in owing)
            books.invoices.add_all(invoice for _, invoice in owing)
            if fill is not None:
                for customer, invoice in owing:
                    fill(books, customer, invoice)


def hands(made: Database, said: list[Card]) -> Hands:
    """The hands of the clock with the real decisions, and a mail server that takes everything at once."""

    def digest(books: Books, today: date, away: int) -> Card:
        desk = Desk(books, Voice("en", country="SE", today=today), NOW, today, read)
        said.append(morning(desk, away=away, greet=True))
        return said[-1]

    async def send(_business: str, message: EmailMessage) -> str:
        message.as_bytes()
        return str(message["Message-ID"])

    return Hands(
        database=made,
        now=lambda: NOW,
        worker="bench",
        enqueue=lambda *_: None,
        digest=digest,
        report=lambda *_: None,
        pack=lambda books, letter, key: build(
            letter, sender="asa@asasbageri.example", business=books.business, key=key, at=NOW
        ),
        send=send,
    )
