"""Names for payments, the same whenever a payment comes again, by which it is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(slots=True)
class Marks:
    """The names of one statement: payments that are alike in everything are counted, since both were paid."""

    seen: Counter[str] = field(default_factory=Counter)

    def name(self, mark: str) -> str:
        """The mark; from the second time on with its number."""
        self.seen[mark] += 1
        return f"{mark} #{number}" if (number := self.seen[mark]) > 1 else mark


def made_of(*facts: object) -> str:
    """A mark for a payment that its bank gave none, of all that is known of it."""
    return "made " + sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:24]
