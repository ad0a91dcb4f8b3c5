"""Files that invoices come in: a module a format, found by its name, chosen by what the bytes look like.

A reader module offers `recognise(head) -> float` (how sure it is, 0 to 1, from the first bytes) and
`read(source) -> Reading`; where files may be of any size also `parts(source) -> Iterator[Reading]`.
Modules whose name begins with an underscore are shared parts, not readers.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from bot.documents import Document, Reading
from storage.readers._source import Source, Unreadable

__all__ = ["LIMIT", "PROBLEMS", "WHY_NOT", "Reader", "Unreadable", "identity", "parts", "read", "readers"]

LIMIT = 25 * 1024 * 1024
"""The largest file that is looked into, in bytes."""

HEAD = 64 * 1024
"""How much of a file a reader sees when asked whether it is its own, in bytes."""

PROBLEMS = (
    "ambiguous_amount",
    "ambiguous_date",
    "avtalegiro",
    "bad_amount",
    "bad_currency",
    "bad_date",
    "balance_break",
    "balances_only",
    "broken_pdf",
    "broken_row",
    "broken_spreadsheet",
    "broken_xml",
    "currency_conflict",
    "damaged_year",
    "empty_file",
    "far_date",
    "items_unknown",
    "locked_file",
    "missing_amount",
    "missing_buyer",
    "missing_column",
    "missing_number",
    "no_currency",
    "no_headings",
    "no_rows",
    "odd_decimal_sign",
    "repeated_number",
    "rounded_by_spreadsheet",
    "statement_differs",
    "statement_incomplete",
    "statement_wrong",
    "test_file",
    "too_big",
    "too_wide",
    "unknown_format",
    "unknown_xml",
    "unsafe_xml",
    "unsafe_zip",
    "unsupported",
)
"""Every `Problem.code` a reader gives; the voice has words for each."""

WHY_NOT = (
    "card_or_debit",
    "credit_note",
    "due_impossible",
    "factored",
    "mixed_means",
    "no_due_date",
    "nothing_due",
    "payment_request",
    "pdf",
    "pro_forma",
    "reminder",
    "self_billed",
    "statement",
    "totals_disagree",
    "type_unknown",
)
"""Every `Document.why_not` a reader gives."""


class Reader(Protocol):
    """What a module of this folder offers."""

    def recognise(self, head: bytes) -> float:
        """How sure it is, from 0 to 1, that a file beginning like this is its own."""

    def read(self, source: Source) -> Reading:
        """All that the file gives; `Unreadable` when it gives nothing."""


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader in this folder."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return tuple(cast(Reader, import_module(f"{__name__}.{name}")) for name in names)


def read(
    content: bytes,
    name: str = "",
    *,
    columns: Mapping[str, str] | None = None,
    currency: str = "",
    today: date | None = None,
    limit: int = LIMIT,
) -> Reading:
    """All that one file gives; what is wrong with it is in the problems, never raised.

    `columns` answers earlier questions (column → heading); `currency` holds where a table names none;
    `today`, when given, shows up dates too far ahead to be meant.
    """
    try:
        source = Source(content, name, dict(columns or {}), currency, today)
        return _reader(source, limit).read(source)
    except Unreadable as reason:
        return Reading(problems=(reason.problem,), format=reason.format)


def parts(path: Path, *, currency: str = "", today: date | None = None) -> Iterator[Reading]:
    """All that a file gives, some at a time where its format allows, so that it may be of any size.

    `Unreadable` when it gives nothing, be it that this shows only at its end.
    """
    source = Source(path=path, name=path.name, currency=currency, today=today)
    reader = _reader(source, sys.maxsize)
    if hasattr(reader, "parts"):
        yield from reader.parts(source)
        return
    _check_size(source, LIMIT)
    yield reader.read(replace(source, content=path.read_bytes(), path=None))


def _reader(source: Source, limit: int) -> Reader:
    """The reader that is surest of a file; `Unreadable` where none is, or it is too big or empty."""
    _check_size(source, limit)
    if not any(chunk.strip(b"\0 \t\r\n\xef\xbb\xbf") for chunk in source.chunks()):
        raise Unreadable("empty_file")
    head = source.head[:HEAD]
    sure, reader = max(((r.recognise(head), r) for r in readers()), key=lambda pair: pair[0])
    if not sure:
        raise Unreadable("unknown_format")
    return reader


def _check_size(source: Source, limit: int) -> None:
    if source.size > limit:
        raise Unreadable("too_big", size=_megabytes(source.size), limit=_megabytes(limit))


def identity(document: Document) -> tuple[str, str, str]:
    """What stays the same when a document comes again: whose it is, its number, its kind."""
    seller = document.seller.org_no or document.seller.name
    return "".join(seller.split()).casefold(), "".join(document.number.split()), document.kind


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB" if size >= 1024 * 1024 else f"{size / 1024:.0f} kB"
