"""Where letters are kept: drafts, and the exact text that went out."""

from __future__ import annotations

from bot.letters import Letter, State
from storage.repository import Repository
from storage.shapes import Shape
from storage.tables import counter, scoped

SHAPE = Shape(Letter)
letters = scoped(
    "letters",
    SHAPE,
    counter("place"),
    refs={"customer": "customers"},
    indexes=[("customer", "place"), ("state",), ("place",)],
)


class Letters(Repository[Letter]):
    """The letters of one business, in the order they were written."""

    noun = "letter"
    table = letters
    shape = SHAPE

    def approved(self) -> frozenset[str]:
        """The customers to whom an approved letter is on its way."""
        on_its_way = self.table.c.state == "approved"
        query = self.scope.select(self.table, self.table.c.customer).where(on_its_way).distinct()
        return frozenset(row[0] for row in self.scope.rows(query))

    def latest(self, most: int) -> tuple[Letter, ...]:
        """The last so many that were written, the latest first."""
        return self._values(self._query().order_by(None).order_by(self.table.c.place.desc()).limit(most))

    def in_state(self, state: State) -> tuple[Letter, ...]:
        """All of which one thing has become: drafts, or those on their way."""
        return self._by(state=state)

    def draft(self, customer: str) -> Letter | None:
        """The latest draft to a customer, if one waits."""
        drafts = self._by(customer=customer, state="draft")
        return drafts[-1] if drafts else None
