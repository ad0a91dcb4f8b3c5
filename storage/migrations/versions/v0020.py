"""Customers who were made one, and numbers as they are compared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.versions.v0001 import MOMENT, TEXT, WHOLE, columns, table

revision = "0020"
down_revision = "0019"

FEWEST = 6
KEY = sa.text("UPDATE customers SET number_key = :key WHERE business = :business AND id = :id")


def upgrade() -> None:
    """Nobody was; of a number that tells a company, only the digits count from here on."""
    for name in ("also", "apart"):
        op.add_column("customers", sa.Column(name, TEXT, nullable=False, server_default="[]"))
    table(
        "joins",
        *columns(TEXT, "id customer by gone before moved known"),
        *columns(MOMENT, "at"),
        *columns(WHOLE, "place"),
        refs={"customer": "customers"},
        indexes=["customer place", "place"],
    )
    _compare(op.get_bind())


def _compare(connection: sa.Connection) -> None:
    known = sa.table("customers", *map(sa.column, ("business", "id", "number_key")))
    rows = connection.execute(sa.select(known).where(known.c.number_key != "")).all()
    digits = [(row, "".join(filter(str.isdigit, row.number_key))) for row in rows]
    changed = [
        {"business": row.business, "id": row.id, "key": key}
        for row, key in digits
        if len(key) >= FEWEST and key != row.number_key
    ]
    if changed:
        connection.execute(KEY, changed)
