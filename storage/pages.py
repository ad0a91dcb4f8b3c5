"""Where it is kept which customers' pages the owner has closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from storage.scope import Scope
from storage.shapes import Shape
from storage.tables import scoped


@dataclass(frozen=True, slots=True)
class Closed:
    """The page of a letter that shows nothing any more, since when and by whose word."""

    letter: str
    at: datetime
    by: str


CLOSED = Shape(Closed)
closed_pages = scoped("closed_pages", CLOSED, key=["letter"], refs={"letter": "letters"})


class Pages:
    """The pages of one business's letters; one that was never closed has no row."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def close(self, letter: str, by: str) -> bool:
        """Close the page of a letter for good; whether it was open."""
        closed = Closed(letter, self.scope.now, by)
        return self.scope.insert_once(closed_pages, CLOSED.row(closed), ("letter",))

    def closed(self, letters: Collection[str]) -> frozenset[str]:
        """Those of some letters whose pages are closed."""
        column = closed_pages.c.letter
        query = self.scope.select(closed_pages, column).where(self.scope.among(column, letters))
        return frozenset(row[0] for row in self.scope.rows(query))
