"""Tables in text files: CSV with any usual delimiter, encoding and heading row."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.documents import Reading
from storage.readers._columns import find_header
from storage.readers._source import Source, Unreadable
from storage.readers._tables import Line, read_table
from storage.readers._xml import looks_like_xml

DELIMITERS = (";", ",", "\t", "|")
DECLARED = re.compile(r"sep=(.)$", re.IGNORECASE)
"""A first line by which a spreadsheet program is told the delimiter."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
LONGEST_RECORD = 20
"""How many lines one quoted cell may run over before its quote is taken for a stray one."""

WIDEST = 200
LOOKED_AT = 60


def recognise(head: bytes) -> float:
    """Unsure of any text that is not XML: a table is known by its headings only."""
    return 0.1 if not looks_like_xml(head) and not CONTROL.search(decode(head)) else 0


def read(source: Source) -> Reading:
    """The invoices of the table."""
    lines = re.split(r"\r\n|\r|\n", decode(source.content))
    declared = DECLARED.fullmatch(lines[0].strip())
    first = 1 if declared else 0
    delimiter = declared[1] if declared else _delimiter(lines[:LOOKED_AT])
    if not delimiter:
        raise Unreadable("unknown_format")
    return read_table(list(_records(lines, first, delimiter)), source, "csv")


def decode(content: bytes) -> str:
    """The text, by its byte order mark, as UTF-8, or as Windows and older systems write it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content[1:2] == b"\0" and content[3:4] == b"\0":
        return content.decode("utf-16-le", "replace")
    if content[0:1] == b"\0" and content[2:3] == b"\0":
        return content.decode("utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(content):
            return content[: error.start].decode("utf-8-sig")
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _delimiter(lines: Sequence[str]) -> str:
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
    width = _width(lines[first : first + LOOKED_AT], delimiter)
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
