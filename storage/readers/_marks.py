"""Names for payments, the same whenever a payment comes again, by which it is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(slots=True)
class Marks:
    """The names of one statement: payments that are alike in everything are counted, since both were paid.

    Of a mark that comes once, as nearly all do, only a number is kept.
    """

    once: set[int] = field(default_factory=set)
    again: Counter[str] = field(default_factory=Counter)

    def name(self, mark: str) -> str:
        """The mark; from the second time on with its number."""
        if (told := hash(mark)) not in self.once:
            self.once.add(told)
            return mark
        self.again[mark] += 1
        return f"{mark} #{self.again[mark] + 1}"


def made_of(*facts: object) -> str:
    """A mark for a payment that its bank gave none, of all that is known of it."""
    return "made " + sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:24]
