"""Quiet seasons: days on which a business wants no list, such as its summer holidays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import Refusal

LONGEST = timedelta(days=60)
"""How long a business may rest at most, in one season or several on end: what is owed is not forgotten."""
ONE_DAY = timedelta(days=1)
USUAL = {"july": ((7, 1), (7, 31)), "christmas": ((12, 24), (1, 1))}
"""Seasons that many businesses rest in, from one day of the year to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The days from the first through the last, once or each year anew."""

    first: date
    last: date
    yearly: bool = True

    def rests(self, day: date) -> bool:
        """Whether a day is one of them."""
        if not self.yearly:
            return self.first <= day <= self.last
        begins, ends, told = _of_year(self.first), _of_year(self.last), _of_year(day)
        is_within_a_year = begins <= ends
        return begins <= told <= ends if is_within_a_year else told >= begins or told <= ends

    def is_as(self, other: Season) -> bool:
        """Whether it is on the same days as another, in whichever year they were told."""
        if not (self.yearly and other.yearly):
            return self == other
        return [_of_year(self.first), _of_year(self.last)] == [_of_year(other.first), _of_year(other.last)]


def check_season(season: Season, others: Iterable[Season] = ()) -> Season:
    """The season itself; refused when it ends before it begins, or leaves a business quiet for too long.

    `others` are those it rests in already.
    """
    if not timedelta(0) <= season.last - season.first < LONGEST:
        raise Refusal("season_days", most=LONGEST.days)
    together = (season, *others)
    begins, ends = season.first, season.last
    while is_quiet(begins - ONE_DAY, together) and ends - begins < LONGEST:
        begins -= ONE_DAY
    while is_quiet(ends + ONE_DAY, together) and ends - begins < LONGEST:
        ends += ONE_DAY
    if ends - begins >= LONGEST:
        raise Refusal("season_days", most=LONGEST.days)
    return season


def is_quiet(day: date, seasons: Iterable[Season]) -> bool:
    """Whether a day lies in any of these seasons."""
    return any(season.rests(day) for season in seasons)


def usual(name: str, today: date) -> Season:
    """One of the usual seasons, the next time that it ends."""
    begins, ends = USUAL[name]
    over = ends < begins
    year = today.year + (_of_year(today) > ends and not over)
    return Season(first=date(year, *begins), last=date(year + over, *ends))


def in_year(day: date, year: int) -> date:
    """The same day of another year; the first of March where that has no leap day."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _of_year(day: date) -> tuple[int, int]:
    return day.month, day.day
