"""Tables in text files: CSV with any usual delimiter, encoding and heading row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents import Problem, Reading
from storage.readers._columns import find_header
from storage.readers._lines import Rows, stump
from storage.readers._source import Source, Unreadable, joined
from storage.readers._tables import table_parts
from storage.readers._text import Text, decode
from storage.readers._xml import looks_like_xml

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
FORMAT = "csv"


def recognise(head: bytes) -> float:
    """Unsure of any text that is not XML: a table is known by its headings only."""
    return 0.1 if not looks_like_xml(head) and not CONTROL.search(decode(head)) else 0


def read(source: Source) -> Reading:
    """The invoices of the table."""
    return joined(parts(source))


def parts(source: Source) -> Iterator[Reading]:
    """The invoices of the table, some at a time."""
    text = Text.of(source)
    rows = Rows(text.open, find_header)
    if not rows.delimiter:
        raise Unreadable("unknown_format")
    rows.ends = stump(rows, text.end, find_header)
    yield from table_parts(rows, source, FORMAT, source.size)
    if rows.ends:
        yield Reading(problems=(Problem("broken_row", rows.ends),), format=FORMAT)
