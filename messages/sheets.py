"""Sheets: tables to take away, in which no words of anybody's can become a formula; as CSV."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

from babel.numbers import get_decimal_symbol

Cell = str | int | Decimal | date | None
"""What stands in a cell; words can be anybody's, the rest is ours."""
LIVE = "=+\\-@＝＋－＠"
"""How a cell begins that a spreadsheet may take for a formula, also as written in East Asia."""
BEGINS = re.compile(rf"\s*[{LIVE}]")
WITHIN = re.compile(rf"([,;][\s\"]*)(?=[{LIVE}])")
"""Where a spreadsheet that takes another sign for the separator would begin a cell with a formula."""
BLANKS = re.compile(r"[\t\r\n\v\f\0\x1c-\x1f\x85\u2028\u2029]+")
"""What breaks a line or a cell, or is no sign at all."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name and a head; every row has as many cells as the head."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def on_one_line(words: str) -> str:
    """Words as a cell holds them, without breaks."""
    return BLANKS.sub(" ", words)


def is_live(words: str) -> bool:
    """Whether a spreadsheet may take some words for a formula."""
    return BEGINS.match(words) is not None


def harmless(words: str) -> str:
    """The same words on one line, behind an apostrophe where they could become a formula."""
    bare = WITHIN.sub(r"\1'", on_one_line(words))
    return f"'{bare}" if is_live(bare) else bare


def as_csv(sheet: Sheet, locale: str) -> bytes:
    """A table as spreadsheets in the Nordic countries open it: UTF-8 with its mark, semicolons.

    Amounts have the decimal sign of the locale, and days are written as 2026-11-25.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    point = str(get_decimal_symbol(locale))
    writer.writerow(map(harmless, sheet.head))
    writer.writerows([_written(cell, point) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _written(cell: Cell, point: str) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", point)
    return "" if cell is None else str(cell)
