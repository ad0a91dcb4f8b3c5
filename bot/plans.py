"""Plans: a debt paid in agreed instalments on bank days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot import workdays
from bot.disputes import Dispute, undisputed
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.money import Money, totals
from bot.payments import Payment, came_after

LEAST, MOST = 2, 12
State = Literal["offered", "active", "kept", "in_default", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Instalment:
    """One agreed part: its number, its bank day and its amount."""

    number: int
    day: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Instalments over some invoices, agreed on a day by one of us."""

    id: str
    customer: str
    invoices: tuple[str, ...]
    instalments: tuple[Instalment, ...]
    agreed: date
    agreed_by: str
    state: State = "active"

    @property
    def total(self) -> Money:
        """What the instalments add up to."""
        return totals(i.amount for i in self.instalments)[0]


def propose(amounts: Iterable[Money], parts: int, first: date, country: str) -> tuple[Instalment, ...]:
    """Even instalments a month apart, each moved to a bank day; they add up to the whole."""
    sums = totals(amounts)
    if not LEAST <= parts <= MOST:
        raise Refusal("plan_length", parts=parts, least=LEAST, most=MOST)
    if len(sums) != 1:
        raise Refusal("plan_currency")
    if sums[0].minor < parts:
        raise Refusal("plan_small")
    days = [workdays.on_or_after(months_later(first, n), country) for n in range(parts)]
    return tuple(
        Instalment(n + 1, d, a) for n, (d, a) in enumerate(zip(days, sums[0].split(parts), strict=True))
    )


def check_agreed(parts: Sequence[Instalment], shown: int, today: date) -> None:
    """Refuse a plan that is not as it was shown: its first day is past, or it adds up to another sum."""
    if parts[0].day < today:
        raise Refusal("plan_late", day=parts[0].day)
    total = totals(p.amount for p in parts)[0]
    if total.minor != shown:
        raise Refusal("plan_changed", total=total)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def received(
    plan: Plan, invoices: Iterable[Invoice], contested: Sequence[Dispute] = (), money: Iterable[Payment] = ()
) -> Money:
    """What has come in on a plan: its total less what its invoices leave open and uncontested.

    Never less than the money since, for a part contested when it was agreed may be owed again.
    """
    left = sum(undisputed(i, contested).minor for i in invoices if i.id in plan.invoices)
    came = came_after(money, plan.agreed, plan.invoices, plan.total.currency)
    return max(Money(max(plan.total.minor - left, 0), came.currency), came)


def grace_end(instalment: Instalment, country: str) -> date:
    """The first day it counts as missed: a bank day's grace after its own."""
    return workdays.after(instalment.day, country)


def next_instalment(plan: Plan, paid: Money) -> Instalment | None:
    """The first instalment that what came in does not cover; None when all are."""
    covered = Money(0, paid.currency)
    for instalment in plan.instalments:
        covered += instalment.amount
        if paid < covered:
            return instalment
    return None


def missed(plan: Plan, paid: Money, today: date, country: str) -> Instalment | None:
    """The first instalment not covered, once its day and the grace have passed."""
    waiting = next_instalment(plan, paid)
    return waiting if waiting and today >= grace_end(waiting, country) else None


def in_good_standing(plan: Plan, paid: Money, today: date, country: str) -> bool:
    """Whether the plan keeps us silent: agreed, and nothing missed."""
    return plan.state == "active" and missed(plan, paid, today, country) is None


def is_settled(plan: Plan, paid: Money) -> bool:
    """Whether all of it has come in."""
    return plan.total <= paid


def judged(plan: Plan, invoices: Iterable[Invoice], money: Iterable[Payment]) -> Plan:
    """The plan as the books show it: kept when all has come in, active when not; one given up stays so."""
    if plan.state not in ("active", "kept"):
        return plan
    settled = is_settled(plan, received(plan, invoices, money=money))
    return replace(plan, state="kept" if settled else "active")
