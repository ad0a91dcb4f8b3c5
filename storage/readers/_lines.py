"""Lines of text cut into cells, whatever stands between them."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain, islice
from typing import TextIO

from bot.documents import Problem
from storage.readers._cells import Cell, as_text
from storage.readers._columns import SEARCHED
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


class Rows:
    """The rows of a text with the number of the line each begins on, cut anew whenever they are gone through.

    `open` gives the text from its beginning; `ends` is a row in which it breaks off, and which is left out.
    """

    def __init__(self, open: Callable[[], TextIO], find_header: FindHeader) -> None:
        self.open = open
        self.ends: int | None = None
        with open() as text:
            top = [_bare(line)[:LOOKED_INTO] for line in islice(text, LOOKED_AT + 1)]
        declared = DECLARED.fullmatch(top[0].strip()) if top else None
        self.first = 1 if declared else 0
        self.delimiter = declared[1] if declared else _delimiter(top[:LOOKED_AT], find_header)
        self.width = _width(top[self.first : self.first + LOOKED_AT], self.delimiter or DELIMITERS[0])

    def __iter__(self) -> Iterator[Line]:
        if not self.delimiter:
            return
        with self.open() as text:
            lines = Ahead(map(_bare, islice(text, self.first, None)))
            at = self.first + 1
            for line in lines:
                if at == self.ends:
                    return
                cells = line.split(self.delimiter) if '"' not in line else None
                span, cells = (1, cells) if cells else _quoted(line, lines, self.delimiter, self.width)
                if len(cells) > WIDEST:
                    raise Unreadable("too_wide", at, format="csv", found=str(len(cells)))
                yield at, cells
                at += span


class Ahead:
    """Lines of which the next can be looked at before they are taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.seen: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        while True:
            line = self.seen.popleft() if self.seen else next(self.lines, None)
            if line is None:
                return
            yield line

    def look(self, number: int) -> list[str]:
        """So many of the next, or as many as there are."""
        self.seen.extend(islice(self.lines, max(0, number - len(self.seen))))
        return list(islice(self.seen, number))

    def skip(self, number: int) -> None:
        """Leave out some that were looked at."""
        for _ in range(number):
            self.seen.popleft()


def cut(text: str, find_header: FindHeader) -> list[Line]:
    """All rows of a text; none where nothing stands between cells."""
    return list(Rows(lambda: StringIO(text, newline=None), find_header))


def without_stump(
    text: str, lines: Sequence[Line], find_header: FindHeader
) -> tuple[Sequence[Line], tuple[Problem, ...]]:
    """The rows but a last one in which the text breaks off, and that as a problem: its amount may go on."""
    end = text[max(text.rfind("\n"), text.rfind("\r")) + 1 :]
    at = stump(lines, end, find_header)
    return (lines, ()) if at is None else (lines[:-1], (Problem("broken_row", at),))


def stump(rows: Iterable[Line], end: str, find_header: FindHeader) -> int | None:
    """The row in which a text breaks off, whose last line is not ended; none where it is whole."""
    rest = iter(rows if end else ())
    top = list(islice(rest, SEARCHED))
    begins = find_header([[as_text(cell) for cell in cells] for _, cells in top]) or 0
    before, last = Before(), None
    for row in chain(top[begins:], rest):
        if last is not None:
            before.take(last[1])
        last = row
    if last is None or not before.count:
        return None
    return last[0] if end.count('"') % 2 or before.goes_on(last[1]) else None


@dataclass(slots=True)
class Before:
    """What the rows before the last have in common; the first are the headings."""

    count: int = 0
    width: int = 0
    least: int = 0
    in_full: dict[int, bool] = field(default_factory=dict)

    def take(self, cells: Sequence[Cell]) -> None:
        """One more row."""
        self.count += 1
        if self.count == 1:
            self.width = self.least = len(cells)
            return
        self.least = min(self.least, len(cells))
        if end := as_text(cells[-1]):
            known = self.in_full.get(len(cells), True)
            self.in_full[len(cells)] = known and bool(IN_FULL.search(end))

    def goes_on(self, cells: Sequence[Cell]) -> bool:
        """Whether a last row has fewer cells than all others, or no decimals where all others have them."""
        texts = [as_text(cell) for cell in cells]
        if any(map(TOTALS.fullmatch, texts)):
            return False
        if len(texts) < self.width:
            return self.least > len(texts)
        return bool(texts[-1]) and self.in_full.get(len(texts), False) and not IN_FULL.search(texts[-1])


def _bare(line: str) -> str:
    return line[:-1] if line.endswith("\n") else line


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


def _width(lines: Sequence[str], delimiter: str) -> int:
    widths = Counter(len(row) for line in lines if len(row := _split(line, delimiter)) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _quoted(line: str, lines: Ahead, delimiter: str, width: int) -> tuple[int, list[str]]:
    """A row with quotes, over as many lines as its cells take; a stray quote costs its own line only."""
    for span in range(1, LONGEST_RECORD + 1):
        more = lines.look(span - 1)
        if len(more) < span - 1:
            break
        try:
            (cells,) = csv.reader(["\n".join((line, *more))], delimiter=delimiter, strict=True)
        except csv.Error as error:
            if "end of data" not in str(error):
                break
            continue
        if span == 1 or len(cells) == width:
            lines.skip(span - 1)
            return span, cells
    return 1, _split(line, delimiter)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)
