"""What is found wrong with an e-invoice on the way, none of which hides the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.documents import Problem
from storage.readers._dates import read_date


@dataclass(slots=True)
class Notes:
    """The problems of a file so far."""

    problems: list[Problem] = field(default_factory=list)

    def day(self, written: str, element: str, line: int | None) -> date | None:
        """The day written, or none and a problem where it does not exist."""
        if not written:
            return None
        try:
            return read_date(written)
        except ValueError:
            self.problems.append(Problem("bad_date", line, {"value": written[:40], "field": element}))
            return None
