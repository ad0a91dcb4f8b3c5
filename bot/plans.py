"""Plans: a debt paid in agreed instalments on bank days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot import workdays
from bot.errors import Refusal
from bot.money import Money, totals

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
    """Instalments over some invoices. `received` is what came in on them since it was agreed."""

    id: str
    customer: str
    invoices: tuple[str, ...]
    instalments: tuple[Instalment, ...]
    agreed: date
    agreed_by: str
    received: Money
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
    return tuple(Instalment(n + 1, d, a) for n, (d, a) in enumerate(zip(days, sums[0].split(parts), strict=True)))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def grace_end(instalment: Instalment, country: str) -> date:
    """The first day it counts as missed: a bank day's grace after its own."""
    return workdays.after(instalment.day, country)


def missed(plan: Plan, today: date, country: str) -> Instalment | None:
    """The first instalment not covered by what was received, once its day and the grace have passed."""
    covered = Money(0, plan.received.currency)
    for instalment in plan.instalments:
        covered += instalment.amount
        if plan.received < covered:
            return instalment if today >= grace_end(instalment, country) else None
    return None


def in_good_standing(plan: Plan, today: date, country: str) -> bool:
    """Whether the plan keeps us silent: agreed, not settled, and nothing missed."""
    return plan.state == "active" and missed(plan, today, country) is None


def is_settled(plan: Plan) -> bool:
    """Whether all of it has come in."""
    return plan.total <= plan.received


def next_instalment(plan: Plan) -> Instalment | None:
    """The first instalment that what was received does not cover."""
    covered = Money(0, plan.received.currency)
    for instalment in plan.instalments:
        covered += instalment.amount
        if plan.received < covered:
            return instalment
    return None
