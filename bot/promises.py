"""Promises: a day and an amount a customer named, or a later due date the owner granted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot import workdays
from bot.errors import Refusal
from bot.invoices import Invoice, outstanding
from bot.letters import Claim
from bot.money import Money, totals
from bot.payments import Payment, came_after

Kind = Literal["promise", "deferral", "waiver"]
AGREED: tuple[Kind, ...] = ("promise", "deferral")
"""When they pay, as agreed with the customer; a waiver is offered, and stands beside that."""
Standing = Literal["open", "kept", "broken", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What will be paid by when; no amount means all of it. A `deferral` is granted by the owner.

    A `waiver` is an offer of the owner's: paid by the day, the customer is let off what it `drops`; an
    `amount` of nothing lets them off at once. `claims` are what it is about, as that stood when it was made.
    """

    id: str
    customer: str
    day: date
    made: date
    amount: Money | None = None
    kind: Kind = "promise"
    state: Standing = "open"
    words: str = ""
    claims: tuple[Claim, ...] = ()
    drops: Money | None = None


def let_off(promises: Iterable[Promise], invoice: str) -> date | None:
    """The last day on which the owner let off what had been asked beyond an invoice until then."""
    given = (p for p in promises if p.kind == "waiver" and p.state == "kept")
    return max((p.made for p in given if any(c.invoice == invoice for c in p.claims)), default=None)


def stands_beside(earlier: Promise, new: Promise) -> bool:
    """Whether what was agreed before goes on: the new promise is for a part of it, on the way there."""
    whole = (earlier.amount,) if earlier.amount else totals(c.amount for c in earlier.claims)
    part = new.amount
    return new.day < earlier.day and any(part and part.currency == m.currency and part < m for m in whole)


def follow_up(promise: Promise, country: str) -> date:
    """The day to look again: a bank day's grace after the promised one, for money on its way."""
    return workdays.after(workdays.on_or_after(promise.day, country), country)


def holds(promise: Promise, today: date, country: str) -> bool:
    """Whether it keeps us silent today."""
    return promise.state == "open" and today < follow_up(promise, country)


def is_missed(promise: Promise, today: date, country: str) -> bool:
    """Whether its day and the grace have passed without it being kept or withdrawn."""
    return promise.state == "open" and today >= follow_up(promise, country)


def given_up(running: Iterable[Promise], today: date, country: str) -> tuple[Promise, ...]:
    """The promises broken when an owner says that one was not kept: the missed, else all that run."""
    running = tuple(running)
    return tuple(p for p in running if is_missed(p, today, country)) or running


def is_kept(
    promise: Promise,
    invoices: Collection[Invoice],
    payments: Collection[Payment],
    through: date = date.max,
) -> bool:
    """Whether the promised amount, or all that it was about, has come in since or is owed no more.

    Money that came after the day `through` counts for nothing.
    """
    about = {c.invoice for c in promise.claims}
    left = {m.currency: m for m in totals(outstanding(i) for i in invoices if i.id in about)}
    for asked in totals(c.amount for c in promise.claims):
        due = promise.amount or asked
        gone = asked.minor - left.get(asked.currency, Money(0, asked.currency)).minor
        came = came_after(payments, promise.made, about, asked.currency)
        late = came_after(payments, through, about, asked.currency)
        if due.currency == asked.currency and max(gone, came.minor) - late.minor < due.minor:
            return False
    return True


def judged(
    promise: Promise, invoices: Collection[Invoice], payments: Collection[Payment], country: str
) -> Promise:
    """The promise as the books show it: kept when the money has come, open when not; one over stays so."""
    if promise.kind == "waiver":
        return _waiver_judged(promise, invoices, payments, country)
    if promise.state not in ("open", "kept"):
        return promise
    return replace(promise, state="kept" if is_kept(promise, invoices, payments) else "open")


def _waiver_judged(
    waiver: Promise, invoices: Collection[Invoice], payments: Collection[Payment], country: str
) -> Promise:
    """A waiver is kept by money that came in time, whenever that is noted, and void when it came late."""
    if waiver.state == "withdrawn" or is_at_once(waiver):
        return waiver
    if is_kept(waiver, invoices, payments, follow_up(waiver, country)):
        return replace(waiver, state="kept")
    if is_kept(waiver, invoices, payments):
        return replace(waiver, state="broken")
    return replace(waiver, state="open") if waiver.state == "kept" else waiver


def is_at_once(waiver: Promise) -> bool:
    """Whether a customer is let off at once, with nothing to pay for it first."""
    return waiver.amount is not None and not waiver.amount


def grant(
    day: date, today: date, earlier: Iterable[Promise], claims: Iterable[Claim], longest: int = 90
) -> date:
    """The later due date, checked: in the future, not too far, and granted once for the same debt."""
    check_day(day, today, longest)
    if is_deferred(claims, earlier):
        raise Refusal("deferral_once")
    return day


def is_deferred(claims: Iterable[Claim], earlier: Iterable[Promise]) -> bool:
    """Whether more time was given for any of this debt before."""
    about = {c.invoice for c in claims}
    given = (p for p in earlier if p.kind == "deferral" and p.state != "withdrawn")
    return any(c.invoice in about for p in given for c in p.claims)


def check_amount(amount: Money, claims: Iterable[Claim], beyond: Iterable[Money] = ()) -> Money:
    """A promised amount, checked: no more than what is owed in its currency, and was asked beyond that."""
    owed = totals([*(c.amount for c in claims), *beyond])
    if not any(m.currency == amount.currency and amount <= m for m in owed):
        raise Refusal("promise_amount", amount=amount, owed=owed)
    return amount


def check_day(day: date, today: date, longest: int = 180) -> date:
    """A promised day, checked: not past and not more than `longest` days ahead."""
    if day < today:
        raise Refusal("day_past", day=day)
    if (day - today).days > longest:
        raise Refusal("day_far", day=day, most=longest)
    return day
