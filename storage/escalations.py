"""Where it is kept which claims left the ladder, and the evidence packs that were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.escalations import Escalation
from storage.repository import Listed, Repository
from storage.scope import Scope
from storage.shapes import Shape
from storage.tables import counter, scoped


@dataclass(frozen=True, slots=True)
class Pack:
    """An evidence pack as it was made; its id follows from its bytes."""

    id: str
    customer: str
    name: str
    day: date
    content: bytes


ESCALATION, PACK = Shape(Escalation), Shape(Pack)
escalations = scoped(
    "escalations",
    ESCALATION,
    counter("place"),
    refs={"customer": "customers"},
    indexes=[("customer", "place"), ("ended",), ("place",)],
)
packs = scoped(
    "packs",
    PACK,
    counter("place"),
    refs={"customer": "customers"},
    indexes=[("customer", "place"), ("place",)],
)


class Escalations(Repository[Escalation]):
    """The claims of one business that left the ladder, in the order they did."""

    noun = "escalation"
    table = escalations
    shape = ESCALATION

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._out: tuple[Escalation, ...] | None = None

    def out(self, customer: str) -> tuple[Escalation, ...]:
        """What of a customer's has left the ladder and not come back; asked of thousands, it is read once."""
        return tuple(e for e in self._still_out() if e.customer == customer)

    def customers(self) -> frozenset[str]:
        """Those of whose claims some have left the ladder and not come back."""
        return frozenset(e.customer for e in self._still_out())

    def _still_out(self) -> tuple[Escalation, ...]:
        if self._out is None:
            self._out = self._where(self.table.c.ended.is_(None))
        return self._out

    def add(self, value: Escalation) -> None:
        """Write down that claims left the ladder."""
        self._out = None
        super().add(value)

    def save(self, value: Escalation) -> None:
        """Write down what became of them."""
        self._out = None
        super().save(value)


class Packs(Listed[Pack]):
    """The evidence packs of one business, each kept once."""

    noun = "pack"
    table = packs
    shape = PACK

    def keep(self, pack: Pack) -> None:
        """Keep a pack unless the very same is kept already."""
        self.scope.insert_once(self.table, self._row(pack), ("id",))
