"""Causes: why a customer paid late, asked once when a matter closes, and what follows from the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot import workdays
from bot.invoices import Invoice, days_overdue, is_late

Cause = Literal["forgot", "no_invoice", "cash", "approval", "contested", "ours", "unknown", "skipped"]
CAUSES: tuple[Cause, ...] = ("forgot", "no_invoice", "cash", "approval", "contested", "ours", "unknown")
"""Every answer to *why was it late*, in the order in which they are offered."""
SILENT: frozenset[Cause] = frozenset({"unknown", "skipped"})
"""Answers that tell nothing."""
HARDLY = 3
"""Days up to which an invoice was hardly late, so that nobody is asked why."""
LATELY = timedelta(days=14)
"""How long after a matter has closed the owner may still be asked."""
TELLING = 2
"""From how many times on a cause is worth a suggestion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A matter that closed paid in full and `days` late; no `cause` yet: the owner was asked."""

    id: str
    customer: str
    day: date
    days: int
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """Why a business was paid late in a month: how often each cause, the commonest first.

    `suggestion` is the one thing that would have prevented most of it.
    """

    month: date
    count: int
    causes: tuple[tuple[Cause, int], ...] = ()
    suggestion: Cause | None = None


def closed(invoices: Iterable[Invoice], earlier: Iterable[Closing], today: date) -> tuple[date, int] | None:
    """The day on which a customer's matter closed paid in full, and how late; nothing to ask about is None.

    Nobody is asked while something late is open, about what was hardly late, long ago, or was asked about.
    """
    known = list(invoices)
    if any(is_late(i, today) for i in known):
        return None
    asked = max((c.day for c in earlier), default=date.min)
    paid = [i for i in known if i.settled and i.due and asked < i.settled and today - i.settled <= LATELY]
    late = [i for i in paid if days_overdue(i, i.settled or today) > HARDLY]
    if not late:
        return None
    latest = max(i.settled for i in late if i.settled)
    return latest, max(days_overdue(i, i.settled or today) for i in late)


def summary(closings: Sequence[Closing], month: date) -> Summary:
    """Why a business was paid late in the month of a day, and the one suggestion that follows."""
    theirs = [c for c in closings if (c.day.year, c.day.month) == (month.year, month.month)]
    found = Counter(c.cause for c in theirs if c.cause and c.cause not in SILENT)
    ranked = tuple(
        (cause, found[cause]) for cause in sorted(found, key=lambda c: (-found[c], CAUSES.index(c)))
    )
    telling = ranked[0][0] if ranked and ranked[0][1] >= TELLING else None
    return Summary(month.replace(day=1), len(theirs), ranked, telling)


def is_told(today: date, country: str) -> bool:
    """Whether the month before is summed up today: on the first bank day of a month."""
    return workdays.is_bank_day(today, country) and workdays.before(today, country).month != today.month
