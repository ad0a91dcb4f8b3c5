"""What every repository can do: find, list, add and save one kind of value for one business."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Generic

import sqlalchemy as sa

from bot.errors import Refusal
from storage.scope import Scope, Where
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
        found = self._where(self.table.c.id == key)
        if not found:
            raise Refusal("not_found", what=self.noun)
        return found[0]

    def all(self) -> tuple[T, ...]:
        """Every value, in order."""
        return self._where()

    def of(self, customer: str) -> tuple[T, ...]:
        """What belongs to a customer, in order."""
        return self._where(self.table.c.customer == customer)

    def of_many(self, customers: Collection[str]) -> Mapping[str, tuple[T, ...]]:
        """What belongs to each of many customers, in one query."""
        owner = self.table.c.customer
        grouped: dict[str, list[T]] = defaultdict(list)
        for row in self.scope.rows(self._query(self.scope.among(owner, customers)).add_columns(owner)):
            grouped[row[-1]].append(self.shape.value(row))
        return {customer: tuple(values) for customer, values in grouped.items()}

    def among(self, ids: Collection[str]) -> tuple[T, ...]:
        """Those of many ids that are there, in order and in one query."""
        return self._where(self.scope.among(self.table.c.id, ids))

    def _where(self, *conditions: Where) -> tuple[T, ...]:
        return self._values(self._query(*conditions))

    def _values(self, query: sa.Select[Any]) -> tuple[T, ...]:
        return tuple(self.shape.value(row) for row in self.scope.rows(query))

    def _query(self, *conditions: Where) -> sa.Select[Any]:
        return self.scope.select(self.table, *self._columns()).where(*conditions).order_by(*self._order())

    def _columns(self) -> list[sa.ColumnElement[Any]]:
        return [self.table.c[name] for name in self.shape.names]

    def _order(self) -> tuple[sa.ColumnElement[Any], ...]:
        return (self.table.c.place,)

    def _row(self, value: T) -> dict[str, Any]:
        return self.shape.row(value)

    def _add_all(self, values: Iterable[T]) -> None:
        self.scope.insert_all(self.table, [self._row(value) for value in values])

    def _save_all(self, values: Iterable[T]) -> None:
        self.scope.update_all(self.table, [self._row(value) for value in values])

    def _save(self, value: T) -> None:
        row = self._row(value)
        if not self.scope.update(self.table, self.table.c.id == row.pop("id"), row):
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
