"""Promises: a day and an amount a customer named, or a later due date the owner granted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot import workdays
from bot.errors import Refusal
from bot.money import Money
from bot.payments import Payment

Standing = Literal["open", "kept", "broken", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What will be paid by when; no amount means all that is open. A `deferral` is granted by the owner."""

    id: str
    customer: str
    day: date
    made: date
    amount: Money | None = None
    kind: Literal["promise", "deferral"] = "promise"
    state: Standing = "open"
    words: str = ""


def follow_up(promise: Promise, country: str) -> date:
    """The day to look again: a bank day's grace after the promised one, for money on its way."""
    return workdays.after(workdays.on_or_after(promise.day, country), country)


def holds(promise: Promise, today: date, country: str) -> bool:
    """Whether it keeps us silent today."""
    return promise.state == "open" and today < follow_up(promise, country)


def is_missed(promise: Promise, today: date, country: str) -> bool:
    """Whether its day and the grace have passed without it being kept or withdrawn."""
    return promise.state == "open" and today >= follow_up(promise, country)


def is_kept(promise: Promise, payments: Iterable[Payment]) -> bool:
    """Whether the promised amount has come in since; a promise of everything is not judged here."""
    if promise.amount is None:
        return False
    since = (p for p in payments if p.day >= promise.made and p.amount.currency == promise.amount.currency)
    return promise.amount.minor <= sum(p.amount.minor for p in since)


def grant(day: date, today: date, earlier: Iterable[Promise], longest: int = 90) -> date:
    """The later due date, checked: in the future, not too far, and granted once."""
    check_day(day, today, longest)
    if any(p.kind == "deferral" and p.state != "withdrawn" for p in earlier):
        raise Refusal("deferral_once")
    return day


def check_day(day: date, today: date, longest: int = 180) -> date:
    """A promised day, checked: not past and not more than `longest` days ahead."""
    if day < today:
        raise Refusal("day_past", day=day)
    if (day - today).days > longest:
        raise Refusal("day_far", day=day, most=longest)
    return day
