"""Where it is kept how an owner words their letters."""

from __future__ import annotations

from bot.letters import Tone
from bot.wording import Sort, Wording
from storage.scope import Scope
from storage.shapes import Shape
from storage.tables import scoped

SHAPE = Shape(Wording)
KEY = ("kind", "tone", "language")
wordings = scoped("wordings", SHAPE, key=KEY)
Key = tuple[Sort, Tone, str]


class Wordings:
    """The wordings of one business, read once: there are few, and every letter asks for one."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._known: dict[Key, Wording] | None = None

    def find(self, kind: Sort, tone: Tone, language: str) -> Wording | None:
        """The owner's own wording of a letter, if there is one."""
        return self._all().get((kind, tone, language))

    def keep(self, wording: Wording) -> None:
        """Write down a wording in the place of an earlier one."""
        self.drop(wording.kind, wording.tone, wording.language)
        self.scope.insert(wordings, SHAPE.row(wording))

    def drop(self, kind: Sort, tone: Tone, language: str) -> bool:
        """Forget a wording; whether there was one."""
        self._known, asked = None, wordings.c
        where = (asked.kind == kind) & (asked.tone == tone) & (asked.language == language)
        return bool(self.scope.delete(wordings, where))

    def _all(self) -> dict[Key, Wording]:
        if self._known is None:
            query = self.scope.select(wordings, *(wordings.c[name] for name in SHAPE.names))
            found = map(SHAPE.value, self.scope.rows(query))
            self._known = {(each.kind, each.tone, each.language): each for each in found}
        return self._known
