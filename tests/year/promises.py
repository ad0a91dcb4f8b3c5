"""The promises of PRODUCT, asked of letters that went out, against the truth of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.letters import LADDER, LEGAL, Letter
from bot.money import Money
from tests.year.truth import Firm

APART = timedelta(days=7)
"""No two letters of the ladder to one buyer are closer, wherever they live."""
MOST = 4
"""Three reminders and a final notice: nobody is asked more often for one bill."""


def broken(letters: Iterable[Letter], buyer: str, firm: Firm, numbers: Mapping[str, str]) -> Iterator[str]:
    """What in the letters to one buyer should not have been; `numbers` are of invoices by their ids."""
    sent = sorted((x for x in letters if x.kind in LADDER and x.reached), key=lambda x: x.went_on)
    times: dict[str, list[Letter]] = {}
    for before, letter in zip([None, *sent], sent, strict=False):
        where = f"{letter.went_on} {letter.kind} {letter.level} to {firm.by_key[buyer].name}"
        if before and letter.went_on - before.went_on < APART:
            yield f"{where}: only {letter.went_on - before.went_on} after the last"
        if reason := firm.hushed(buyer, letter.went_on):
            yield f"{where}: {reason}"
        final = {number for number, about in times.items() if about[-1].kind in LEGAL}
        asked = Asked(letter, {numbers[c.invoice] for c in letter.claims}, buyer, firm, final)
        yield from (f"{where}: {each}" for each in (*asked.spared(), *asked.figures()))
        for number in asked.numbers:
            times.setdefault(number, []).append(letter)
    for number, about in times.items():
        levels = [x.level for x in about]
        if levels != sorted(levels) or len(levels) > MOST or [x.kind for x in about[:-1] if x.kind in LEGAL]:
            yield f"{number} was asked for at the levels {levels}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one letter asks for; `final` are the bills that had their final notice before it."""

    letter: Letter
    numbers: set[str]
    buyer: str
    firm: Firm
    final: set[str]

    def spared(self) -> Iterator[str]:
        """The bills in it that nobody may ask for that day."""
        bills = {b.number: b for b in self.firm.bills_of(self.buyer)}
        for number in sorted(self.numbers):
            if number not in bills:
                yield f"{number} is somebody else's"
            elif reason := self.firm.spared(bills[number], self.letter.went_on):
                yield f"{number}: {reason}"
            elif number in self.final:
                yield f"{number} has had its final notice"

    def figures(self) -> Iterator[str]:
        """All that is late and may be asked for, together, and neither more nor less of it."""
        day, firm = self.letter.went_on, self.firm
        late = [b for b in firm.late(self.buyer, day) if not firm.spared(b, day)]
        late = [b for b in late if b.number not in self.final]
        wanted = late if self.letter.kind == "reminder" else [b for b in late if b.number in self.numbers]
        if {b.number for b in wanted} != self.numbers:
            yield f"asks for {sorted(self.numbers)} where {sorted(b.number for b in wanted)} are late"
        currency = self.letter.claims[0].amount.currency
        owed, told = (
            sum(amounts, Money(0, currency))
            for amounts in ((firm.owed(b, day) for b in wanted), (c.amount for c in self.letter.claims))
        )
        if not owed - firm.credit(self.buyer, day) <= told <= owed:
            yield f"asks for {told} where {owed} is owed"
