"""Where money that bank files told of is kept: each once, and what became of it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

import sqlalchemy as sa

from bot.incoming import Incoming
from bot.money import Money
from storage.repository import Repository
from storage.scope import BATCH, Where
from storage.shapes import Shape
from storage.tables import counter, scoped

SHAPE = Shape(Incoming)
incoming = scoped(
    "incoming",
    SHAPE,
    counter("place"),
    refs={"customer": "customers"},
    blank=["customer"],
    unique=["mark"],
    indexes=[("state", "place"), ("customer",), ("place",)],
)


class IncomingMoney(Repository[Incoming]):
    """The money that came to one business, in the order the bank told of it."""

    noun = "incoming"
    table = incoming
    shape = SHAPE

    def known(self, marks: Collection[str]) -> frozenset[str]:
        """Of which of these the bank has told before."""
        query = self.scope.select(self.table, self.table.c.mark)
        return frozenset(row[0] for row in self.scope.rows(query.where(self._among(marks))))

    def settle(self, values: Iterable[Incoming]) -> None:
        """Write down what became of money that is there: where it lies, and whose it is."""
        rows = [{"id": m.id, "state": m.state, "customer": m.customer} for m in values]
        self.scope.update_all(self.table, rows)

    def marked(self, marks: Collection[str]) -> tuple[Incoming, ...]:
        """What was written down under these marks."""
        return self._where(self._among(marks))

    def _among(self, marks: Collection[str]) -> Where:
        return self.scope.among(self.table.c.mark, marks)

    def last(self) -> int:
        """The number of what was written down last; 0 when there is nothing."""
        highest: int | None = self.scope.rows(self.scope.select(self.table, sa.func.max(self.table.c.place)))[
            0
        ][0]
        return highest or 0

    def unsettled(self, after: int = 0) -> tuple[array[int], ...]:
        """The numbers of what lies nowhere yet, in its turn: day by day, and what came before what went.

        `after` is the number behind which it was written down. There may be very many: they are kept small.
        """
        t = self.table.c
        turns: dict[tuple[date, bool], array[int]] = defaultdict(lambda: array("q"))
        query = self.scope.select(self.table, t.day, t.amount_minor, t.place).order_by(t.place).limit(BATCH)
        query = query.where(t.state.in_(("waiting", "loose")))
        while rows := self.scope.rows(query.where(t.place > after)):
            for day, minor, after in rows:
                turns[day, minor < 0].append(after)
        return tuple(turns[turn] for turn in sorted(turns))

    def numbered(self, places: Collection[int]) -> tuple[Incoming, ...]:
        """What was written down with these numbers, in that order."""
        query = self._query(self.table.c.place.in_(places)).add_columns(self.table.c.place)
        found = {row[-1]: self.shape.value(row) for row in self.scope.rows(query)}
        return tuple(map(found.__getitem__, places))

    def waiting(self) -> tuple[Incoming, ...]:
        """Money of which nobody knows yet where it belongs."""
        return self._by(state="waiting")

    def loose(self) -> tuple[Incoming, ...]:
        """Money that fits nothing that is known."""
        return self._by(state="loose")

    def placed(self) -> tuple[Incoming, ...]:
        """Money that lies on invoices, or is to somebody's credit."""
        return self._by(state="placed")

    def of_sum(self, *amounts: Money) -> tuple[Incoming, ...]:
        """What lies on invoices, or is to somebody's credit, and came to just one of these amounts."""
        return self._where(self.table.c.state == "placed", self._is_one_of(amounts)) if amounts else ()

    def of_size(self, *amounts: Money) -> tuple[Incoming, ...]:
        """All that came to just one of these amounts, or went, whatever became of it."""
        both = {each for amount in amounts for each in (amount, -amount)}
        return self._where(self._is_one_of(both)) if both else ()

    def _is_one_of(self, amounts: Collection[Money]) -> Where:
        t = self.table.c
        return sa.or_(*(sa.and_(t.amount_minor == m.minor, t.amount_currency == m.currency) for m in amounts))
