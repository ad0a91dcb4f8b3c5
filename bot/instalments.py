"""Instalments: a debt drawn up in parts on bank days, so that they add up to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import workdays
from bot.errors import Refusal
from bot.hearing import Interval, Offered
from bot.money import Money, totals

LEAST, MOST = 2, 12
FIRST_AFTER = timedelta(days=14)
"""How far ahead the first instalment is proposed where no payday is known."""
SOONEST = timedelta(days=7)
"""How far ahead at the least, so that there is time to agree on it."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One agreed part: its number, its bank day and its amount."""

    number: int
    day: date
    amount: Money


def first_day(today: date, payday: int, country: str) -> date:
    """The day to propose for the first instalment: a bank day after their money comes, else in two weeks.

    `payday` is a day of the month, its last where the month is shorter; 0 where it is not known.
    """
    if not payday:
        return workdays.on_or_after(today + FIRST_AFTER, country)
    soonest = today + SOONEST
    paydays = (months_later(today.replace(month=1, day=payday), n) for n in range(today.month - 1, 14))
    return workdays.after(next(day for day in paydays if day >= soonest), country)


def propose(
    amounts: Iterable[Money],
    parts: int,
    first: date,
    country: str,
    interval: Interval = "monthly",
    each: Money | None = None,
) -> tuple[Instalment, ...]:
    """Instalments a month or a week apart, each moved to a bank day; they add up to the whole.

    Even ones, so many as `parts`; or of `each`, so many as it takes, with what is left in the last.
    """
    total = _one_sum(amounts)
    shares = total.split(_count(parts, total)) if each is None else _of_each(total, each)
    days = (_step(first, n, interval) for n in range(len(shares)))
    return _numbered(((day, share) for day, share in zip(days, shares, strict=True)), country)


def of_parts(amounts: Iterable[Money], offers: Sequence[Offered], country: str) -> tuple[Instalment, ...]:
    """Instalments as a customer named them, day and amount; the last takes what is left."""
    total = _one_sum(amounts)
    first = [o.amount for o in offers[:-1] if o.amount]
    rest = total - sum(first, Money(0, total.currency))
    if rest.minor <= 0:
        raise Refusal("plan_small")
    shares = zip((o.day for o in offers if o.day), (*first, rest), strict=True)
    return _numbered(shares, country)


def _numbered(shares: Iterable[tuple[date, Money]], country: str) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(number, workdays.on_or_after(day, country), amount)
        for number, (day, amount) in enumerate(shares, 1)
    )


def _one_sum(amounts: Iterable[Money]) -> Money:
    sums = totals(amounts)
    if len(sums) != 1:
        raise Refusal("plan_currency")
    return sums[0]


def _count(parts: int, total: Money) -> int:
    if not LEAST <= parts <= MOST:
        raise Refusal("plan_length", parts=parts, least=LEAST, most=MOST)
    if total.minor < parts:
        raise Refusal("plan_small")
    return parts


def _of_each(total: Money, each: Money) -> list[Money]:
    if each.currency != total.currency:
        raise Refusal("plan_currency")
    if each.minor <= 0:
        raise Refusal("plan_small")
    count = _count(-(-total.minor // each.minor), total)
    return [each] * (count - 1) + [Money(total.minor - each.minor * (count - 1), total.currency)]


def _step(first: date, number: int, interval: Interval) -> date:
    return first + timedelta(weeks=number) if interval == "weekly" else months_later(first, number)


def check_agreed(parts: Sequence[Instalment], owed: Iterable[Money], today: date) -> None:
    """Refuse a plan that is not as it was shown: its first day is past, or another sum is owed now."""
    if parts[0].day < today:
        raise Refusal("plan_late", day=parts[0].day)
    total = _one_sum(owed)
    if totals(p.amount for p in parts) != (total,):
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
