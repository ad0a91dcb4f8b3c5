"""Bank files whose fields stand at fixed places: their letters, lines, numbers and days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from storage.readers._source import Unreadable
from storage.readers._text import decode

DOS_LETTERS = re.compile(rb"[\x80-\x9f]")
LATIN_LETTERS = re.compile(rb"[\xc0-\xff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
END_OF_FILE = "\x1a"
"""What DOS put behind the last line."""

CENTURY_FROM = 80
"""Two-digit years from here on are of the last century: these formats are of the eighties."""

FINNISH = "ÄÖÅäöå"
"""What the six brackets are where a Finnish file has seven bits for a letter."""

T = TypeVar("T")
Order = Literal["ymd", "dmy"]
Span = tuple[int, int]
"""First and last column of a field, counted from 1 as the banks' own descriptions do."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line, filled up with blanks, and its number in the file."""

    row: str
    line: int

    def raw(self, span: Span) -> str:
        """A field as it stands."""
        return self.row[span[0] - 1 : span[1]]

    def text(self, span: Span) -> str:
        """A field without the blanks around it."""
        return self.raw(span).strip()

    def is_straight(self, span: Span) -> bool:
        """Whether no tab or the like before its end has shifted a field."""
        return not CONTROL.search(self.row, 0, span[1])

    def number(self, span: Span) -> int:
        """A field of digits; `Unreadable("bad_amount")` when it is cut off or holds anything else."""
        digits = self.raw(span).lstrip(" ")
        if not (digits.isascii() and digits.isdecimal() and self.is_straight(span)):
            raise Unreadable("bad_amount", self.line, value=self.text(span))
        return int(digits)

    def signed(self, span: Span) -> int:
        """A field of a sign and digits; a blank counts as plus."""
        size, sign = self.number((span[0] + 1, span[1])), self.raw((span[0], span[0]))
        if sign not in ("+", "-", " "):
            raise Unreadable("bad_amount", self.line, value=self.text(span))
        return -size if sign == "-" else size

    def total(self, span: Span) -> int:
        """A field of a trailer: without it nothing tells whether the file is whole."""
        try:
            return self.number(span)
        except Unreadable as error:
            raise incomplete(self.line) from error

    def day(self, span: Span, order: Order = "ymd") -> date:
        """A field that names a day; `Unreadable("bad_date")` when there is no such day."""
        try:
            return _day(self.text(span), order)
        except ValueError as error:
            raise Unreadable("bad_date", self.line, value=self.text(span)) from error


def records(content: bytes, width: int, seven_bit: str = "") -> list[Record]:
    """The lines that hold anything, at least `width` wide; one long line is cut into records.

    `seven_bit` are the letters that stand for the six brackets where a file knows no others.
    """
    text = _letters(content).strip(END_OF_FILE)
    if seven_bit and text.isascii():
        text = text.translate(str.maketrans("[\\]{|}", seven_bit))
    rows = re.split(r"\r\n|\r|\n", text)
    if len(rows) == 1 and len(text) > width:
        rows = [text[at : at + width] for at in range(0, len(text), width)]
    return [Record(row.ljust(width), at) for at, row in enumerate(rows, 1) if row.strip()]


def batches(
    rows: Iterable[Record], is_first: Callable[[Record], bool], is_last: Callable[[Record], bool]
) -> Iterator[list[Record]]:
    """Rows from one that opens to one that closes; `Unreadable` where either is missing."""
    batch: list[Record] = []
    for row in rows:
        if is_first(row) == bool(batch):
            raise incomplete(row.line)
        batch.append(row)
        if is_last(row):
            yield batch
            batch = []
    if batch:
        raise incomplete(batch[-1].line)


def once(batches: Iterable[list[Record]]) -> Iterator[list[Record]]:
    """Each batch when it first comes: what a file tells twice, word for word, happened once."""
    seen = set()
    for batch in batches:
        said = tuple(row.row.rstrip() for row in batch)
        if said not in seen:
            yield batch
        seen.add(said)


def groups(rows: Iterable[T], is_first: Callable[[T], bool]) -> Iterator[list[T]]:
    """Rows from one that opens until the next; what stands before the first is a group of its own."""
    group: list[T] = []
    for row in rows:
        if is_first(row) and group:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def reference(field: str) -> tuple[str, ...]:
    """The reference of a field that is filled up with zeros; none where it holds nothing else."""
    bare = field.lstrip("0") if field.isdecimal() else field
    return (bare,) if bare else ()


def incomplete(line: int | None = None, stated: int | str = "", found: int | str = "") -> Unreadable:
    """What to raise where lines are missing, by their number or at the end."""
    return Unreadable("statement_incomplete", line, stated=str(stated), found=str(found))


def _letters(content: bytes) -> str:
    """The text; old systems write å, ä, ö, æ and ø where newer ones have control characters."""
    is_dos = len(DOS_LETTERS.findall(content)) > len(LATIN_LETTERS.findall(content))
    return content.decode("cp850") if is_dos and b"\0" not in content else decode(content)


def _day(digits: str, order: Order) -> date:
    """The day that six or eight digits name; `ValueError` when there is none."""
    if not re.fullmatch("[0-9]{6}|[0-9]{8}", digits):
        raise ValueError(digits)
    if order == "dmy":
        digits = digits[4:] + digits[2:4] + digits[:2]
    year, month, day = int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])
    century = 0 if len(digits) == 8 else 1900 if year >= CENTURY_FROM else 2000
    return date(century + year, month, day)
