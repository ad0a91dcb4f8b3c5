"""The truth of a year: who was billed, what money came and went, who wrote what; no rule of Purr's.

A day here is the day on which something happened. The owner, and so Purr, knows on the next bank morning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from bot import workdays
from bot.money import Money
from bot.parties import Business, CustomerKind, Language

By = Literal["reference", "number", "name"]
"""What a payment names: its reference, the invoice's number in words, or nothing but who paid."""
Saying = Literal["promise", "dispute", "plan", "question", "no_contact"]
DAY = timedelta(days=1)
MOVES = frozenset({"SE", "FI"})
"""Where a due date on a day of rest may be paid on the next bank day (lag 1930:173, laki 25.4.1930/150)."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who buys on credit, and how they are; `alias` is what their bank and some bills call them."""

    key: str
    name: str
    alias: str
    email: str
    kind: CustomerKind
    number: str
    language: Language
    temper: str


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice as it was sent."""

    buyer: str
    number: str
    reference: str
    amount: Money
    issued: date
    due: date


@dataclass(frozen=True, slots=True)
class Coin:
    """Money booked on a day for a bill, below nothing where it was taken back; `mark` is the bank's name."""

    day: date
    bill: str
    buyer: str
    amount: Money
    by: By
    mark: str


@dataclass(frozen=True, slots=True)
class Word:
    """What a buyer wrote one evening.

    `until`: the promised day; `parts`: those of a plan; `closed`: when a dispute was settled; `unread`: how
    many bank mornings the owner lets it lie.
    """

    day: date
    buyer: str
    saying: Saying
    bill: str
    text: str
    until: date | None = None
    parts: tuple[tuple[date, Money], ...] = ()
    closed: date | None = None
    unread: int = 0


@dataclass(frozen=True)
class Firm:
    """One business and all that happened to it in the year; its owner is `away` from one day to another."""

    business: Business
    buyers: tuple[Buyer, ...]
    bills: tuple[Bill, ...]
    coins: tuple[Coin, ...]
    words: tuple[Word, ...]
    away: tuple[date, date] = (date.max, date.max)

    def is_away(self, day: date) -> bool:
        """Whether the owner looks at nothing that day."""
        return self.away[0] <= day <= self.away[1]

    @cached_property
    def by_key(self) -> dict[str, Buyer]:
        """The buyers by their key."""
        return {b.key: b for b in self.buyers}

    def bills_of(self, buyer: str) -> tuple[Bill, ...]:
        """What a buyer was billed for, the oldest first."""
        return tuple(b for b in self.bills if b.buyer == buyer)

    def last_day(self, bill: Bill) -> date:
        """The last day on which a bill may be paid in time."""
        home = self.business.country
        return workdays.on_or_after(bill.due, home) if home in MOVES else bill.due

    def owed(self, bill: Bill, morning: date) -> Money:
        """What was left of a bill as could be known on a morning; below nothing where too much came."""
        came = (c.amount for c in self.coins if c.bill == bill.number and c.day < morning)
        return bill.amount - sum(came, Money(0, bill.amount.currency))

    def credit(self, buyer: str, morning: date) -> Money:
        """What a buyer had paid too much, on bills that were paid already."""
        lefts = [self.owed(b, morning) for b in self.bills_of(buyer)]
        currency = self.bills[0].amount.currency
        return sum((-left for left in lefts if left.minor < 0), Money(0, currency))

    def late(self, buyer: str, morning: date) -> tuple[Bill, ...]:
        """What a buyer had not paid in full though its due date had passed."""
        mine = (b for b in self.bills_of(buyer) if self.last_day(b) < morning)
        return tuple(b for b in mine if self.owed(b, morning).minor > 0)

    def hushed(self, buyer: str, morning: date) -> str:
        """Why nobody may ask this buyer for anything that morning; empty where there is no reason."""
        for word in self.words:
            if word.buyer != buyer or word.day >= morning:
                continue
            if word.saying == "no_contact":
                return "they asked not to be written to"
            if word.saying == "promise" and word.until and morning <= word.until:
                return "they have promised, and the day has not passed"
        late = self.late(buyer, morning)
        owed = sum((self.owed(b, morning) for b in late), Money(0, self.bills[0].amount.currency))
        if late and owed <= self.credit(buyer, morning):
            return "they are in credit"
        return "" if late else "they owe nothing that is late"

    def spared(self, bill: Bill, morning: date) -> str:
        """Why nobody may ask for this bill that morning; empty where there is no reason."""
        if self.owed(bill, morning).minor <= 0:
            return "it is paid"
        if morning <= self.last_day(bill):
            return "it is not late"
        for word in self.words:
            if word.bill == bill.number and word.day < morning:
                if word.saying == "dispute" and (word.closed is None or morning <= word.closed):
                    return "it is disputed"
                if word.saying == "plan" and self._is_kept(word, bill, morning):
                    return "a plan for it is being kept"
        return ""

    def _is_kept(self, plan: Word, bill: Bill, morning: date) -> bool:
        """Whether every part of a plan whose day has passed had come in by its day."""
        due = sum((money for day, money in plan.parts if day < morning), Money(0, bill.amount.currency))
        came = (c.amount for c in self.coins if c.bill == bill.number and plan.day <= c.day < morning)
        return due <= sum(came, Money(0, bill.amount.currency))


@dataclass(frozen=True, slots=True)
class Town:
    """Some businesses and their year."""

    seed: int
    first: date
    last: date
    firms: tuple[Firm, ...]

    def days(self) -> Iterator[date]:
        """Every day of the year."""
        for n in range((self.last - self.first).days + 1):
            yield self.first + n * DAY
