"""Where disputes are kept, open and closed."""

from __future__ import annotations

from bot.disputes import Dispute
from storage.repository import Repository
from storage.shapes import Shape
from storage.tables import counter, scoped

SHAPE = Shape(Dispute)
disputes = scoped(
    "disputes",
    SHAPE,
    counter("place"),
    refs={"customer": "customers", "invoice": "invoices"},
    indexes=[("customer", "place"), ("closed",), ("place",)],
)
IS_OPEN = disputes.c.closed.is_(None)


class Disputes(Repository[Dispute]):
    """The disputes with one business, in the order they were opened."""

    noun = "dispute"
    table = disputes
    shape = SHAPE
