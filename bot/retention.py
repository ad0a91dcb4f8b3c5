"""How long things are kept: until bookkeeping law no longer asks, and the days after which the rest goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.countries import country as country_of

Kind = Literal["talk", "files", "packs", "mails", "unplaced", "unknown_money"]


@dataclass(frozen=True, slots=True)
class Period:
    """How many days something is kept; `settled`: let go of only while its customer owes nothing."""

    kind: Kind
    days: int
    settled: bool = False

    def before(self, today: date) -> date:
        """The first day that is kept."""
        return today - timedelta(days=self.days)


PERIODS: Mapping[Kind, Period] = {
    period.kind: period
    for period in (
        Period("talk", 365),
        Period("files", 90),
        Period("packs", 365, settled=True),
        Period("mails", 365, settled=True),
        Period("unplaced", 90),
        Period("unknown_money", 365),
    )
}
"""What is let go of by the clock, long before bookkeeping's own time is over."""


def kept_through(day: date, country: str) -> date:
    """The last day on which the bookkeeping of a day must still be there.

    A financial year may end up to a year after the day, and nobody has told us when: it is counted so.
    """
    return date(day.year + 1 + country_of(country).bookkeeping.value, 12, 31)


def over_before(today: date, country: str) -> date:
    """What happened before this day need not be kept for the books any more."""
    return date(today.year - 1 - country_of(country).bookkeeping.value, 1, 1)
