"""Where promises and deferrals are kept."""

from __future__ import annotations

from bot.promises import Promise
from storage.repository import Repository
from storage.shapes import Shape
from storage.tables import counter, scoped

SHAPE = Shape(Promise)
promises = scoped(
    "promises",
    SHAPE,
    counter("place"),
    refs={"customer": "customers"},
    indexes=[("customer", "place"), ("state",), ("place",)],
)
IS_OPEN = promises.c.state == "open"


class Promises(Repository[Promise]):
    """The promises made to one business, in the order they were made."""

    noun = "promise"
    table = promises
    shape = SHAPE
