"""Plans as they are asked for and drawn up, and how their figures are carried from card to card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, get_args

from bot import instalments, plans
from bot.cases import Case
from bot.chat import whole
from bot.countries import country
from bot.errors import Refusal
from bot.hearing import Interval, Offered
from bot.instalments import LEAST, MOST, Instalment, first_day, propose
from bot.letters import Claim
from bot.money import Money
from handlers.desk import Desk
from handlers.desk.choices import unpacked

INTERVALS: tuple[Interval, ...] = get_args(Interval)


class Wanted(NamedTuple):
    """A plan as it is asked for: even parts, or of so much each; or `named` parts, each `day=amount`.

    `currency`: of which claims, where they are in several.
    """

    reply: str
    parts: str = ""
    first: str = ""
    each: str = ""
    interval: str = ""
    named: str = ""
    currency: str = ""


def wanted(value: str) -> Wanted:
    """A plan as the value of an action asks for it."""
    return Wanted(*unpacked(value, len(Wanted._fields)))


def draw(case: Case, about: Sequence[Claim], asked: Wanted, desk: Desk) -> tuple[Instalment, ...]:
    """The instalments as they are asked for; the first is not past."""
    owed = [c.amount for c in about]
    currency = owed[0].currency
    if asked.named:
        return instalments.of_parts(owed, _named(asked.named, currency), desk.country)
    usual = first_day(desk.today, case.customer.payday, desk.country)
    first = desk.day(asked.first) if asked.first else usual
    if first < desk.today:
        raise Refusal("day_past", day=first)
    interval = next((each for each in INTERVALS if each == asked.interval), INTERVALS[0])
    each = desk.amount(asked.each, currency) if asked.each.strip() else None
    return propose(owed, _parts(asked.parts, each), first, desk.country, interval, each)


def _parts(written: str, each: Money | None) -> int:
    if each is not None and not written:
        return LEAST
    parts = whole(written)
    if parts is None:
        raise Refusal("plan_length", parts=written or "0", least=LEAST, most=MOST)
    return parts


def _named(written: str, currency: str) -> list[Offered]:
    """Parts as they are carried from card to card: `2026-11-24=1000,2026-12-15=`."""
    pairs = (each.split("=") for each in written.split(","))
    return [
        Offered(day=date.fromisoformat(day), amount=Money.of(amount, currency) if amount else None)
        for day, amount in pairs
    ]


def carried(parts: Iterable[Instalment]) -> str:
    """Instalments as they are carried from card to card."""
    return ",".join(f"{p.day}={p.amount.decimal}" for p in parts)


def as_shown(carried: str, currency: str) -> tuple[Instalment, ...]:
    """The instalments that a card carried on."""
    return tuple(
        Instalment(number, o.day, o.amount)
        for number, o in enumerate(_named(carried, currency), 1)
        if o.day and o.amount
    )


def one_of(claims: Sequence[Claim], wanted: str, desk: Desk) -> tuple[Claim, ...]:
    """The claims of one currency; where none is wanted, of the country's own."""
    return plans.of_one_currency(claims, wanted, country(desk.country).currency)
