"""Reports: what is owed by age, how many days of sales wait to be paid, what came in; currencies apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot import workdays
from bot.invoices import AGES, Invoice, age, outstanding
from bot.money import Money, totals
from bot.payments import Payment

SALES_DAYS = 90
"""Of how many days the sales are that what is owed is compared with."""
MONTHS_BACK = 5
"""How many month ends stand before today in the course of the days of sales."""


@dataclass(frozen=True, slots=True)
class Age:
    """One bucket of the ageing in one currency, by its lower edge in days overdue; -1 is not late."""

    begins: int
    owed: Money
    count: int


@dataclass(frozen=True, slots=True)
class Aged:
    """All that is owed in one currency, by how late it is."""

    ages: tuple[Age, ...]

    @property
    def total(self) -> Money:
        """All of it."""
        return totals(each.owed for each in self.ages)[0]

    @property
    def late(self) -> Money:
        """What of it is past its due date."""
        return totals(each.owed for each in self.ages if each.begins >= 0)[0]


@dataclass(frozen=True, slots=True)
class SalesDays:
    """What was owed on a day in one currency, and what was sold in the 90 days until then."""

    day: date
    owed: Money
    sold: Money

    @property
    def days(self) -> int | None:
        """Days sales outstanding: owed, divided by sold, times 90; None where nothing was sold."""
        if self.sold.minor <= 0:
            return None
        share = Decimal(self.owed.minor) * SALES_DAYS / self.sold.minor
        return int(share.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Came:
    """The money that came between two days: one sum per currency, in how many payments, from how many."""

    sums: tuple[Money, ...]
    payments: int
    customers: int


def currencies(invoices: Iterable[Invoice]) -> tuple[str, ...]:
    """The currencies of some invoices, the commonest first."""
    found = Counter(i.amount.currency for i in invoices)
    return tuple(sorted(found, key=lambda code: (-found[code], code)))


def aged(invoices: Iterable[Invoice], today: date) -> tuple[Aged, ...]:
    """What is owed by age, one table per currency, every bucket in each."""
    owed = [i for i in invoices if outstanding(i)]
    return tuple(_aged([i for i in owed if i.amount.currency == code], today) for code in currencies(owed))


def _aged(owed: Sequence[Invoice], today: date) -> Aged:
    zero = Money(0, owed[0].amount.currency)
    return Aged(
        tuple(
            Age(begins, sum((outstanding(i) for i in within), zero), len(within))
            for begins in (-1, *AGES)
            for within in [[i for i in owed if age(i, today) == begins]]
        )
    )


def sold_on(invoice: Invoice) -> date | None:
    """The day an invoice counts as a sale: when it was issued, else when it fell due."""
    return invoice.issued or invoice.due


def sales_days(invoices: Sequence[Invoice], payments: Sequence[Payment], day: date) -> tuple[SalesDays, ...]:
    """Days sales outstanding on a day, per currency, credit notes taken off the sales.

    `invoices` are those open now, and all sold since 90 days before the day or paid on since the day;
    `payments` are all since then.
    """
    return tuple(
        SalesDays(day, _owed([i for i in invoices if i.amount.currency == code], payments, code, day), sold)
        for code in currencies(invoices)
        for sold in [_sold(invoices, payments, code, day)]
    )


def _owed(invoices: Iterable[Invoice], payments: Iterable[Payment], code: str, day: date) -> Money:
    """What was owed on a day: what came after it is taken back."""
    after: Counter[str] = Counter()
    for payment in payments:
        if payment.day > day and payment.amount.currency == code:
            after[payment.invoice] += payment.amount.minor
    left = (
        i.amount.minor - i.paid.minor + after[i.id]
        for i in invoices
        if i.state != "written_off" and (sold := sold_on(i)) and sold <= day
    )
    return Money(sum(minor for minor in left if minor > 0), code)


def _sold(invoices: Iterable[Invoice], payments: Iterable[Payment], code: str, day: date) -> Money:
    first = day - timedelta(days=SALES_DAYS)
    within = [
        i for i in invoices if i.amount.currency == code and (sold := sold_on(i)) and first < sold <= day
    ]
    ids = {i.id for i in within}
    credited = (
        -p.amount
        for p in payments
        if p.kind == "credit_note" and p.invoice in ids and p.day <= day and p.amount.currency == code
    )
    return sum((*(i.amount for i in within), *credited), Money(0, code))


def month_ends(today: date, back: int = MONTHS_BACK) -> tuple[date, ...]:
    """The last days of the months before, the earliest first, and today."""
    ends = [today]
    for _ in range(back):
        ends.insert(0, ends[0].replace(day=1) - timedelta(days=1))
    return tuple(ends)


def closes_week(today: date, country: str) -> bool:
    """Whether it is the last bank day of its week, a Friday as a rule."""
    following = workdays.after(today, country).isocalendar()
    return workdays.is_bank_day(today, country) and following.week != today.isocalendar().week


def came_in(payments: Iterable[Payment], first: date, last: date) -> Came:
    """The money that came from one day to another, both counted; what was taken back is taken off."""
    within = [p for p in payments if p.kind == "payment" and first <= p.day <= last]
    came = [p for p in within if p.amount.minor > 0]
    sums = tuple(m for m in totals(p.amount for p in within) if m)
    return Came(sums, len(came), len({p.customer for p in came}))
