"""Lines of text cut into cells, whatever stands between them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bot.documents import Problem
from storage.readers._cells import as_text
from storage.readers._headings import TOTALS
from storage.readers._source import Unreadable
from storage.readers._tables import Line

DELIMITERS = (";", ",", "\t", "|")
DECLARED = re.compile(r"sep=(.)$", re.IGNORECASE)
"""A first line by which a spreadsheet program is told the delimiter."""

LONGEST_RECORD = 20
"""How many lines one quoted cell may run over before its quote is taken for a stray one."""

IN_FULL = re.compile(r"\d[.,]\d\d\b")
"""An amount with its decimals."""

WIDEST = 200
LOOKED_AT = 60
LOOKED_INTO = 20_000
"""How many lines, and how many characters of each, show what stands between cells."""

FindHeader = Callable[[Sequence[Sequence[str]]], int | None]
"""Which of some rows holds the headings, if any does."""


def cut(text: str, find_header: FindHeader) -> list[Line]:
    """Rows with the number of the line each begins on; none where nothing stands between cells."""
    lines = re.split(r"\r\n|\r|\n", text)
    declared = DECLARED.fullmatch(lines[0].strip())
    first = 1 if declared else 0
    delimiter = declared[1] if declared else _delimiter(_beginnings(lines), find_header)
    return list(_records(lines, first, delimiter)) if delimiter else []


def without_stump(
    text: str, lines: Sequence[Line], find_header: FindHeader
) -> tuple[Sequence[Line], tuple[Problem, ...]]:
    """The rows but a last one in which the text breaks off, and that as a problem: its amount may go on."""
    if text.endswith(("\r", "\n")):
        return lines, ()
    rows = [[as_text(cell) for cell in cells] for _, cells in lines]
    body = rows[find_header(rows) or 0 :]
    is_quote_open = text[text.rfind("\n") + 1 :].count('"') % 2 == 1
    is_stump = len(body) > 1 and (is_quote_open or _breaks_off(body))
    return (lines[:-1], (Problem("broken_row", lines[-1][0]),)) if is_stump else (lines, ())


def _breaks_off(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the last row has fewer cells than all others, or no decimals where all others have them."""
    *before, last = rows
    if any(map(TOTALS.fullmatch, last)):
        return False
    if len(last) < len(before[0]):
        return all(len(cells) > len(last) for cells in before)
    ends = [cells[-1] for cells in before[1:] if len(cells) == len(last) and cells[-1]]
    return bool(ends and last[-1]) and all(map(IN_FULL.search, ends)) and not IN_FULL.search(last[-1])


def _beginnings(lines: Sequence[str]) -> list[str]:
    return [line[:LOOKED_INTO] for line in lines[:LOOKED_AT]]


def _delimiter(lines: Sequence[str], find_header: FindHeader) -> str:
    """The delimiter that yields headings; else the one that cuts most lines into equally many cells."""
    best, found = (0, 0), ""
    for delimiter in DELIMITERS:
        rows = [_split(line, delimiter) for line in lines if line.strip()]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        (width, often), *_ = [*widths.most_common(1), (0, 0)]
        header = find_header(rows)
        score = (
            len(rows[header]) if header is not None else 0,
            often * width if often * 2 > len(rows) else 0,
        )
        if score > best:
            best, found = score, delimiter
    return found


def _records(lines: Sequence[str], first: int, delimiter: str) -> Iterator[Line]:
    """Rows with the number of the line they begin on; a stray quote costs its own line only."""
    width = _width(_beginnings(lines[first:]), delimiter)
    at = first
    while at < len(lines):
        span, cells = _record(lines, at, delimiter, width)
        if len(cells) > WIDEST:
            raise Unreadable("too_wide", at + 1, format="csv", found=str(len(cells)))
        yield at + 1, cells
        at += span


def _width(lines: Sequence[str], delimiter: str) -> int:
    widths = Counter(len(row) for line in lines if len(row := _split(line, delimiter)) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _record(lines: Sequence[str], at: int, delimiter: str, width: int) -> tuple[int, list[str]]:
    if '"' not in lines[at]:
        return 1, lines[at].split(delimiter)
    for span in range(1, min(LONGEST_RECORD, len(lines) - at) + 1):
        try:
            (cells,) = csv.reader(["\n".join(lines[at : at + span])], delimiter=delimiter, strict=True)
        except csv.Error as error:
            if "end of data" not in str(error):
                break
            continue
        if span == 1 or len(cells) == width:
            return span, cells
    return 1, _split(lines[at], delimiter)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)
