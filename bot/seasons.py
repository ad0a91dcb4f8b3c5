"""Quiet seasons: days on which a business wants no list, such as its summer holidays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import Refusal

LONGEST = timedelta(days=60)
"""How long a business may rest at most: nobody forgets what is owed to them for longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The days from the first through the last, once or each year anew."""

    first: date
    last: date
    yearly: bool = True

    def rests(self, day: date) -> bool:
        """Whether a day is one of them."""
        return any(begins <= day <= begins + (self.last - self.first) for begins in self._begins(day.year))

    def _begins(self, year: int) -> Iterable[date]:
        """When it begins, in a year and in the one before: it may last over the New Year."""
        return (in_year(self.first, each) for each in (year - 1, year)) if self.yearly else (self.first,)


def check_season(season: Season) -> Season:
    """The season itself; refused when it ends before it begins, or lasts too long."""
    if not timedelta(0) <= season.last - season.first < LONGEST:
        raise Refusal("season_days", most=LONGEST.days)
    return season


def is_quiet(day: date, seasons: Iterable[Season]) -> bool:
    """Whether a day lies in any of these seasons."""
    return any(season.rests(day) for season in seasons)


def in_year(day: date, year: int) -> date:
    """The same day of another year; the first of March where that has no leap day."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
