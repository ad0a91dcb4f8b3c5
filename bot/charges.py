"""What the law lets one add to a claim: late interest, and the flat compensation for late payment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.money import Money
from bot.questions import Debt, Question
from bot.statutes import Law, half_year_end

ONE_DAY = timedelta(days=1)
AFTER_DEMAND = timedelta(days=30)
"""How long after a written demand interest runs, in all four countries, where no due date was agreed."""
YEAR_DAYS = 365


class RateMissing(LookupError):
    """A figure that the answer needs is not verified for a day it is needed for."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of days with one principal and one rate, in percent a year; both ends are in it."""

    start: date
    end: date
    principal: Money
    rate: Decimal

    @property
    def days(self) -> int:
        """How many days of interest it holds."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Interest:
    """Late interest up to a day: its first day, the sum, rounded once, and how it comes about."""

    start: date | None
    amount: Money
    segments: tuple[Segment, ...] = ()


def interest_start(question: Question, due: date, law: Law) -> date | None:
    """The first day of interest: after an agreed due date, else thirty days after a written demand."""
    debt = question.debt
    if debt.due_agreed:
        return due + ONE_DAY
    silent = law.demand_must_mention_interest and question.consumer and not debt.demand_mentions_interest
    if debt.demanded is None or silent:
        return None
    return max(debt.demanded + AFTER_DEMAND, due + ONE_DAY)


def interest(question: Question, start: date | None, law: Law) -> Interest:
    """Simple interest through the day asked about; `RateMissing` when one of its days has no rate."""
    if start is None:
        return Interest(None, Money(0, question.debt.amount.currency))
    segments = tuple(
        Segment(first, last, principal, _rate(question, law, first))
        for first, last in _stretches(question.debt, start, question.on)
        if (principal := question.debt.left(first - ONE_DAY))
    )
    return Interest(start, accrued(segments, question.debt.amount.currency), segments)


def compensation(question: Question, start: date | None, law: Law) -> int | None:
    """The flat compensation owed, in whole units of the national currency; `RateMissing` when not verified.

    Owed by businesses and public bodies once interest runs, if principal was then still open.
    """
    if question.consumer or start is None or question.on < start or not question.debt.left(start - ONE_DAY):
        return None
    flat = law.flat(question.on)
    if flat is None:
        raise RateMissing(question.on)
    return flat


def together(fees: Decimal, flat: int | None, law: Law) -> Decimal:
    """Fees and compensation as the country has it: added, or the larger of the two."""
    if flat is None:
        return fees
    return fees + flat if law.compensation_adds else max(fees, Decimal(flat))


def _rate(question: Question, law: Law, day: date) -> Decimal:
    """What the debtor owes a year, in percent: a consumer never more than the statutory rate."""
    statutory = law.rate(day, consumer=question.consumer)
    agreed = question.debt.rate_agreed
    if agreed is None:
        rate = statutory
    elif question.consumer:
        rate = min(agreed, statutory) if statutory is not None else None
    else:
        rate = law.agreed(agreed, statutory, question.debtor)
    if rate is None:
        raise RateMissing(day)
    return rate


def _stretches(debt: Debt, first: date, through: date) -> Iterator[tuple[date, date]]:
    """The days from one through another, cut at the half-years and after each payment."""
    paid = sorted({p.day for p in debt.payments if p.amount})
    while first <= through:
        last = min([half_year_end(first), through, *(day for day in paid if day >= first)])
        yield first, last
        first = last + ONE_DAY


def accrued(segments: Iterable[Segment], currency: str) -> Money:
    """The interest of some stretches: added unrounded, and rounded once, half up, to the minor unit."""
    hundredths = sum((s.principal.minor * s.rate * s.days for s in segments), Decimal(0))
    return Money(int((hundredths / (100 * YEAR_DAYS)).quantize(Decimal(1), ROUND_HALF_UP)), currency)
