"""Part payment up front: whether it is worth asking for next time, by what has been with this customer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from bot.cases import Case
from bot.causes import HARDLY
from bot.invoices import Invoice, days_overdue
from bot.promises import AGREED

LAST = 6
"""So many of their latest invoices are looked at: what was long ago is forgiven."""
ENOUGH = 4
"""How many must have been paid for their lateness to be a habit."""
MOSTLY = Fraction(2, 3)
"""From which share of them on late it is how they pay, and not chance."""
LONG = 21
"""Days late in the middle from which it is more than a slow habit: by then they were reminded, and again."""
BROKEN = 2
"""From how many agreements of a year on their word alone is little to go by; one can happen to anybody."""
A_YEAR = timedelta(days=365)
GRACE = 2
"""How many invoices must have been late before there is anything to say: nobody is judged by the first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for it: the key of its words, and the facts that fill them."""

    key: str
    facts: dict[str, object] = field(default_factory=dict)


def reasons(case: Case, today: date) -> tuple[Reason, ...]:
    """Why to ask a customer for part of it up front next time; empty where nothing speaks for it.

    It is told to the owner, and changes nothing else. An invoice that a credit note was written on tells
    nothing of how they pay.
    """
    credited = {p.invoice for p in case.payments if p.kind == "credit_note"}
    theirs = [i for i in case.invoices if i.id not in credited]
    if sum(_late(i, today) for i in theirs) < GRACE:
        return ()
    return (*_habit(theirs, today), *_broken(case, today), *_handed_over(case))


def _late(invoice: Invoice, today: date) -> bool:
    """Whether an invoice was, or is, more than hardly late."""
    return days_overdue(invoice, invoice.settled or today) > HARDLY


def _habit(invoices: Iterable[Invoice], today: date) -> Iterator[Reason]:
    settled = sorted((i for i in invoices if i.settled and i.due), key=lambda i: i.settled or today)
    lately = settled[-LAST:]
    late = [days_overdue(i, i.settled or today) for i in lately if _late(i, today)]
    if len(lately) < ENOUGH or Fraction(len(late), len(lately)) < MOSTLY:
        return
    if (days := round(median(late))) >= LONG:
        yield Reason("late", {"late": len(late), "count": len(lately), "days": days})


def _broken(case: Case, today: date) -> Iterator[Reason]:
    """Promises and plans of the last year that came to nothing; what the owner took back is none."""
    days = [p.day for p in case.promises if p.kind in AGREED and p.state == "broken"]
    days += [p.agreed for p in case.plans if p.state == "in_default"]
    count = sum(today - A_YEAR < day <= today for day in days)
    if count >= BROKEN:
        yield Reason("broken", {"count": count})


def _handed_over(case: Case) -> Iterator[Reason]:
    if count := sum(i.state == "handed_over" for i in case.invoices):
        yield Reason("handed_over", {"count": count})
