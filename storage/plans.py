"""Where plans are kept, with their instalments."""

from __future__ import annotations

from bot.plans import Plan
from storage.repository import Repository
from storage.shapes import Shape
from storage.tables import counter, scoped

SHAPE = Shape(Plan)
plans = scoped(
    "plans",
    SHAPE,
    counter("place"),
    refs={"customer": "customers"},
    indexes=[("customer", "place"), ("state",), ("place",)],
)
IS_OPEN = plans.c.state.in_(("offered", "active"))


class Plans(Repository[Plan]):
    """The plans of one business, in the order they were agreed."""

    noun = "plan"
    table = plans
    shape = SHAPE
