"""What every repository can do: find, list, add and save one kind of value for one business."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, ClassVar, Generic

import sqlalchemy as sa

from bot.errors import Refusal
from storage.scope import Scope, Where, finding, listing, sorted_after
from storage.shapes import Shape, T


class Listed(Generic[T]):
    """Values that can be found and listed; a subclass names their table, their shape and the noun."""

    noun: ClassVar[str]
    table: ClassVar[sa.Table]
    shape: Shape[T]

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def get(self, key: str) -> T:
        """The value with an id; refused when there is none."""
        found = self._by(id=key)
        if not found:
            raise Refusal("not_found", what=self.noun)
        return found[0]

    def all(self) -> tuple[T, ...]:
        """Every value, in order."""
        return self._by()

    def of(self, customer: str) -> tuple[T, ...]:
        """What belongs to a customer, in order."""
        return self._by(customer=customer)

    def of_many(self, customers: Collection[str]) -> Mapping[str, tuple[T, ...]]:
        """What belongs to each of many customers, in one query."""
        grouped: dict[str, list[T]] = defaultdict(list)
        query = self._finding_many("customer", self.scope.is_sqlite)
        for row in self.scope.found(query, asked=self.scope.listed(customers)):
            grouped[row[-1]].append(self.shape.value(row))
        return {customer: tuple(values) for customer, values in grouped.items()}

    def among(self, ids: Collection[str]) -> tuple[T, ...]:
        """Those of many ids that are there, in order and in one query."""
        query = self._finding_many("id", self.scope.is_sqlite)
        return tuple(map(self.shape.value, self.scope.found(query, asked=self.scope.listed(ids))))

    def _by(self, **asked: Any) -> tuple[T, ...]:
        """Those whose columns hold just this, in order."""
        return tuple(
            map(self.shape.value, self.scope.found(self._finding(self.scope.is_sqlite, *asked), **asked))
        )

    @classmethod
    @cache
    def _finding(cls, is_sqlite: bool, *columns: str) -> sa.Select[Any]:
        """The query of all values whose columns hold what is asked by their names."""
        asked = (cls.table.c[name] == sa.bindparam(name) for name in columns)
        order = sorted_after(cls._order(), is_sqlite and bool(columns))
        return finding(cls.table, *cls._columns()).where(*asked).order_by(*order)

    @classmethod
    @cache
    def _finding_many(cls, column: str, is_sqlite: bool) -> sa.Select[Any]:
        """The query of values whose column, which comes last, holds any of what is asked."""
        holds = listing(cls.table.c[column], "asked", is_sqlite)
        query = finding(cls.table, *cls._columns(), cls.table.c[column]).where(holds)
        return query.order_by(*sorted_after(cls._order(), is_sqlite))

    def _where(self, *conditions: Where) -> tuple[T, ...]:
        query = self._query(*conditions).order_by(None)
        return self._values(query.order_by(*sorted_after(self._order(), self.scope.is_sqlite)))

    def _values(self, query: sa.Select[Any]) -> tuple[T, ...]:
        return tuple(self.shape.value(row) for row in self.scope.rows(query))

    def _query(self, *conditions: Where) -> sa.Select[Any]:
        return self.scope.select(self.table, *self._columns()).where(*conditions).order_by(*self._order())

    @classmethod
    def _columns(cls) -> list[sa.ColumnElement[Any]]:
        return [cls.table.c[name] for name in cls.shape.names]

    @classmethod
    def _order(cls) -> tuple[sa.ColumnElement[Any], ...]:
        return (cls.table.c.place,)

    def _row(self, value: T) -> dict[str, Any]:
        return self.shape.row(value)

    def _add_all(self, values: Iterable[T]) -> None:
        self.scope.insert_all(self.table, [self._row(value) for value in values])

    def _save_all(self, values: Iterable[T]) -> None:
        self.scope.update_all(self.table, [self._row(value) for value in values])

    def _save(self, value: T) -> None:
        row = self._row(value)
        if not self.scope.change(self.table, {"id": row.pop("id")}, row):
            raise Refusal("not_found", what=self.noun)


class Repository(Listed[T]):
    """Values that can also be added and saved."""

    def add(self, value: T) -> None:
        """Write down a new value."""
        self.scope.insert(self.table, self._row(value))

    def add_all(self, values: Iterable[T]) -> None:
        """Write down many new values."""
        self._add_all(values)

    def save(self, value: T) -> None:
        """Write down what became of a value; refused when it was never added."""
        self._save(value)

    def save_all(self, values: Iterable[T]) -> None:
        """Write down what became of many values, all of which are there."""
        self._save_all(values)
