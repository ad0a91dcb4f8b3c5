"""What invoices and customers are found by when money comes: keys of invoices, the words of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.names import fold
from bot.owed import reference_key, words_of
from storage.migrations.versions.v0001 import TEXT, columns, table

revision = "0014"
down_revision = "0013"

MANY = 1_000
KEYS = sa.text(
    "UPDATE invoices SET number_key = :number_key, reference_key = :reference_key"
    " WHERE business = :business AND id = :id"
)
WORD = sa.text("INSERT INTO named (business, word, customer) VALUES (:business, :word, :customer)")
LEFT = """
UPDATE invoices SET left_key = CAST(amount_minor - (
    SELECT coalesce(sum(p.amount_minor), 0) FROM payments p
    WHERE p.business = invoices.business AND p.invoice = invoices.id
    AND p.amount_currency = invoices.amount_currency) AS TEXT) || ' ' || amount_currency
"""


def upgrade() -> None:
    """Fill the keys of the invoices that are there, and the words of the customers' names."""
    for name in ("reference_key", "left_key"):
        op.add_column("invoices", sa.Column(name, TEXT, nullable=False, server_default=""))
    connection = op.get_bind()
    for rows in _rows(connection, "invoices", "number reference"):
        filled = [
            {"business": b, "id": i, "number_key": fold(number), "reference_key": reference_key(reference)}
            for b, i, number, reference in rows
        ]
        connection.execute(KEYS, filled)
    op.execute(LEFT)
    op.create_index("invoices_business_reference_key", "invoices", ["business", "reference_key"])
    op.create_index("invoices_business_left_key", "invoices", ["business", "left_key"])
    _name(connection)


def _name(connection: sa.Connection) -> None:
    table(
        "named",
        *columns(TEXT, "word customer"),
        key=["word", "customer"],
        refs={"customer": "customers"},
        indexes=["customer"],
    )
    for rows in _rows(connection, "customers", "name"):
        words = [
            {"business": b, "word": word, "customer": i} for b, i, name in rows for word in {*words_of(name)}
        ]
        if words:
            connection.execute(WORD, words)


def _rows(connection: sa.Connection, name: str, cells: str) -> Iterator[Sequence[Any]]:
    """All rows of a table, some at a time."""
    named = sa.table(name, *map(sa.column, ("business", "id", *cells.split())))
    key = sa.tuple_(named.c.business, named.c.id)
    query = sa.select(named).order_by(named.c.business, named.c.id).limit(MANY)
    last = ("", "")
    while rows := connection.execute(query.where(key > last)).all():
        yield rows
        last = (rows[-1].business, rows[-1].id)
