"""The tables: every one but the list of businesses has the business first in its keys and indexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.parties import Business
from storage.columns import MOMENT, WHOLE
from storage.shapes import Shape, T

metadata = sa.MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ix": "%(table_name)s_%(column_0_N_name)s",
    }
)

COUNTED = {"counted": True}
"""Marks a column that `insert` fills by itself."""

BUSINESS = Shape(Business)
businesses = sa.Table(
    "businesses",
    metadata,
    *BUSINESS.columns(),
    sa.Column("next_nudge_at", MOMENT, index=True),
    sa.PrimaryKeyConstraint("id"),
    sqlite_strict=True,
)


def scoped(
    name: str,
    shape: Shape[T],
    *extra: sa.Column[Any],
    key: Sequence[str] = ("id",),
    refs: Mapping[str, str] | None = None,
    blank: Iterable[str] = (),
    computed: Iterable[str] = (),
    unique: Iterable[str] = (),
    indexes: Iterable[Sequence[str]] = (),
) -> sa.Table:
    """A table of one business's values, keyed by business and `key`.

    `refs` names columns that hold the id of a row in another table of the same business; `unique` and
    `indexes` come after the business.
    """
    return sa.Table(
        name,
        metadata,
        sa.Column("business", sa.Text(), sa.ForeignKey("businesses.id"), nullable=False),
        *shape.columns(tuple(blank), tuple(computed)),
        *extra,
        sa.PrimaryKeyConstraint("business", *key),
        *(_reference(column, table) for column, table in (refs or {}).items()),
        *(sa.UniqueConstraint("business", column) for column in unique),
        *(sa.Index(None, "business", *columns) for columns in indexes),
        sqlite_strict=True,
    )


def counter(name: str) -> sa.Column[Any]:
    """A hidden column that counts a business's rows up, so that they can be told in the order they came."""
    return sa.Column(name, WHOLE, nullable=False, info=COUNTED)


def next_number(table: sa.FromClause, column: str, business: sa.ColumnElement[str]) -> sa.ScalarSelect[Any]:
    """One more than the highest of a business; safe, because a business does one thing at a time."""
    rows = table.alias()
    highest = sa.func.coalesce(sa.func.max(rows.c[column]), 0)
    return sa.select(highest + 1).where(rows.c.business == business).scalar_subquery()


def _reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["business", column], [f"{table}.business", f"{table}.id"])
