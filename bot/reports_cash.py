"""Expected cash: when what is owed may come, from due dates, customers' own habits, promises and plans."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot import plans, promises, workdays
from bot.cases import Case, is_kept, received
from bot.disputes import undisputed
from bot.invoices import Invoice, outstanding
from bot.money import Money, totals
from bot.plans import Plan
from bot.promises import AGREED, Promise

WEEKS = 8
"""How many weeks are looked ahead, this one counted."""
LEAST = 3
"""How many paid invoices make a habit."""
USUAL = (0, 7, 14)
"""Days after the due date that are taken for a habit while a business has none that is known."""
Reason = Literal["disputed", "handed_over", "no_due", "too_late"]
REASONS: tuple[Reason, ...] = ("too_late", "disputed", "handed_over", "no_due")
"""Why no day can be told for some money; `too_late`: nothing that was so late has ever been paid."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Money that comes on a likely day, not before an early one, and by a late one unless nobody promised."""

    amount: Money
    early: date
    likely: date
    late: date | None


@dataclass(frozen=True, slots=True)
class Week:
    """What may come in one week of one currency: surely in it, likely in it, and at the most."""

    monday: date
    low: Money
    likely: Money
    high: Money

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What to expect in one currency, week by week; `later` is likely after them, `undated` has no day."""

    weeks: tuple[Week, ...]
    later: Money
    undated: Mapping[Reason, Money]

    @property
    def total(self) -> Money:
        """All that is owed: every part of it stands in a week, later, or without a day."""
        return totals([*(w.likely for w in self.weeks), self.later, *self.undated.values()])[0]


@dataclass(frozen=True, slots=True)
class Habits:
    """How many days after the due date invoices were paid, ascending; less than nothing is before it."""

    own: Mapping[str, tuple[int, ...]]
    all: tuple[int, ...]

    @property
    def known(self) -> bool:
        """Whether the business has been paid often enough to tell."""
        return len(self.all) >= LEAST

    def days(self, customer: str, so_far: int) -> tuple[int, ...]:
        """What is known of how late a customer pays once they are `so_far` days late.

        Their own habit where they have one, else everybody's; where they were never so late, everybody's.
        """
        own = self.own.get(customer, ())
        everybody = self.all if self.known else USUAL
        known = (own, everybody) if len(own) >= LEAST else (everybody,)
        still = (days[bisect_left(days, so_far) :] for days in known)
        return next(filter(None, still), ())


def habits(invoices: Iterable[Invoice]) -> Habits:
    """The habits that settled invoices show."""
    own: dict[str, list[int]] = {}
    for invoice in invoices:
        if invoice.settled and invoice.due:
            own.setdefault(invoice.customer, []).append((invoice.settled - invoice.due).days)
    every = (day for days in own.values() for day in days)
    return Habits({customer: tuple(sorted(days)) for customer, days in own.items()}, tuple(sorted(every)))


def quarters(days: Sequence[int]) -> tuple[int, int, int]:
    """The days at a quarter, the half and three quarters of some in ascending order."""
    last = len(days) - 1
    return days[last // 4], days[last // 2], days[last - last // 4]


def forecast(cases: Iterable[Case], known: Habits, today: date, country: str) -> tuple[Forecast, ...]:
    """What to expect of all that is open, one forecast per currency, the commonest first."""
    expected: list[Expected] = []
    undated: list[tuple[Reason, Money]] = []
    for case in cases:
        told = _Telling(case, known, today, country)
        expected += told.expected
        undated += ((why, amount) for why, amount in told.undated if amount)
    found = Counter([e.amount.currency for e in expected] + [m.currency for _, m in undated])
    codes = sorted(found, key=lambda code: (-found[code], code))
    return tuple(
        _forecast(
            [e for e in expected if e.amount.currency == code],
            [(why, m) for why, m in undated if m.currency == code],
            Money(0, code),
            today,
        )
        for code in codes
    )


def _forecast(
    expected: Sequence[Expected], undated: Sequence[tuple[Reason, Money]], zero: Money, today: date
) -> Forecast:
    first = today - timedelta(days=today.weekday())
    weeks = tuple(_week(expected, first + timedelta(weeks=n), zero) for n in range(WEEKS))
    later = sum((e.amount for e in expected if e.likely > weeks[-1].sunday), zero)
    reasons = {why: sum((m for each, m in undated if each == why), zero) for why in REASONS}
    return Forecast(weeks, later, {why: amount for why, amount in reasons.items() if amount})


def _week(expected: Iterable[Expected], monday: date, zero: Money) -> Week:
    """Low: all its days lie in the week. Likely: its likely day does. High: any of its days does."""
    sunday = monday + timedelta(days=6)
    low = likely = high = zero
    for each in expected:
        if each.early >= monday and each.late and each.late <= sunday:
            low += each.amount
        if monday <= each.likely <= sunday:
            likely += each.amount
        if each.early <= sunday and (each.late is None or each.late >= monday):
            high += each.amount
    return Week(monday, low, likely, high)


class _Telling:
    """What is to be expected of one customer: `left` is what nothing has been said of yet, by invoice."""

    def __init__(self, case: Case, known: Habits, today: date, country: str) -> None:
        self.case, self.known, self.today, self.country = case, known, today, country
        self.asked = [i for i in case.invoices if outstanding(i) and i.state == "open"]
        self.left = {i.id: undisputed(i, case.disputes) for i in self.asked}
        self.expected = [*self._agreed(), *self._by_habit()]

    @property
    def undated(self) -> Iterator[tuple[Reason, Money]]:
        """What no day can be told for."""
        for invoice in self.case.invoices:
            if invoice.state == "handed_over":
                yield "handed_over", outstanding(invoice)
        for invoice in self.asked:
            yield "disputed", outstanding(invoice) - undisputed(invoice, self.case.disputes)
            yield "too_late" if invoice.due else "no_due", self.left[invoice.id]

    def _agreed(self) -> Iterator[Expected]:
        """Plans first, then promises."""
        for plan in self.case.plans:
            if is_kept(plan, self.case, self.today, self.country):
                yield from self._planned(plan, received(plan, self.case))
            elif plans.is_awaited(plan, self.today, self.country):
                yield from self._planned(plan, None)
        for promise in self.case.promises:
            if promise.kind in AGREED and promises.holds(promise, self.today, self.country):
                yield from self._promised(promise)

    def _planned(self, plan: Plan, paid: Money | None) -> Iterator[Expected]:
        """The instalments that what was paid does not cover; an offer that waits may come to nothing."""
        covered = paid or Money(0, plan.total.currency)
        for part in plan.instalments:
            share = min(part.amount, covered)
            covered -= share
            late = None if paid is None else self._from_today(plans.grace_end(part, self.country))
            yield from self._on(part.amount - share, plan.invoices, part.day, late)

    def _promised(self, promise: Promise) -> Iterator[Expected]:
        about = [claim.invoice for claim in promise.claims]
        late = promises.follow_up(promise, self.country)
        sums = (promise.amount,) if promise.amount else totals(c.amount for c in promise.claims)
        for amount in sums:
            yield from self._on(amount, about, promise.day, late)

    def _on(self, amount: Money, about: Collection[str], day: date, late: date | None) -> Iterator[Expected]:
        """An agreed amount on its day, as far as it is still owed."""
        if taken := self._take(amount, about):
            day = self._from_today(day)
            yield Expected(taken, day, day, late)

    def _by_habit(self) -> Iterator[Expected]:
        """What nobody has agreed on, where habit tells when it comes."""
        for invoice in self.asked:
            days = self._usual_days(invoice)
            if days and (left := self._take(self.left[invoice.id], [invoice.id])):
                yield Expected(left, *days)

    def _take(self, amount: Money, about: Collection[str]) -> Money:
        """As much of an amount as is left on some invoices; it is spoken for then."""
        rest = amount
        for invoice in about:
            left = self.left.get(invoice)
            if left and left.currency == rest.currency:
                share = min(rest, left)
                self.left[invoice] -= share
                rest -= share
        return amount - rest

    def _usual_days(self, invoice: Invoice) -> tuple[date, date, date] | None:
        """When an invoice is paid by habit: early, likely and late; None when nothing tells."""
        if invoice.due is None:
            return None
        late = self.known.days(invoice.customer, (self.today - invoice.due).days)
        if not late:
            return None
        early, likely, last = (self._from_today(invoice.due + timedelta(days=n)) for n in quarters(late))
        return early, likely, last

    def _from_today(self, day: date) -> date:
        """The bank day on which money of a day comes, not before today."""
        return workdays.on_or_after(max(day, self.today), self.country)
