"""Where money that bank files told of is kept: each once, and what became of it."""

from __future__ import annotations

from bot.matching import Incoming
from storage.repository import Repository
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

    def take(self, value: Incoming) -> bool:
        """Write down money unless the bank has told of it before; whether it was new."""
        return self.scope.insert_once(self.table, self._row(value), ("mark",))

    def marks(self) -> frozenset[str]:
        """By which names the bank has told of money before."""
        return frozenset(row[0] for row in self.scope.rows(self.scope.select(self.table, self.table.c.mark)))

    def waiting(self) -> tuple[Incoming, ...]:
        """Money of which nobody knows yet where it belongs."""
        return self._where(self.table.c.state == "waiting")

    def loose(self) -> tuple[Incoming, ...]:
        """Money that fits nothing that is known."""
        return self._where(self.table.c.state == "loose")

    def placed(self) -> tuple[Incoming, ...]:
        """Money that lies on invoices, or is to somebody's credit."""
        return self._where(self.table.c.state == "placed")
