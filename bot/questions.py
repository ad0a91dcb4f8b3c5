"""What is asked of the law: a claim, what was agreed, paid and written about it, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.money import Money

Debtor = Literal["business", "consumer", "public", "unknown"]
Kind = Literal["reminder", "final_notice", "demand"]


@dataclass(frozen=True, slots=True)
class Paid:
    """Money booked to the principal on a day."""

    day: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """The claim itself: its principal, its days, and the terms that were agreed when it arose.

    `rate_agreed` is percent a year. `demand_sent` is the day a written demand for a definite sum went out.
    """

    amount: Money
    issued: date | None = None
    due: date | None = None
    due_agreed: bool = False
    fee_agreed: bool = False
    rate_agreed: Decimal | None = None
    arose: date | None = None
    demand_sent: date | None = None
    demand_mentions_interest: bool = False
    continuous_service: bool = False
    payments: tuple[Paid, ...] = ()

    @property
    def demanded(self) -> date | None:
        """The day of the written demand; the invoice is one."""
        return self.demand_sent or self.issued

    def left(self, day: date) -> Money:
        """The principal still open at the end of a day; never below nothing."""
        paid = sum(p.amount.minor for p in self.payments if p.day <= day)
        return Money(max(self.amount.minor - paid, 0), self.amount.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter to the debtor: the fee it asked, and the day from which its receipt can be proved."""

    kind: Kind
    sent: date
    deadline: date | None = None
    fee: Decimal | None = None
    received: date | None = None
    earlier_invoice: bool = False

    def gives(self, days: int) -> bool:
        """Whether it leaves the debtor at least that many days after the day it was sent."""
        return self.deadline is not None and (self.deadline - self.sent).days >= days


@dataclass(frozen=True, slots=True)
class Judged:
    """A letter with the law's word on it: lawful of its kind or not, and how much of its fee is."""

    letter: Written
    valid: bool
    fee: Decimal

    @property
    def charged(self) -> bool:
        """Whether it counts where the law counts letters with a fee."""
        return self.fee > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: for this claim, on this day, what is lawful and what is owed?"""

    country: str
    on: date
    debt: Debt
    debtor: Debtor = "unknown"
    letters: tuple[Written, ...] = ()
    disputed: bool = False
    disputed_amount: Money | None = None
    acknowledged: date | None = None
    acknowledged_sum: bool = False
    plan_kept: bool = False
    insolvent: bool = False
    handed_over: date | None = None

    @property
    def consumer(self) -> bool:
        """Whether the debtor has a consumer's protection; who is not known has it."""
        return self.debtor in ("consumer", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a claim stands before the next letter: `letters` are those sent on it so far, oldest first.

    `earlier` counts the charged letters on earlier invoices in the same unbroken arrears of a subscription.
    """

    due: date
    consumer: bool
    fee_agreed: bool
    letters: tuple[Judged, ...]
    earlier: int = 0

    @property
    def charged(self) -> tuple[Written, ...]:
        """The reminders and final notices that lawfully bore a fee."""
        return tuple(x.letter for x in self.letters if x.charged and x.letter.kind != "demand")

    @property
    def notices(self) -> tuple[Written, ...]:
        """The valid final notices."""
        return tuple(x.letter for x in self.letters if x.valid and x.letter.kind == "final_notice")
