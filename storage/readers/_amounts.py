"""Amounts in Nordic and English notation, read only where they can mean one thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from storage.readers._source import Unreadable

Sign = Literal[".", ","]

BLANKS = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\u200a\u2002\u2003'’"), " ")
MINUSES = dict.fromkeys(map(ord, "\u2212\u2012\u2013"), "-")
SYMBOLS = {"€": "EUR", "£": "GBP", "kr": "kr", "kr.": "kr"}
MARK = re.compile(r"(?:kr\.?|[A-Z]{3}|€|£)", re.IGNORECASE)
WHOLE = re.compile(r"[,:.]\s?-+$")
"""The dash after a whole amount, as in "1 250,-" and "1 250:-"."""

GROUPED = re.compile(r"\d{1,3}(?: \d{3})+")
DIGITS = re.compile(r"[\d., ]*\d[\d., ]*", re.ASCII)
PLAIN = re.compile(r"\d+")
DECIMALS = re.compile(r"(-?\d{1,13})([.,])(\d\d)", re.ASCII)
"""An amount as almost all are written, which can mean one thing only."""

MAX_DIGITS = 13
"""Ten thousand milliards is no invoice."""


@dataclass(frozen=True, slots=True)
class Written:
    """An amount as written, in its parts: below zero or not, digits with their separators, currency mark."""

    negative: bool
    digits: str
    mark: str = ""


def take_apart(text: str) -> Written:
    """The parts of a written amount; `Unreadable` where there is anything else."""
    rest = " ".join(text.translate(BLANKS | MINUSES).split())
    negative = rest.startswith("(") and rest.endswith(")")
    rest = rest[1:-1].strip() if negative else rest
    marks = MARK.findall(rest)
    if len(marks) > 1:
        raise bad(text)
    rest = MARK.sub(" ", rest).strip() if marks else rest
    rest = WHOLE.sub("", rest)
    if rest[:1] == "-" or rest[-1:] == "-":
        negative, rest = True, rest.removeprefix("-").removesuffix("-")
    digits = rest.strip().removeprefix("+")
    if not DIGITS.fullmatch(digits) or sum(map(str.isdigit, digits)) > MAX_DIGITS + 4:
        raise bad(text)
    mark = marks[0].casefold() if marks else ""
    return Written(negative, digits.strip(), SYMBOLS.get(mark, mark.upper()))


def decimal_sign(texts: Iterable[str]) -> Sign | None:
    """The decimal sign of a file, by its amounts that leave no doubt; none where they are evenly split."""
    return likelier(Counter(sign for text in texts if (sign := vote(text))))


def vote(cell: object) -> Sign | None:
    """The decimal sign that a cell must have; none where it is no text, or leaves a doubt."""
    if not isinstance(cell, str):
        return None
    if plain := DECIMALS.fullmatch(cell):
        return "." if plain[2] == "." else ","
    return _certain(cell)


def likelier(votes: Mapping[Sign, int]) -> Sign | None:
    """The sign with more votes, if either has."""
    points, commas = votes.get(".", 0), votes.get(",", 0)
    if points == commas:
        return None
    return "." if points > commas else ","


def read_amount(text: str, sign: Sign | None = None) -> tuple[Decimal, str]:
    """The amount and its currency mark, if any; `Unreadable` where it is garbled or could mean two.

    `sign` is the decimal sign of the file: an amount that disagrees with it is refused.
    """
    plain = DECIMALS.fullmatch(text)
    if plain and sign in (None, plain[2]):
        return Decimal(f"{plain[1]}.{plain[3]}"), ""
    written = take_apart(text)
    own = _own_sign(written.digits)
    if own == "?":
        if sign is None or sign in written.digits:
            raise Unreadable("ambiguous_amount", value=text[:40])
        own = sign
    if own and sign and own != sign:
        raise Unreadable("odd_decimal_sign", value=text[:40], sign=sign)
    number = _number(written.digits, own or sign or ",", text)
    return (-number if written.negative else number), written.mark


def bad(text: str) -> Unreadable:
    """The refusal of a text that is no amount."""
    return Unreadable("bad_amount", value=text[:40])


def _certain(text: str) -> Sign | None:
    try:
        own = _own_sign(take_apart(text).digits)
    except Unreadable:
        return None
    return own if own != "?" else None


def _own_sign(digits: str) -> Sign | Literal["?"] | None:
    """The decimal sign an amount must have: none when it has no separator, "?" when it could have either."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    if points + commas == 0:
        return None
    separator: Sign = "." if points else ","
    if points + commas > 1:
        return "," if separator == "." else "."
    whole, _, fraction = digits.partition(separator)
    could_group = len(fraction) == 3 and re.fullmatch(r"[1-9]\d{0,2}", whole)
    return "?" if could_group else separator


def _number(digits: str, sign: Sign, text: str) -> Decimal:
    whole, point, fraction = digits.partition(sign)
    thousands = "." if sign == "," else ","
    compact = re.sub(rf"(?<=\d)[ {thousands}](?=\d{{3}}(?!\d))", "", whole)
    grouped = re.sub(r"[.,]", " ", whole)
    regular = PLAIN.fullmatch(whole) or (
        GROUPED.fullmatch(grouped) and len(set(whole) - set("0123456789")) == 1
    )
    trailing_zeros = len(fraction) > 2 and not fraction[2:].strip("0")
    if trailing_zeros:
        fraction = fraction[:2]
    if not regular or not compact.isdigit() or (point and not re.fullmatch(r"\d{1,2}", fraction)):
        raise bad(text)
    if len(compact) > MAX_DIGITS:
        raise bad(text)
    return Decimal(f"{compact}.{fraction}" if fraction else compact)
