"""Bank days of a country, with their moving feasts, and the moments at which a local day and hour fall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from bot.countries import Closed
from bot.countries import country as country_of

SATURDAY = 5
ONE_DAY = timedelta(days=1)
DAYS = 10_000
"""Of how many days it is remembered which bank day follows: the same few are asked for again and again."""


def is_bank_day(day: date, country: str) -> bool:
    """Whether banks settle payments that day; `ValueError` for a country that is not known."""
    return not rests(day, country, country_of(country).closed)


def rests(day: date, country: str, closed: Closed) -> bool:
    """Whether a day is in a weekend or among these days of rest of a country."""
    return day.weekday() >= SATURDAY or day in _resting(country, closed, day.year)


def working(day: date, country: str, closed: Closed) -> date:
    """The day itself, or the next outside weekends and these days of rest."""
    while rests(day, country, closed):
        day += ONE_DAY
    return day


@lru_cache(maxsize=DAYS)
def on_or_after(day: date, country: str) -> date:
    """The day itself if it is a bank day, else the next that is."""
    return next(_bank_days(day, country, ONE_DAY))


def after(day: date, country: str) -> date:
    """The next bank day strictly after a day."""
    return on_or_after(day + ONE_DAY, country)


def before(day: date, country: str) -> date:
    """The last bank day strictly before a day."""
    return next(_bank_days(day - ONE_DAY, country, -ONE_DAY))


def add(day: date, count: int, country: str) -> date:
    """The bank day that many bank days after a day; a negative count goes back, none stays where it is."""
    step = after if count > 0 else before
    for _ in range(abs(count)):
        day = step(day, country)
    return day


def instant(day: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, when a zone's clocks show that time on that day.

    A time that the spring change leaves out moves forward with the clocks; of one that comes twice in autumn
    it is the first.
    """
    return datetime.combine(day, at.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """The date that a zone's calendar shows at a moment; `ValueError` when the moment names no zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} names no time zone")
    return moment.astimezone(ZoneInfo(zone)).date()


def local(moment: datetime, zone: str) -> datetime:
    """The same moment on a zone's clocks."""
    return moment.astimezone(ZoneInfo(zone))


def _bank_days(day: date, country: str, step: timedelta) -> Iterator[date]:
    while True:
        if is_bank_day(day, country):
            yield day
        day += step


@cache
def _resting(country: str, closed: Closed, year: int) -> frozenset[date]:
    listed = country_holidays(country, years=year, categories=closed.categories, language="en_US")
    easter = listed.get_named("Easter Sunday", lookup="exact") if closed.easter else []
    return frozenset(
        {
            *listed,
            *(date(year, month, day) for month, day in closed.fixed),
            *(sunday + timedelta(days=days) for days in closed.easter for sunday in easter),
        }
    )
