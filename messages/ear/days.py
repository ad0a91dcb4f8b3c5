"""Days as people say them: fredag, om två veckor, ensi perjantaina, week 48, 20. november."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot import workdays
from bot.errors import Refusal
from messages.ear.dates import written
from messages.ear.words import nearest_first, plain, words

WEEK = 7
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
PRIMO, MEDIO = 5, 15
DECEMBER = 12
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase for a day as it was found, the language it was found in, and whose bank days count."""

    meaning: str
    match: re.Match[str]
    language: str
    country: str

    def number(self) -> int:
        """The number in it, in figures or in words."""
        said = self.match["n"]
        return int(said if said.isdigit() else words(self.language).numbers[said])

    def day(self) -> int:
        """The day of a month in it, in figures or as an ordinal in words."""
        said = self.match.groupdict()
        return int(said.get("day") or words(self.language).ordinals[self.match["nth"]])

    def weekday(self) -> int:
        """The weekday in it, Monday being 0."""
        return _chosen(self.match, "weekday")

    def month(self) -> int:
        """The month in it, from 1."""
        return _chosen(self.match, "month") + 1


def day(text: str, language: str, today: date, country: str = "") -> date | None:
    """The day a text names, the latest of several; None when it names none, or only a vague one.

    A day in figures outdoes a weekday beside it. Bank days are those of `country`; without one they are
    Monday to Friday. `Refusal` (`day_unreadable`) when there is no such day.
    """
    try:
        days = [found.on(today) for found in written(text)] or [
            COUNTED[said.meaning](today, said) for said in _said(text, language, country)
        ]
    except ValueError:
        raise Refusal("day_unreadable", words=text.strip()) from None
    return max(days, default=None)


