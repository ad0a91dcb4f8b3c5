"""Plans: a debt paid in agreed instalments: offered, agreed on, kept or missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot import workdays
from bot.disputes import Dispute, undisputed
from bot.hearing import Interval, Terms
from bot.instalments import Instalment
from bot.invoices import Invoice
from bot.letters import Claim
from bot.money import Money, totals
from bot.payments import Payment, came_after

State = Literal["offered", "active", "kept", "credited", "in_default", "withdrawn", "rejected"]
"""`credited`: a credit note closed it, so that it was neither kept nor broken."""
ALIVE: frozenset[State] = frozenset({"offered", "active"})
"""Plans about which something is still to come."""
AGREED_TO: frozenset[State] = frozenset({"active", "kept", "credited", "in_default"})
"""Plans that the customer said yes to, so that they acknowledged the debt."""
ANSWER_DAYS = 5
"""Bank days within which a customer answers an offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Instalments over some invoices, agreed on a day by one of us; or `offered` on it, and not answered."""

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


def of_one_currency(claims: Sequence[Claim], wanted: str, usual: str) -> tuple[Claim, ...]:
    """What a plan can be about: the claims of the wanted currency, else the usual one, else the first."""
    known = [c.amount.currency for c in claims]
    chosen = next((each for each in (wanted, usual, *known) if each in known), "")
    return tuple(c for c in claims if c.amount.currency == chosen)


def terms(plan: Plan) -> Terms:
    """A plan as somebody would name it: how many instalments, of how much, from when, and how far apart."""
    first, second, *_ = plan.instalments
    interval: Interval = "weekly" if (second.day - first.day).days < 20 else "monthly"
    return Terms(
        instalments=len(plan.instalments), amount_each=first.amount, first_day=first.day, interval=interval
    )


def answer_by(plan: Plan, country: str) -> date:
    """The day by which an offered plan is to be answered."""
    return workdays.add(plan.agreed, ANSWER_DAYS, country)


def is_awaited(plan: Plan, today: date, country: str) -> bool:
    """Whether an offer keeps us silent: its day to be answered, and a bank day's grace, have not passed."""
    return plan.state == "offered" and today < workdays.after(answer_by(plan, country), country)


def is_unanswered(plan: Plan, today: date, country: str) -> bool:
    """Whether an offer's day has passed without an answer."""
    return plan.state == "offered" and not is_awaited(plan, today, country)


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
    """The plan as the books show it: active until all has come in, or was credited; one given up stays so."""
    if plan.state not in ("active", "kept", "credited"):
        return plan
    came = tuple(money)
    if not is_settled(plan, received(plan, invoices, money=came)):
        return replace(plan, state="active")
    return replace(plan, state="credited" if _closed_by_credit(plan, came) else "kept")


def _closed_by_credit(plan: Plan, money: Iterable[Payment]) -> bool:
    """Whether the last that came on its invoices since it was agreed was a credit note."""
    since = (p for p in money if p.invoice in plan.invoices and p.day >= plan.agreed and p.amount.minor > 0)
    last = max(since, key=lambda p: (p.day, p.at.timestamp() if p.at else 0.0), default=None)
    return last is not None and last.kind == "credit_note"
