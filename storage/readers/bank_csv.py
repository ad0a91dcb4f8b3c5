"""Payments in text files: the lists that Nordic banks export, known by their headings or by their balance."""

from __future__ import annotations

from dataclasses import replace

from bot.documents import Reading
from storage.readers._bank_layout import bank_header
from storage.readers._bank_table import is_bank_table, read_bank_table
from storage.readers._lines import cut, without_stump
from storage.readers._source import Source, Unreadable
from storage.readers._text import decode
from storage.readers._xml import looks_like_xml
from storage.readers.delimited import CONTROL

FORMAT = "bank_csv"


def recognise(head: bytes) -> float:
    """Fairly sure of lines with a bank's headings, or with a balance that runs through them."""
    text = decode(head)
    if looks_like_xml(head) or CONTROL.search(text):
        return 0
    try:
        return 0.6 if is_bank_table(cut(text, bank_header)) else 0
    except Unreadable:
        return 0


def read(source: Source) -> Reading:
    """The payments of the list."""
    text = decode(source.content)
    lines, stump = without_stump(text, cut(text, bank_header), bank_header)
    reading = read_bank_table(lines, source, FORMAT)
    return replace(reading, problems=(*reading.problems, *stump))
