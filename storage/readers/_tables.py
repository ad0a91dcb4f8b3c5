"""Invoices from the rows of a table, whatever file it came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.documents import Document, Problem, Reading
from storage.readers._cells import Row, as_text
from storage.readers._columns import AMOUNTS, SEARCHED, Layout, layout
from storage.readers._headings import TOTALS
from storage.readers._invoices import home_currency, invoice
from storage.readers._source import Source, Unreadable, joined
from storage.readers._survey import Line, Survey, repeating, survey

__all__ = ["Line", "read_table", "table_parts"]

NEEDED = ("number", "customer", "amount", "open", "due")
TOP = SEARCHED + 201
"""How many rows show where the headings stand and what the columns mean."""
PART = 1_000
"""How many documents and problems one part of a reading holds."""
CELL = 50
"""About how many bytes a row of a spreadsheet has."""


def read_table(lines: Sequence[Line], source: Source, format: str) -> Reading:
    """All the documents of a table; a broken row is a problem with its line and hides no other."""
    return joined(table_parts(lines, source, format, CELL * len(lines)))


def table_parts(rows: Iterable[Line], source: Source, format: str, size: int) -> Iterator[Reading]:
    """The same in parts, of a table that is gone through several times and never held; `size` is in bytes."""
    top = list(islice(_filled(rows), TOP))
    try:
        found = layout([cells for _, cells in top], source.columns)
    except Unreadable as reason:
        reason.format = format
        raise
    if found.questions:
        yield Reading(questions=found.questions, format=format)
        return
    table = Table(rows, found, [as_text(cell) for cell in top[found.header][1]], source)
    anything = False
    for part in table.parts(size):
        anything = True
        yield replace(part, format=format)
    if not anything:
        raise Unreadable("no_rows", format=format)


@dataclass(slots=True)
class Table:
    """The rows of a table whose columns are known."""

    rows: Iterable[Line]
    layout: Layout
    headings: Sequence[str]
    source: Source
    known: Survey = field(default_factory=Survey)
    home: str = field(init=False)
    least: int = field(init=False)

    def __post_init__(self) -> None:
        columns = self.layout.columns
        self.home = home_currency(columns, self.headings, self.source)
        self.least = 1 + max(columns[name] for name in NEEDED if name in columns)

    def parts(self, size: int) -> Iterator[Reading]:
        """All of its documents and problems, some at a time; last those of numbers that repeat."""
        columns = self.layout.columns
        self.known = survey(self.body(), columns, size)
        left_out, repeated = self._repeats()
        documents: list[Document] = []
        problems: list[Problem] = []
        for row in self._filled():
            try:
                document = self._document(row)
                documents += [document] if row.line not in left_out else []
            except Unreadable as reason:
                problems.append(Problem(reason.problem.code, row.line, reason.problem.facts))
            if len(documents) + len(problems) >= PART:
                done = row.line / max(row.line, self.known.rows)
                yield Reading(tuple(documents), problems=tuple(problems), done=done)
                documents, problems = [], []
        if documents or problems or repeated:
            yield Reading(tuple(documents), problems=(*problems, *repeated))

    def body(self) -> Iterator[Line]:
        """The rows below the headings."""
        return islice(_filled(self.rows), self.layout.header + 1, None)

    def _filled(self) -> Iterator[Row]:
        """The rows that are about an invoice."""
        for line in self.body():
            row = self._row(line)
            if not _is_total(row) and not self._is_heading(row):
                yield row

    def _row(self, line: Line) -> Row:
        return Row(line[0], line[1], self.layout.columns, self.known.sign, self.known.american)

    def _is_heading(self, row: Row) -> bool:
        first = self.headings[0]
        return as_text(row.cells[0]) == first and [as_text(cell) for cell in row.cells] == self.headings

    def _document(self, row: Row) -> Document:
        found, expected = len(row.cells), len(self.headings)
        if found < self.least or (found > expected and any(map(as_text, row.cells[expected:]))):
            raise Unreadable("broken_row", found=str(found), expected=str(expected))
        return invoice(row, self.home, self.source.today)

    def _repeats(self) -> tuple[set[int], list[Problem]]:
        """Each number once: the same row again is left out, different rows of one number are all refused."""
        number = self.layout.columns.get("number", 0)
        left_out: set[int] = set()
        problems: list[Problem] = []
        for lines in repeating(self.body(), number, self.known.suspects):
            for alike in self._alike(lines):
                same = len({replace(document, line=None) for document in alike}) == 1
                left_out |= {d.line for d in (alike[1:] if same else alike) if d.line is not None}
                problems += [] if same else [_repeated(document) for document in alike]
        return left_out, problems

    def _alike(self, lines: Iterable[Line]) -> Iterator[list[Document]]:
        """The documents of some rows that have number and kind in common."""
        alike: dict[str, list[Document]] = defaultdict(list)
        for row in map(self._row, lines):
            try:
                document = None if _is_total(row) or self._is_heading(row) else self._document(row)
            except Unreadable:
                continue
            if document:
                alike[document.kind].append(document)
        return iter(alike.values())


def _filled(rows: Iterable[Line]) -> Iterator[Line]:
    """The rows that hold anything."""
    for line in rows:
        cells = line[1]
        if (cells and as_text(cells[0])) or any(map(as_text, cells)):
            yield line


def _repeated(document: Document) -> Problem:
    return Problem("repeated_number", document.line, {"number": document.number})


def _is_total(row: Row) -> bool:
    """A line that sums up others: it has no number, and says so or has nothing but amounts."""
    number = row.text("number")
    if number and not (number[0].isalpha() and TOTALS.fullmatch(number)):
        return False
    filled = {at for at, cell in enumerate(row.cells) if as_text(cell)}
    only_amounts = filled <= {row.columns[name] for name in AMOUNTS if name in row.columns}
    return only_amounts or any(TOTALS.fullmatch(as_text(cell)) for cell in row.cells)
