"""Tables in text files: CSV with any usual delimiter, encoding and heading row."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.documents import Reading
from storage.readers._columns import find_header
from storage.readers._lines import cut, without_stump
from storage.readers._source import Source, Unreadable
from storage.readers._tables import read_table
from storage.readers._xml import looks_like_xml

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
OF_DOS = re.compile("[a-zA-Z](?:[\u2020\u203a\u201a]|[\u201e\u201d\u2018][a-zA-Z])")
"""Nordic letters of DOS as they look when taken for those of Windows."""

NORDIC = re.compile("[åäöæøÅÄÖÆØ]")


def recognise(head: bytes) -> float:
    """Unsure of any text that is not XML: a table is known by its headings only."""
    return 0.1 if not looks_like_xml(head) and not CONTROL.search(decode(head)) else 0


def read(source: Source) -> Reading:
    """The invoices of the table."""
    text = decode(source.content)
    lines, stump = without_stump(text, cut(text, find_header), find_header)
    if not lines:
        raise Unreadable("unknown_format")
    reading = read_table(lines, source, "csv")
    return replace(reading, problems=(*reading.problems, *stump))


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
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return content.decode("cp850") if OF_DOS.search(text) and not NORDIC.search(text) else text
