"""Which figures of a country's law run out soon, or have: their next value is fixed for a time only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.countries import country
from bot.statutes import Law

SOON = timedelta(days=45)
"""How long ahead a figure that runs out is pointed out: the next is published some weeks before."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A part of a country's law with the last day it is known for, and where the last known value stands."""

    part: Literal["interest", "compensation", "regime"]
    through: date
    source: str


def stale(code: str, today: date, within: timedelta = SOON) -> tuple[Stale, ...]:
    """What is no longer known some time after today, or already is not; nothing for a country without law."""
    law = country(code).law
    found = _limited(law) if law else ()
    return tuple(x for x in found if x.through < today + within)


def _limited(law: Law) -> Iterator[Stale]:
    """The parts that hold for a time only."""
    rated = [row for row in law.half_years if row.rate is not None]
    yield Stale("interest", rated[-1].last, rated[-1].source)
    if law.compensation is None:
        summed = [row for row in law.half_years if row.flat is not None]
        yield Stale("compensation", summed[-1].last, summed[-1].source)
    if law.reviewed_through is not None:
        yield Stale("regime", law.reviewed_through, law.sources["reminder"])
