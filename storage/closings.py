"""Where it is kept why customers paid late, as the owner said when a matter closed."""

from __future__ import annotations

from datetime import date

from bot.causes import Closing
from storage.payments import payments
from storage.repository import Repository
from storage.shapes import Shape
from storage.tables import counter, scoped

SHAPE = Shape(Closing)
closings = scoped(
    "closings",
    SHAPE,
    counter("place"),
    refs={"customer": "customers"},
    indexes=[("customer", "place"), ("day",), ("place",)],
)
NEWEST = 200
"""How many of the latest payments are looked through for matters that have closed."""


class Closings(Repository[Closing]):
    """The matters of one business that closed late, in the order in which the owner was asked about them."""

    noun = "closing"
    table = closings
    shape = SHAPE

    def since(self, day: date) -> tuple[Closing, ...]:
        """Those that closed on a day or later."""
        return self._where(self.table.c.day >= day)

    def lately_paid(self, day: date) -> tuple[str, ...]:
        """The customers whose money came on a day or later, the latest first."""
        newest = self.scope.select(payments, payments.c.customer, payments.c.day)
        rows = self.scope.rows(newest.order_by(payments.c.place.desc()).limit(NEWEST))
        return tuple(dict.fromkeys(customer for customer, paid in rows if paid >= day))
