"""Where each sum that a letter adds comes from: a figure of the country's law with its source, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import import_module
from itertools import pairwise

from bot.charges import Segment
from bot.letters import Charge, Letter
from bot.money import Money
from bot.statutes import Figure, HalfYear
from tests.year.truth import Firm

MODULES = {"NO": "norway", "SE": "sweden", "DK": "denmark", "FI": "finland"}
SUM = frozenset({"fee", "compensation"})


def unfounded(letter: Letter, firm: Firm, numbers: Mapping[str, str]) -> Iterator[str]:
    """What a letter adds that no sourced figure gives, or more of it than the days and the debt give."""
    home = firm.business.country
    bills = {b.number: b for b in firm.bills}
    for charge in letter.charges:
        bill = bills[numbers[charge.invoice]]
        if charge.kind in SUM and _whole(charge.amount) not in _sums(home):
            yield f"{charge.kind} of {charge.amount} has no source"
        if charge.kind == "interest":
            yield from _interest(charge, bill.amount, firm.last_day(bill), letter.went_on, home)


def _interest(charge: Charge, owed: Money, due: date, sent: date, home: str) -> Iterator[str]:
    """Interest is of what was owed, from after it was due until the letter, at rates that have a source."""
    for part in charge.segments:
        if part.rate not in _rates(home, part):
            yield f"the rate {part.rate} from {part.start} has no source"
        if part.start <= due or part.end > sent or owed < part.principal:
            yield f"interest of {part.principal} from {part.start} to {part.end} on {owed} due {due}"
    days = sorted((p.start, p.end) for p in charge.segments)
    if any(later[0] <= earlier[1] for earlier, later in pairwise(days)):
        yield "interest for the same day twice"
    exact = sum(
        (p.principal.minor * p.rate * ((p.end - p.start).days + 1) / Decimal(36500) for p in charge.segments),
        Decimal(0),
    )
    if charge.amount.minor > int(exact.quantize(Decimal(1), ROUND_HALF_UP)):
        yield f"interest of {charge.amount} where {exact} is the most"


def _whole(amount: Money) -> Decimal:
    return amount.decimal


def _rates(home: str, part: Segment) -> set[Decimal]:
    """The rates of the half-year a stretch begins in, with each margin, where the rate has a source."""
    half = 1 if part.start.month <= 6 else 2
    law = import_module(f"bot.countries.{MODULES[home]}").LAW
    found = [h for h in law.half_years if (h.year, h.half) == (part.start.year, half)]
    rates = [Decimal(h.rate) for h in found if h.rate is not None and h.source]
    return {rate + Decimal(margin) for rate in rates for margin in law.margins}


@cache
def _sums(home: str) -> frozenset[Decimal]:
    """Every sum in a country's law that says where it stands."""
    return frozenset(_figures(vars(import_module(f"bot.countries.{MODULES[home]}")), set()))


def _figures(value: object, seen: set[int]) -> Iterator[Decimal]:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Figure):
        if value.source:
            yield Decimal(value.value)
    elif isinstance(value, HalfYear):
        if value.flat is not None and value.source:
            yield Decimal(value.flat)
    elif isinstance(value, Mapping):
        for each in list(value.values()):
            yield from _figures(each, seen)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _figures(each, seen)
    elif is_dataclass(value) and not isinstance(value, type):
        for known in fields(value):
            yield from _figures(getattr(value, known.name), seen)
