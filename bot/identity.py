"""National identity numbers of four countries: found in what people write, and masked before it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from stdnum import luhn
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu
from stdnum.no import fodselsnummer

MASK = "•"
LIVING = range(1932, 2024)
"""Years of birth for which a number is taken for a person's without being called so.

Invoices counted by the day (251126-0012) look like somebody born in the years left out, from either end.
"""
LEAST = 1900
"""Before this year no invoice number begins or ends."""
BEFORE = 60
"""How many characters before a number may say what it is."""
CALLED = re.compile(
    r"(?<![^\W_])(?:person(?:al|lig)? ?-?(?:id|num|nr)|pers\.?-?nr|p-?nr|f[øöo]dselsn|födelsen|fnr|"
    r"d-nummer|d-nr|samordningsn|cpr|henkilö(?:tunnu|num)|hetu|sotu|social security|ssn|national (?:id|ins)|"
    r"identity n|identification n|id-?(?:num|nr))[^\d\n]{0,30}$",
    re.IGNORECASE,
)
"""Words before a number that call it a person's."""
OTHERWISE = re.compile(
    r"(?<![^\W_])(?:fakt|invoice|lasku|kid|ocr|fik|viite|ref|betalings|maksu|order|ordre|tilau|bestil|beställ|"
    r"konto|kto|account|tili|iban|bankgiro|bg|plusgiro|pg|giro|swish|tel|tlf|tfn|mob|puh|gsm|phone|ring)\w*"
    r"[ .-]?(?:nr|nummer\w*|numero|number|no|n:o)?[\s.:#=/-]{0,4}$|"
    r"(?<![^\W_])(?:reg|konto|kto|account)\w*[\s.:nr]{0,6}\d{4}[ -]$",
    re.IGNORECASE,
)
"""Words right before a number that call it something else: a reference, an account, a telephone."""
START = r"(?:(?<![^\W_])|(?<=nr)|(?<=cpr)|(?<=hetu))(?<!\+)(?<!\d[.,])"
END = r"(?![^\W_])(?![.,]\d)"
GAP, DASH = "[ \u00a0\u2009\u202f]", "[-‐‑–−]"
DAY = r"\d\d[01]\d\d\d"
MOBILE = re.compile(r"070\d{7}")
"""A Swedish telephone number far more often than somebody born in 2007."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What numbers of a country look like, and whether one of a living person holds.

    `loose`: a reference or a telephone number can look like that too.
    """

    pattern: re.Pattern[str]
    holds: Callable[[str], bool]
    loose: bool = True


def masked(text: str) -> str:
    """The text with every identity number hidden; all else stays as it was.

    A number counts when its date is real and its check digits hold, or when it is called a person's. One that
    is called something else (KID, faktura, tel.) stays where it can be that.
    """
    for shape in SHAPES:
        text = shape.pattern.sub(partial(_seen, shape), text)
    return text


def _seen(shape: Shape, found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - BEFORE) : found.start()]
    hidden = shape.holds(found[0]) or CALLED.search(before)
    if not hidden or (shape.loose and OTHERWISE.search(before)):
        return found[0]
    return re.sub(r"\w", MASK, found[0])


def _digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal())


def _finnish(text: str) -> bool:
    """A letter may stand for the century; with nothing but digits it could count invoices."""
    bare = re.sub(DASH, "-", text)
    digits = _digits(text)
    like_invoices = len(digits) == len(text) - 1 and "-" in bare and 1900 + int(digits[4:6]) not in LIVING
    return hetu.is_valid(bare, allow_temporary=True) and not like_invoices


def _norwegian(text: str) -> bool:
    """Two check digits; a D-number has 4 added to its first digit."""
    bare = _digits(text)
    checks = fodselsnummer.calc_check_digit1(bare), fodselsnummer.calc_check_digit2(bare)
    return checks == (bare[-2], bare[-1]) and _born(fodselsnummer.get_birth_date, bare) is not None


def _swedish(text: str) -> bool:
    """A samordningsnummer has 60 added to its day; a plus means a hundred years or more."""
    bare = _digits(text[2:-2] if text[0].isalpha() else text)
    year, month, day, ten = bare[:-8], int(bare[-8:-6]), int(bare[-6:-4]), bare[-10:]
    if MOBILE.fullmatch(text) or not luhn.is_valid(ten):
        return False
    known = len(bare) > len(ten)
    years = [int(year)] if known else [century + int(year) for century in (1800, 1900, 2000)]
    old = known or "+" in text
    return any(_is_day(y, month, day % 60) for y in years if y in LIVING or (old and y < LIVING.start))


def _danish(text: str) -> bool:
    """There is no check digit any more: only a real date written with its hyphen counts."""
    born = _born(cpr.get_birth_date, _digits(text))
    return born is not None and (born.year in LIVING or born.year < LEAST)


def _born(read: Callable[[str], date], bare: str) -> date | None:
    try:
        return read(bare)
    except ValidationError:
        return None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _shape(pattern: str, holds: Callable[[str], bool], *, loose: bool = True) -> Shape:
    return Shape(re.compile(START + pattern + END, re.IGNORECASE), holds, loose)


SHAPES = (
    _shape(rf"\d{{6}}(?:[+A-FU-Y]|{DASH})\d{{3}}[\dA-Y]", _finnish, loose=False),
    _shape(rf"(?:\d\d)?{DAY} ?(?:\+|{DASH}) ?\d{{4}}", _swedish, loose=False),
    _shape(r"\d{4}-[01]\d-\d\d[- ]\d{4}", _swedish, loose=False),
    _shape(rf"(?:\d\d)?{DAY}{GAP}?\d{{4}}", _swedish),
    _shape(rf"SE{DAY}\d{{4}}01", _swedish),
    _shape(rf"\d\d({GAP}|\.|)\d\d\1\d\d(?:{GAP}|{DASH}|\.)?\d{{3}}{GAP}?\d\d", _norwegian),
    _shape(rf"{DAY} ?{DASH} ?\d{{4}}", _danish),
)
