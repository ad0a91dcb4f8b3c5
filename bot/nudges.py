"""The morning digest: when it comes, and what stands first in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import workdays
from bot.cases import Case, late
from bot.invoices import days_overdue, open_totals
from bot.money import Money
from bot.parties import Business
from bot.reminders import Step, next_step

URGENCY = (
    "answer",
    "unknown",
    "part_missed",
    "promise_missed",
    "offer_over",
    "final_notice",
    "call",
    "decide",
    "reminder",
    "dispute",
    "pause_over",
    "look",
)
"""What stands first in the digest: people who wait for an answer, then agreements, then the ladder."""


@dataclass(frozen=True, slots=True)
class Need:
    """One customer on the digest."""

    case: Case
    step: Step
    days: int
    owed: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What needs the owner on a day, most important first; `looks` are just late and can wait."""

    day: date
    needs: tuple[Need, ...] = ()
    looks: tuple[Need, ...] = ()


def digest(cases: Iterable[Case], business: Business, today: date) -> Digest:
    """The digest of a day: every customer's next step, sorted."""
    found = [_need(case, next_step(case, business, today), business, today) for case in cases]
    needs = sorted((n for n in found if n.step.needs_owner), key=_weight)
    looks = sorted((n for n in found if n.step.kind == "look"), key=_weight)
    return Digest(today, tuple(needs), tuple(looks))


def next_nudge(business: Business, after: datetime) -> datetime:
    """The next instant for a digest, strictly after another: the business's hour on a bank day."""
    day = workdays.local_day(after, business.zone)
    if business.paused_until and day < business.paused_until:
        day = business.paused_until
    while True:
        day = workdays.on_or_after(day, business.country)
        if (at := workdays.instant(day, business.nudge_at, business.zone)) > after:
            return at
        day += timedelta(days=1)


def _need(case: Case, step: Step, business: Business, today: date) -> Need:
    overdue = late(case, today, business.country)
    return Need(case, step, max((days_overdue(i, today) for i in overdue), default=0), open_totals(overdue))


def _weight(need: Need) -> tuple[int, int, int, str, str]:
    """Kind first, then the largest debt, then the longest wait; no two customers weigh the same."""
    total = max((m.minor for m in need.owed), default=0)
    customer = need.case.customer
    return URGENCY.index(need.step.kind), -total, -need.days, customer.name, customer.id
