"""Where pauses of the ladder are kept: of an invoice, of a customer, or of everything."""

from __future__ import annotations

from bot.cases import Pause
from storage.repository import Repository
from storage.shapes import Shape
from storage.tables import counter, scoped

SHAPE = Shape(Pause)
pauses = scoped(
    "pauses",
    SHAPE,
    counter("place"),
    refs={"customer": "customers", "invoice": "invoices"},
    blank=["customer", "invoice"],
    indexes=[("customer", "place"), ("place",)],
)


class Pauses(Repository[Pause]):
    """The pauses of one business, in the order they were asked for."""

    noun = "pause"
    table = pauses
    shape = SHAPE
