"""Dates as Nordic files write them: the day before the month, or the year first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

YEAR_FIRST = re.compile(
    r"(?<![\d./-])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?!\d)"
    r"(?:[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?|Z|[+-]\d\d:\d\d)?"
)
DAY_FIRST = re.compile(
    r"(?<![\d./-])(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})(?!\d)"
    r"(?:[ ,T]+\d{1,2}[.:]\d\d(?:[.:]\d\d)?)?"
)
WORDS = re.compile(r"(?:\w+\s)?(?:den\s)?(\d{1,2})\.?\s*([^\W\d]{3,})\.?,?\s*(\d{4})", re.IGNORECASE)
COMPACT = re.compile(r"(\d{4})()(\d\d)(\d\d)")
SERIAL = re.compile(r"\d{5}(?:\.0+)?")

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
"""Day counts of a spreadsheet that can be an invoice's date: the years 1954 to 2119."""

MONTHS = {
    1: "jan tammi",
    2: "feb helmi",
    3: "mar mär maalis",
    4: "apr huhti",
    5: "maj mai may touko",
    6: "jun kesä",
    7: "jul heinä",
    8: "aug elo",
    9: "sep syys",
    10: "okt oct loka",
    11: "nov marras",
    12: "dec des dez joulu",
}
"""How each month's name begins in Norwegian, Swedish, Danish, Finnish, English and German."""

PREFIXES = sorted(((p, n) for n, names in MONTHS.items() for p in names.split()), key=lambda x: -len(x[0]))


@lru_cache(maxsize=4096)
def read_date(text: str) -> date:
    """The date a text names; `ValueError` when it names none, or one that does not exist."""
    text = " ".join(text.split())
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := DAY_FIRST.fullmatch(text):
        return date(_year(found[3]), int(found[2]), int(found[1]))
    if found := WORDS.fullmatch(text):
        return date(int(found[3]), month(found[2]), int(found[1]))
    if SERIAL.fullmatch(text):
        return from_serial(float(text))
    raise ValueError(f"no date: {text}")


def from_serial(days: float) -> date:
    """The date of a spreadsheet's day count; `ValueError` when it cannot be meant as one."""
    if int(days) not in SERIALS:
        raise ValueError(f"no date: {days}")
    return EXCEL_EPOCH + timedelta(days=int(days))


def written_dates(text: str) -> list[date]:
    """Every date written out in running text, in its order; impossible ones are left out."""
    found = sorted(
        (m for pattern in (YEAR_FIRST, DAY_FIRST, WORDS) for m in pattern.finditer(text)),
        key=lambda m: m.start(),
    )
    return [day for m in found if (day := _or_none(m[0]))]


def month(name: str) -> int:
    """The number of a month by its name in six languages; `ValueError` when it is none."""
    number = next((n for prefix, n in PREFIXES if name.casefold().startswith(prefix)), None)
    if number is None:
        raise ValueError(f"no month: {name}")
    return number


def month_comes_first(texts: Iterable[str]) -> bool:
    """Whether a column must be American: with slashes, and one of its dates makes no sense day first."""
    pairs = [
        (int(m[1]), int(m[2])) for text in texts if "/" in text and (m := DAY_FIRST.fullmatch(text.strip()))
    ]
    return any(first <= 12 < second for first, second in pairs)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _or_none(text: str) -> date | None:
    try:
        return read_date(text)
    except ValueError:
        return None
