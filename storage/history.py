"""The append-only log: what happened, in the order it did; the database itself refuses to change it.

Only where a customer is erased do the events about them leave it, each by its id in `erasures`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.history import Event
from storage.ids import new_id
from storage.joins import gone_into
from storage.repository import Listed
from storage.scope import batches
from storage.shapes import Shape
from storage.tables import counter, scoped


@dataclass(frozen=True, slots=True)
class Erasure:
    """An event that is no longer in the history, by its id, and since when."""

    id: str
    at: datetime


SHAPE, ERASURE = Shape(Event), Shape(Erasure)
history = scoped("history", SHAPE, counter("place"), indexes=[("customer", "place"), ("place",)])
erasures = scoped("erasures", ERASURE)


class History(Listed[Event]):
    """The events of one business, newest first; bound to no other row, they outlive what they tell of."""

    noun = "event"
    table = history
    shape = SHAPE

    def add(
        self, kind: str, *, customer: str = "", invoice: str = "", who: str = "", **data: str | int | None
    ) -> None:
        """Write down that something happened now."""
        event = Event(
            id=new_id(), at=self.scope.now, kind=kind, customer=customer, invoice=invoice, who=who, data=data
        )
        self.scope.insert(self.table, self._row(event))

    def add_all(self, events: Iterable[Event]) -> None:
        """Write down many things that happened."""
        self._add_all(events)

    def let_go(self, events: Collection[str]) -> None:
        """Take events out for good; the database lets none go of which that is not written down."""
        for some in batches(events):
            self.scope.insert_all(erasures, [ERASURE.row(Erasure(event, self.scope.now)) for event in some])
            self.scope.delete(history, self.scope.among(history.c.id, some))

    def of(self, customer: str, limit: int | None = 50) -> tuple[Event, ...]:
        """The latest events of a customer and of who went into them; without a limit, all of them."""
        whose, gone = self.table.c.customer, gone_into(customer, self.scope)
        is_theirs = self.scope.among(whose, [customer, *gone]) if gone else whose == customer
        return self._values(self._query(is_theirs).limit(limit))

    @classmethod
    def _order(cls) -> tuple[sa.ColumnElement[int], ...]:
        return (cls.table.c.place.desc(),)