def places(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where in a text (composed, NFC) days are named, as start and end."""
    figures = [(found.start, found.end) for found in written(text)]
    tongues = nearest_first(language)
    said = [said.match.span() for meaning in COUNTED for said in meant(meaning, text, tongues)]
    return tuple(sorted(figures + said))


def _said(text: str, language: str, country: str) -> tuple[Said, ...]:
    """All phrases of the first meaning that is found at all."""
    found = (tuple(meant(meaning, text, nearest_first(language), country)) for meaning in COUNTED)
    return next((phrases for phrases in found if phrases), ())


def meant(meaning: str, text: str, tongues: Iterable[str], country: str = "") -> Iterator[Said]:
    """The phrases of one meaning in a text (composed, NFC), as each of these languages says it."""
    spoken = plain(text)
    for tongue in tongues:
        patterns = words(tongue).days.get(meaning, ())
        yield from (
            Said(meaning, match, tongue, country)
            for pattern in patterns
            for match in pattern.finditer(spoken)
        )


def _chosen(match: re.Match[str], slot: str) -> int:
    groups = match.groupdict().items()
    return next(int(name.removeprefix(slot)) for name, value in groups if value and name.startswith(slot))


def _of_week(today: date, weekday: int, weeks: int = 0) -> date:
    """A weekday of this ISO week or one of the next."""
    return today + timedelta(days=weekday - today.weekday() + WEEK * weeks)


def _coming(today: date, said: Said) -> date:
    return today + timedelta(days=(said.weekday() - today.weekday() - 1) % WEEK + 1)


def _gone(today: date, said: Said) -> date:
    return today - timedelta(days=(today.weekday() - said.weekday() - 1) % WEEK + 1)


def _week(today: date, said: Said) -> date:
    """The Friday of a numbered week, the next whose Friday is not past."""
    friday = date.fromisocalendar(today.year, said.number(), FRIDAY + 1)
    return friday if friday >= today else date.fromisocalendar(today.year + 1, said.number(), FRIDAY + 1)


def _end(day: date) -> date:
    """The last day of a month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _in_named(today: date, said: Said, number: int = 1) -> date:
    """A day of the named month, this year's or next."""
    return date(today.year + (said.month() < today.month), said.month(), number)


def _last_bank_day(today: date, country: str) -> date:
    last = _end(today)
    if country:
        return workdays.before(last + ONE_DAY, country)
    return last - timedelta(days=max(last.weekday() - FRIDAY, 0))


def _months(today: date, count: int) -> date:
    """The same day of a later month, or its last where that month is shorter."""
    years, month = divmod(today.month - 1 + count, DECEMBER)
    end = _end(date(today.year + years, month + 1, 1))
    return min(end, end.replace(day=min(today.day, end.day)))


def _day_of_month(today: date, number: int) -> date:
    """The next day with that number, strictly after today."""
    if not 1 <= number <= date.max.day:
        raise ValueError(number)
    months = (_months(today.replace(day=1), count) for count in range(3))
    fitting = (start.replace(day=number) for start in months if number <= _end(start).day)
    return next(found for found in fitting if found > today)


def _bank_days(today: date, count: int, country: str) -> date:
    if country:
        return workdays.add(today, count, country)
    while count > 0:
        today += ONE_DAY
        count -= today.weekday() < SATURDAY
    return today


def _yearly(month: int, number: int) -> Callable[[date, Said], date]:
    return lambda today, said: date(today.year + (today > date(today.year, month, number)), month, number)


def _in_next_month(today: date, number: int) -> date:
    return _months(today.replace(day=1), 1).replace(day=number)


def _plus(days: int) -> Callable[[date, Said], date]:
    return lambda today, said: today + timedelta(days=days)


COUNTED: Mapping[str, Callable[[date, Said], date]] = {
    "bank_days": lambda today, said: _bank_days(today, said.number(), said.country),
    "days_ago": lambda today, said: today - timedelta(days=said.number()),
    "days": lambda today, said: today + timedelta(days=said.number()),
    "weekday_in_weeks": lambda today, said: _of_week(today, said.weekday(), said.number()),
    "weekday_next": lambda today, said: _of_week(today, said.weekday(), 1),
    "weekday_last": _gone,
    "weeks": lambda today, said: today + timedelta(weeks=said.number()),
    "months": lambda today, said: _months(today, said.number()),
    "one_week": _plus(WEEK),
    "one_month": lambda today, said: _months(today, 1),
    "overmorrow": _plus(2),
    "tomorrow": _plus(1),
    "yesterday": _plus(-1),
    "week": _week,
    "day_next_month": lambda today, said: _in_next_month(today, said.day()),
    "first_next_month": lambda today, said: _in_next_month(today, 1),
    "first_of": _in_named,
    "nth_of": lambda today, said: _in_named(today, said, said.day()),
    "next_week": lambda today, said: _of_week(today, FRIDAY, 1),
    "last_bank_day": lambda today, said: _last_bank_day(today, said.country),
    "primo_of": lambda today, said: _in_named(today, said, PRIMO),
    "medio_of": lambda today, said: _in_named(today, said, MEDIO),
    "end_of": lambda today, said: _end(_in_named(today, said)),
    "next_month": lambda today, said: _end(_months(today.replace(day=1), 1)),
    "month_end": lambda today, said: _end(today),
    "primo": lambda today, said: _day_of_month(today, PRIMO),
    "medio": lambda today, said: _day_of_month(today, MEDIO),
    "before_christmas": _yearly(DECEMBER, 23),
    "before_new_year": _yearly(DECEMBER, 31),
    "new_years_eve": _yearly(DECEMBER, 31),
    "christmas_eve": _yearly(DECEMBER, 24),
    "day_of_month": lambda today, said: _day_of_month(today, said.day()),
    "weekday": _coming,
    "this_week": lambda today, said: _of_week(today, FRIDAY),
    "weekend": lambda today, said: _of_week(today, SUNDAY),
    "month": lambda today, said: _end(_in_named(today, said)),
    "today": _plus(0),
}
"""What each phrase of `[days]` counts to, the telling ones first: the first that is said decides."""
