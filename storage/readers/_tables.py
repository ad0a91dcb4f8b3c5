"""Invoices from the rows of a table, whatever file it came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.documents import Document, Problem, Reading
from storage.readers._amounts import decimal_sign
from storage.readers._cells import Cell, Row, as_text
from storage.readers._columns import AMOUNTS, DATES, Layout, layout
from storage.readers._dates import month_comes_first
from storage.readers._headings import TOTALS
from storage.readers._invoices import invoice
from storage.readers._source import Source, Unreadable

Line = tuple[int, Sequence[Cell]]
"""A row with the number its line has in the file."""

NEEDED = ("number", "customer", "amount", "open", "due")


def read_table(lines: Sequence[Line], source: Source, format: str) -> Reading:
    """All the documents of a table; a broken row is a problem with its line and hides no other."""
    lines = [line for line in lines if any(map(as_text, line[1]))]
    try:
        found = layout([cells for _, cells in lines], source.columns)
    except Unreadable as reason:
        reason.format = format
        raise
    if found.questions:
        return Reading(questions=found.questions, format=format)
    documents, problems = _documents(lines, found, source)
    documents, repeated = _without_repeats(documents)
    if not documents and not problems and not repeated:
        raise Unreadable("no_rows", format=format)
    return Reading(tuple(documents), problems=(*problems, *repeated), format=format)


def _documents(lines: Sequence[Line], found: Layout, source: Source) -> tuple[list[Document], list[Problem]]:
    headings = [as_text(cell) for cell in lines[found.header][1]]
    documents: list[Document] = []
    problems: list[Problem] = []
    for row in _rows(lines[found.header + 1 :], found):
        if [as_text(c) for c in row.cells] == headings or _is_total(row):
            continue
        try:
            _check_width(row, len(headings))
            documents.append(invoice(row, headings, source))
        except Unreadable as reason:
            problems.append(Problem(reason.problem.code, row.line, reason.problem.facts))
    return documents, problems


def _rows(lines: Sequence[Line], found: Layout) -> Iterator[Row]:
    amounts = [at for name in AMOUNTS if (at := found.columns.get(name)) is not None]
    days = [at for name in DATES if (at := found.columns.get(name)) is not None]
    sign = decimal_sign(_texts(lines, amounts))
    american = any(month_comes_first(_texts(lines, [at])) for at in days)
    return (Row(number, cells, found.columns, sign, american) for number, cells in lines)


def _texts(lines: Sequence[Line], columns: Iterable[int]) -> Iterator[str]:
    return (c for at in columns for _, cells in lines if at < len(cells) and isinstance(c := cells[at], str))


def _is_total(row: Row) -> bool:
    """A line that sums up others: it has no number, and says so or has nothing but amounts."""
    if row.text("number") and not TOTALS.fullmatch(row.text("number")):
        return False
    filled = {at for at, cell in enumerate(row.cells) if as_text(cell)}
    only_amounts = filled <= {row.columns[name] for name in AMOUNTS if name in row.columns}
    return only_amounts or any(TOTALS.fullmatch(as_text(cell)) for cell in row.cells)


def _check_width(row: Row, width: int) -> None:
    too_long = any(as_text(cell) for cell in row.cells[width:])
    last = max(row.columns[name] for name in NEEDED if name in row.columns)
    if too_long or last >= len(row.cells):
        raise Unreadable("broken_row", found=str(len(row.cells)), expected=str(width))


def _without_repeats(documents: Sequence[Document]) -> tuple[list[Document], list[Problem]]:
    """Each number once: the same row again is dropped, different rows of one number are all refused."""
    alike: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents:
        alike[document.kind, document.number].append(document)
    kept: list[Document] = []
    problems: list[Problem] = []
    for (_, number), same in alike.items():
        if len({replace(document, line=None) for document in same}) == 1:
            kept.append(same[0])
        else:
            problems += [Problem("repeated_number", document.line, {"number": number}) for document in same]
    return kept, problems
