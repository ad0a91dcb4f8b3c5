"""The morning: every late customer's next step decided, and one digest written down."""

from __future__ import annotations

import asyncio
import bisect
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.books import BAKERY, NEIGHBOUR, NOW, database, hands, late
from bench.servers import Bare
from bot.chat import Card
from bot.invoices import Invoice
from bot.parties import Customer
from handlers.clock import drain, sweep
from storage.engine import Database

LADDER = (5, 15, 30)
SCHEMA = (
    "create table customer (id text primary key, name text not null)",
    "create table invoice (id text primary key, customer text, number text, minor integer, due text)",
    "create index invoice_due on invoice (due)",
    "create table line (id integer primary key, card text not null)",
)

LATE = """
    select c.name, i.minor, i.due from invoice i join customer c on c.id = i.customer
    where i.due < ? order by i.minor desc
"""


def ours(folder: Path, size: int) -> Callable[[], int]:
    """Sweep and drain as the engine runs them."""
    return _morning(database(folder, size), size)


def busy(folder: Path, size: int) -> Callable[[], int]:
    """A day on which a third of what is open is late."""
    return _morning(database(folder, size, each=_third), len(range(0, size, 3)), size)


def quiet(folder: Path, size: int) -> Callable[[], int]:
    """A day on which nothing of it is."""
    return _morning(database(folder, size, each=lambda number: late(number, -50)), 0, size)


def _third(number: int) -> tuple[Customer, Invoice]:
    return late(number, -50 if number % 3 else 5)


def _morning(made: Database, needs: int, size: int = 0) -> Callable[[], int]:
    """One sweep and drain, and another that must add nothing; so many must be on the list."""
    said: list[Card] = []
    with_hands = hands(made, said)

    async def morning(business: str) -> None:
        await sweep(with_hands, business)
        await drain(with_hands, business)

    def work() -> int:
        asyncio.run(morning(BAKERY))
        asyncio.run(morning(BAKERY))
        made.close()
        return (size or needs) if [_told(card) for card in said] == [needs] else 0

    asyncio.run(morning(NEIGHBOUR.id))
    said.clear()
    return work


def _told(card: Card) -> int:
    """How many customers a list says it is about."""
    found = re.search(r"([\d,]+) customers need you", card.text)
    return int(found[1].replace(",", "")) if found else 0


def floor(folder: Path, size: int) -> Callable[[], int]:
    """The same rows read, a step found by age alone, and one line written: no rule, no history, no tokens."""
    connection = Bare(folder)
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute("begin")
    for number in range(size):
        customer, invoice = late(number)
        connection.execute("insert into customer values (?, ?)", (customer.id, customer.name))
        row = (invoice.id, customer.id, invoice.number, invoice.amount.minor, str(invoice.due))
        connection.execute("insert into invoice values (?, ?, ?, ?, ?)", row)
    connection.execute("commit")

    def work() -> int:
        today = NOW.date()
        connection.execute("begin immediate")
        late_ones = connection.execute(LATE, (today.isoformat(),))
        rows = [
            (name, bisect.bisect_right(LADDER, (today - date.fromisoformat(due)).days), minor)
            for name, minor, due in late_ones
        ]
        connection.execute("insert into line (card) values (?)", (json.dumps(rows),))
        connection.execute("commit")
        connection.close()
        return len(rows)

    return work
