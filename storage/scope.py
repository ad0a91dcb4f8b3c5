"""One business in one transaction: the only place where statements are run, and each carries the business."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import count, islice, repeat
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeEngine

from storage.tables import COUNTED, next_number

Value = TypeVar("Value")
Where = sa.ColumnElement[bool]
Maker = Callable[[Any], Any]
BATCH = 1_000
"""How many rows are written, or looked for, at once."""


class Scope:
    """What a repository reads and writes through, at `now`; `changed` names the tables written to so far."""

    def __init__(self, connection: sa.Connection, business: str, now: datetime) -> None:
        self.connection = connection
        self.business = business
        self.now = now
        self.is_sqlite = connection.dialect.name == "sqlite"
        self.changed: set[str] = set()

    def found(self, query: sa.Select[Any], **asked: Any) -> Sequence[Sequence[Any]]:
        """The rows of a query that was made once, by `finding`, for what is asked of it this time."""
        return self.connection.execute(query, {"in_business": self.business, **asked}).all()

    def listed(self, ids: Collection[str]) -> Any:
        """Many ids as the one value that `listing` takes."""
        return json.dumps(list(ids)) if self.is_sqlite else list(ids)

    def select(self, table: sa.FromClause, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """A query of this business's rows of a table."""
        return sa.select(*columns).where(table.c.business == self.business)

    def rows(self, query: sa.Select[Any] | sa.CompoundSelect[Any]) -> Sequence[Sequence[Any]]:
        """The rows of a query made by `select`."""
        return self.connection.execute(query).all()

    def insert(self, table: sa.Table, values: Mapping[str, Any]) -> None:
        """Add a row; a row of the same key is an error."""
        self.changed.add(table.name)
        self.connection.execute(_inserting(table, self.is_sqlite), self._whole(values))

    def insert_once(self, table: sa.Table, values: Mapping[str, Any], key: Sequence[str]) -> bool:
        """Add a row unless one with the same key (after the business) is there; whether it was added."""
        self.changed.add(table.name)
        statement = _inserting(table, self.is_sqlite, tuple(key))
        return self.connection.execute(statement, self._whole(values)).first() is not None

    def insert_all(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add many rows in one statement; a row of a key that is there is an error."""
        if not rows:
            return
        self.changed.add(table.name)
        given: dict[str, Iterable[Any]] = {name: [row[name] for row in rows] for name in rows[0]}
        given |= {"business": repeat(self.business), **self._numbers(table)}
        adding = _adding(table, tuple(given), self.is_sqlite)
        self.connection.exec_driver_sql(adding.statement, list(zip(*adding.cells(given), strict=False)))

    def update_all(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Change many rows in one statement, each found by its id and given the same columns."""
        if rows:
            self.changed.add(table.name)
            at = sa.and_(table.c.business == self.business, table.c.id == sa.bindparam("at_id"))
            given = [
                {"at_id": row["id"], **{n: cell for n, cell in row.items() if n != "id"}} for row in rows
            ]
            self.connection.execute(sa.update(table).where(at), given)

    def change(
        self, table: sa.Table, at: Mapping[str, Any], values: Mapping[str, Any], counted: str = ""
    ) -> int:
        """Change the rows whose columns hold what `at` says, and count a column on; how many did."""
        self.changed.add(table.name)
        asked = {f"at_{name}": cell for name, cell in at.items()}
        given = {f"to_{name}": cell for name, cell in values.items()}
        statement = _changing(table, tuple(at), tuple(values), counted)
        return self.connection.execute(statement, {"in_business": self.business, **asked, **given}).rowcount

    def update(self, table: sa.Table, where: Where, values: Mapping[str, Any]) -> int:
        """Change the rows that meet a condition; how many did."""
        self.changed.add(table.name)
        statement = sa.update(table).where(table.c.business == self.business, where)
        return self.connection.execute(statement.values(dict(values))).rowcount

    def delete(self, table: sa.Table, where: Where) -> int:
        """Remove the rows that meet a condition; how many did."""
        self.changed.add(table.name)
        return self.connection.execute(
            sa.delete(table).where(table.c.business == self.business, where)
        ).rowcount

    def next(self, table: sa.Table, column: str) -> sa.ScalarSelect[Any]:
        """The next number of a counting column."""
        return next_number(table, column, sa.literal(self.business))

    def among(self, column: sa.ColumnElement[Any], ids: Collection[str]) -> Where:
        """Whether a column holds one of many ids, sent as one array so that there may be any number."""
        return _among(column, sa.literal(self.listed(ids), _listed_as(self.is_sqlite)), self.is_sqlite)

    def _numbers(self, table: sa.Table) -> dict[str, Iterable[int]]:
        """The next numbers of the counting columns."""
        counted = (column.name for column in table.c if column.info == COUNTED)
        return {
            n: count(self.connection.execute(sa.select(self.next(table, n))).scalar_one()) for n in counted
        }

    def _whole(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"business": self.business, "counted_in": self.business, **values}


def finding(table: sa.FromClause, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """A query of some business's rows of a table, to be made once: making it costs more than running it."""
    return sa.select(*columns).where(table.c.business == sa.bindparam("in_business"))


def listing(column: sa.ColumnElement[Any], name: str, is_sqlite: bool) -> Where:
    """Whether a column holds one of the ids that are given by this name, as `listed` puts them."""
    return _among(column, sa.bindparam(name, type_=_listed_as(is_sqlite)), is_sqlite)


def sorted_after(order: Iterable[sa.ColumnElement[Any]], is_sqlite: bool) -> Iterable[sa.ColumnElement[Any]]:
    """An order for what was found; told plainly, SQLite would read all of a business in that order."""
    plain = operators.custom_op[Any]("+")  # what is not a bare column is in the order of no index
    return (sa.UnaryExpression(column, operator=plain) for column in order) if is_sqlite else order


def _among(column: sa.ColumnElement[Any], ids: sa.BindParameter[Any], is_sqlite: bool) -> Where:
    if is_sqlite:
        return column.in_(sa.select(sa.func.json_each(ids).table_valued("value").c.value))
    return column == sa.any_(ids)


def _listed_as(is_sqlite: bool) -> TypeEngine[Any]:
    return sa.Text() if is_sqlite else postgresql.ARRAY(sa.Text)


@cache
def _changing(table: sa.Table, at: tuple[str, ...], names: tuple[str, ...], counted: str) -> sa.Update:
    """The statement that changes some columns of the rows found by others."""
    business: sa.BindParameter[str] = sa.bindparam("in_business")
    found = [table.c[name] == sa.bindparam(f"at_{name}") for name in at]
    mine = table.c.business == business
    values: dict[str, Any] = {name: sa.bindparam(f"to_{name}", type_=table.c[name].type) for name in names}
    values |= {counted: next_number(table, counted, business)} if counted else {}
    return sa.update(table).where(mine, *found).values(values)


@cache
def _inserting(table: sa.Table, is_sqlite: bool, once: tuple[str, ...] = ()) -> sa.Insert:
    """The statement that adds a row, its counting columns counted on; made once, for making it costs most."""
    insert = sqlite.insert(table) if is_sqlite else postgresql.insert(table)
    counted = [column.name for column in table.c if column.info == COUNTED]
    numbers = {name: next_number(table, name, sa.bindparam("counted_in")) for name in counted}
    insert = insert.values(numbers) if numbers else insert
    if not once:
        return insert
    return insert.on_conflict_do_nothing(index_elements=["business", *once]).returning(table.c.business)


@dataclass(frozen=True, slots=True)
class Adding:
    """The statement that adds many rows, made once, and what makes the cells of each column."""

    statement: str
    makers: Mapping[str, Maker | None]

    def cells(self, given: Mapping[str, Iterable[Any]]) -> Iterator[Iterable[Any]]:
        """The cells as the database takes them; by the column, for a row at a time costs twice as much."""
        for name, make in self.makers.items():
            yield map(make, given[name]) if make else given[name]


@cache
def _adding(table: sa.Table, names: tuple[str, ...], is_sqlite: bool) -> Adding:
    dialect = sqlite.dialect() if is_sqlite else psycopg.dialect(paramstyle="format")  # type: ignore[no-untyped-call]
    made: Any = sa.insert(table).compile(dialect=dialect, column_keys=names)
    kinds = {name: table.c[name].type.dialect_impl(dialect) for name in made.positiontup}
    return Adding(str(made), {name: kind.bind_processor(dialect) for name, kind in kinds.items()})


def batches(values: Iterable[Value]) -> Iterator[tuple[Value, ...]]:
    """Values in groups that one statement can take."""
    rest = iter(values)
    while some := tuple(islice(rest, BATCH)):
        yield some
