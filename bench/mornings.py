"""The morning with a draft for everybody: each late customer's step decided, a reminder written and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from bench import servers
from bench.books import BAKERY, NEIGHBOUR, NOW, database, late
from bench.drafts import plain
from handlers.desk import Desk, stack
from messages.voice import Voice
from storage.engine import Database
from storage.readers import read
from storage.scope import batches

META = sa.MetaData()
OPEN = sa.Table(
    "open",
    META,
    sa.Column("id", sa.Integer(), primary_key=True),
    *(sa.Column(name, sa.Text()) for name in ("customer", "number", "reference")),
    sa.Column("due", sa.Text(), index=True),
    sa.Column("cents", sa.Integer()),
)
DRAFT = sa.Table(
    "draft",
    META,
    sa.Column("id", sa.Integer(), primary_key=True),
    *(sa.Column(name, sa.Text()) for name in ("customer", "body")),
)

KEPT = f"select count(*) from letters where business = '{BAKERY}' and state = 'draft' and body like '%4_125%'"


def ours(folder: Path, size: int) -> Callable[[], int]:
    """The rules, the letter in the customer's language, and its row, in one transaction."""
    made = database(folder, size)

    def work() -> int:
        _drafted(made, BAKERY)
        with made.books(BAKERY, NOW) as books:
            kept: int = books.connection.execute(sa.text(KEPT)).scalar_one()
        made.close()
        return kept

    _drafted(made, NEIGHBOUR.id)
    return work


def _drafted(made: Database, business: str) -> None:
    with made.books(business, NOW) as books:
        desk = Desk(books, Voice("sv", country="SE", today=NOW.date()), NOW, NOW.date(), read)
        stack.write_all(books.cases(desk.today), desk)


def floor(folder: Path, size: int) -> Callable[[], int]:
    """Core: what is late, streamed; a plain sandboxed template rendered; its text inserted in batches."""
    engine = servers.engine(folder)
    META.create_all(engine)
    with engine.begin() as connection:
        for numbers in batches(range(size)):
            connection.execute(sa.insert(OPEN), [_row(number) for number in numbers])
    render = plain()

    def work() -> int:
        today = NOW.date()
        with engine.begin() as connection:
            due = connection.execute(sa.select(OPEN).where(OPEN.c.due < today.isoformat()))
            for rows in batches(due.yield_per(1000)):
                drafted = [{"customer": row.customer, "body": render(_facts(row, today))} for row in rows]
                connection.execute(sa.insert(DRAFT), drafted)
        with engine.connect() as connection:
            kept = connection.scalar(sa.select(sa.func.count()).select_from(DRAFT))
        engine.dispose()
        return int(kept or 0)

    return work


def _row(number: int) -> dict[str, object]:
    customer, invoice = late(number)
    named = {"customer": customer.name, "number": invoice.number, "reference": invoice.reference}
    return {"id": number, **named, "due": str(invoice.due), "cents": invoice.amount.minor}


def _facts(row: sa.Row[tuple[int, str, str, str, str, int]], today: date) -> dict[str, object]:
    amount = Decimal(row.cents) / 100
    due = date.fromisoformat(row.due)
    what = {"number": row.number, "reference": row.reference, "due": due, "amount": amount, "what": "Bread"}
    return {
        "business": "Åsas Bageri AB",
        "owner": "Åsa Lind",
        "phone": "070-174 06 05",
        "first_name": row.customer,
        "account": "999-0219",
        "today": today,
        "pay_by": today,
        "next_day": today,
        "lines": [what],
        "total": amount,
        "attached": True,
    }
