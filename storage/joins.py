"""Where it is kept which customers were made one: who has gone into whom, and what was theirs before."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from bot.joining import Join
from storage.repository import Repository
from storage.scope import Scope
from storage.shapes import Shape
from storage.tables import counter, metadata, scoped

SHAPE = Shape(Join)
joins = scoped(
    "joins",
    SHAPE,
    counter("place"),
    refs={"customer": "customers"},
    indexes=[("customer", "place"), ("place",)],
)


def owned() -> tuple[sa.Table, ...]:
    """Every table with rows of a customer's own; the words of a name follow from the name."""
    return tuple(t for t in metadata.sorted_tables if t.name != "named" and _points_to_one(t))


def _points_to_one(table: sa.Table) -> bool:
    return any(key.column.table.name == "customers" for key in table.foreign_keys)


def gone_into(customer: str, scope: Scope) -> tuple[str, ...]:
    """The ids of those who have gone into a customer."""
    query = scope.select(joins, joins.c.id).where(joins.c.customer == customer)
    return tuple(row[0] for row in scope.rows(query.order_by(joins.c.place)))


class Joins(Repository[Join]):
    """The customers of one business who went into another, in the order in which they did."""

    noun = "join"
    table = joins
    shape = SHAPE

    def heirs(self, ids: Collection[str]) -> Mapping[str, str]:
        """The customers whom some ids mean now, each by an id of one who has gone into them."""
        return {join.id: join.customer for join in self.among(ids)}

    def heir(self, customer: str) -> str:
        """The customer whom an id means now: whoever they have gone into, else they themselves."""
        return self.heirs([customer]).get(customer, customer)

    def theirs(self, customer: str) -> Mapping[str, tuple[str, ...]]:
        """The ids of all that is a customer's, by table."""
        found = ((table.name, self._ids(table, customer)) for table in owned())
        return {name: ids for name, ids in found if ids}

    def move(self, rows: Mapping[str, tuple[str, ...]], of: str, to: str) -> None:
        """Put rows of a customer, by table, down to another; what is theirs no more stays as it is."""
        for name, ids in rows.items():
            table = metadata.tables[name]
            is_theirs = sa.and_(table.c.customer == of, self.scope.among(table.c.id, ids))
            self.scope.update(table, is_theirs, {"customer": to})

    def undo(self, join: Join) -> None:
        """Two are two again: each has what was theirs, and nothing is left that says they were one."""
        self.move(join.moved, join.customer, join.id)
        self.scope.delete(joins, joins.c.id == join.id)

    def _ids(self, table: sa.Table, customer: str) -> tuple[str, ...]:
        query = self.scope.select(table, table.c.id).where(table.c.customer == customer)
        return tuple(row[0] for row in self.scope.rows(query.order_by(table.c.id)))
