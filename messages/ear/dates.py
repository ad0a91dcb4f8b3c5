"""Dates written with a number in them: 2026-11-20, 20.11., 20/11-26, 20. november, November 20th."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from messages.ear.words import languages, plain, words

HALF_A_YEAR = timedelta(days=183)
MONTHS = 12
CLOCK = r"(?<!\bkl )(?<!\bkl\. )(?<!\bklo )(?<!\bat )"
ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\w-])")
DOTTED = re.compile(
    r"(?<![\w./,+-])(?P<day>\d{1,2})(?P<sep>[./-])\s?(?P<month>\d{1,2})(?:[./-]\s?|\s)(?P<year>\d{4}|\d{2})(?![\w/]|[.,]\d)"
)
SHORT = re.compile(
    rf"(?<![\w./,+-]){CLOCK}(?P<day>\d{{1,2}})(?P<sep>[./])(?P<month>\d{{1,2}})(?![\w/%]|\s?%|[.,:]\d)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a text, from `start` to `end`; no year where none is given."""

    start: int
    end: int
    day: int
    month: int
    year: int | None = None

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day, in its year or in any."""
        try:
            date(self.year or 2000, self.month, self.day)
        except ValueError:
            return False
        return True

    def on(self, today: date) -> date:
        """The day meant: without a year the next such day, or the last when the next is half a year away.

        `ValueError` when there is no such day.
        """
        if self.year is not None:
            return date(self.year, self.month, self.day)
        years = (today.year - 1, today.year, today.year + 1)
        if (self.day, self.month) == (29, 2):
            return min(_leap_days(today), key=lambda day: abs(day - today))
        days = [date(year, self.month, self.day) for year in years]
        ahead = min(day for day in days if day >= today)
        return ahead if ahead - today <= HALF_A_YEAR else max(day for day in days if day < today)

    def fits(self, day: date) -> bool:
        """Whether this can be how a day was written."""
        return (self.day, self.month) == (day.day, day.month) and self.year in (None, day.year)


@lru_cache(maxsize=64)
def written(text: str) -> tuple[Written, ...]:
    """The dates in a text, in its order; what only looks like one (12.25, kl. 10.10) is left out."""
    found: list[Written] = []
    spoken = plain(text)
    for candidate in _candidates(spoken):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in found):
            found.append(candidate)
    return tuple(sorted(found, key=lambda one: one.start))


def _candidates(spoken: str) -> Iterator[Written]:
    yield from (_iso(match) for match in ISO.finditer(spoken))
    yield from (_dotted(match) for match in DOTTED.finditer(spoken))
    for pattern in _named():
        yield from (_month_named(match) for match in pattern.finditer(spoken))
    for match in SHORT.finditer(spoken):
        yield from _short(match)


def _iso(match: re.Match[str]) -> Written:
    return Written(*match.span(), int(match["day"]), int(match["month"]), int(match["year"]))


def _dotted(match: re.Match[str]) -> Written:
    day, month = _day_first(int(match["day"]), int(match["month"]), match["sep"])
    year = int(match["year"]) + (2000 if len(match["year"]) < len("2000") else 0)
    return Written(*match.span(), day, month, year)


def _short(match: re.Match[str]) -> Iterator[Written]:
    """A short date only when its numbers can be one: 12.25 is a figure, 31.11 a day that does not exist."""
    day, month = _day_first(int(match["day"]), int(match["month"]), match["sep"])
    if 1 <= month <= MONTHS and 1 <= day <= date.max.day:
        yield Written(*match.span(), day, month)


def _day_first(day: int, month: int, separator: str) -> tuple[int, int]:
    swapped = separator == "/" and month > MONTHS >= day
    return (month, day) if swapped else (day, month)


def _month_named(match: re.Match[str]) -> Written:
    month = next(int(name[1:]) for name, value in match.groupdict().items() if value and name[0] == "m")
    year = int(match["year"]) if match["year"] else None
    return Written(*match.span(), int(match["day"]), month, year)


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    names = ("|".join(words(language).months[month] for language in languages()) for month in range(MONTHS))
    months = "|".join(rf"(?P<m{number}>{name})" for number, name in enumerate(names, 1))
    year = r"(?:,?\s(?P<year>(?:19|20)\d\d)(?!\d))?"
    return (
        re.compile(
            rf"(?<![\w.,])(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|:e|:a|e)?\s?(?:of\s|paiva\w*\s)?(?:{months})\.?(?!\w){year}"
        ),
        re.compile(rf"(?<!\w)(?:{months})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w]|[.,:]\d){year}"),
    )


def _leap_days(today: date) -> Iterator[date]:
    for year in range(today.year - 8, today.year + 9):
        try:
            yield date(year, 2, 29)
        except ValueError:
            continue
