"""The morning digest: when it comes, and what stands first in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot import workdays
from bot.cases import Case, late
from bot.invoices import days_overdue, open_totals
from bot.money import Money
from bot.parties import Business
from bot.reminders import Step, next_step
from bot.rest import asked_after, asked_on

URGENCY = (
    "answer",
    "unknown",
    "part_missed",
    "promise_missed",
    "offer_over",
    "credit",
    "final_notice",
    "call",
    "decide",
    "reminder",
    "dispute",
    "pause_over",
    "look",
)
"""What stands first in the digest: people who wait for an answer, then agreements, then the ladder."""
SPARE = 100
"""How many more needs are gathered than will be told before the lesser ones are let go."""


@dataclass(frozen=True, slots=True)
class Need:
    """One customer on the digest."""

    case: Case
    step: Step
    days: int
    owed: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What needs the owner on a day, most important first; `looks` are just late and can wait.

    Of very many only the first are told, beside how many there are: `count` and `looking`. `asked_for`
    are those that were asked for by name, wherever they stand among the needs. Of those that can wait,
    `small` are the ones that owe a small sum and nothing more.
    """

    day: date
    needs: tuple[Need, ...] = ()
    looks: tuple[Need, ...] = ()
    count: int = 0
    looking: int = 0
    asked_for: tuple[Need, ...] = ()
    small: int = 0


class _Foremost:
    """The most important of many needs, held in little room: the `most` of them, or all when it is None."""

    def __init__(self, most: int | None) -> None:
        self.count = 0
        self._most = most
        self._held: list[Need] = []

    def add(self, need: Need) -> None:
        self.count += 1
        self._held.append(need)
        if self._most is not None and len(self._held) > 2 * self._most + SPARE:
            self._held = self.told()

    def told(self) -> list[Need]:
        return sorted(self._held, key=_weight)[: self._most]


def digest(
    cases: Iterable[Case],
    business: Business,
    today: date,
    most: int | None = None,
    asked_for: Callable[[Case], bool] = lambda case: False,
) -> Digest:
    """The digest of a day: every customer's next step, sorted; the first `most` are told, None for all."""
    needs, looks, named, small = _Foremost(most), _Foremost(most), list[Need](), 0
    for case in cases:
        step = next_step(case, business, today)
        if step.needs_owner:
            need = _need(case, step, business, today)
            needs.add(need)
            if asked_for(case):
                named.append(need)
        elif step.kind == "look":
            looks.add(_need(case, step, business, today))
            small += step.why == "small_sum"
    told, looked = tuple(needs.told()), tuple(looks.told())
    return Digest(today, told, looked, needs.count, looks.count, tuple(named), small)


def next_nudge(business: Business, after: datetime) -> datetime:
    """The next instant for a digest, strictly after another: the business's hour on a day it is asked."""
    day = asked_on(business, workdays.local_day(after, business.zone))
    while (at := workdays.instant(day, business.nudge_at, business.zone)) <= after:
        day = asked_after(business, day)
    return at


def _need(case: Case, step: Step, business: Business, today: date) -> Need:
    overdue = late(case, today, business.country)
    return Need(case, step, max((days_overdue(i, today) for i in overdue), default=0), open_totals(overdue))


def _weight(need: Need) -> tuple[int, int, int, str, str]:
    """Kind first, then the largest debt, then the longest wait; no two customers weigh the same."""
    total = max((m.minor for m in need.owed), default=0)
    customer = need.case.customer
    return URGENCY.index(need.step.kind), -total, -need.days, customer.name, customer.id
