"""Payments from the rows of a bank's list, whatever file it came in."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bot.documents import Problem, Reading, Receipt
from storage.readers._amounts import decimal_sign
from storage.readers._bank_balance import Step, run
from storage.readers._bank_headings import currencies
from storage.readers._bank_layout import DAYS, BankLayout, bank_layout
from storage.readers._bank_rows import Entry, account_of, entry, is_passed_over
from storage.readers._cells import Cell, Row, as_text
from storage.readers._dates import month_comes_first
from storage.readers._headings import CURRENCY
from storage.readers._marks import Marks, made_of
from storage.readers._source import Source, Unreadable
from storage.readers._tables import Line

MONEY = ("amount", "in", "out", "balance")
THREE = re.compile(r"-?\d+\.\d\d0")
CERTAINLY_THREE = re.compile(r"-?(?:\d{4,}|0)\.\d{3}")
"""Amounts as one bank writes all of its own: a point and three decimals, the last of them nought."""

ENOUGH = 4_000
"""How many amounts tell the decimal sign of a file."""

LONG_ENOUGH = 12
"""Characters from which on a bank's own number for an entry is taken to come once only."""


@dataclass(slots=True)
class _Found:
    """The lines that could be read, the steps of their balance, and what was wrong with others.

    `headings`: where they come again, since two lists were joined.
    """

    entries: list[Entry] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)


def is_bank_table(lines: Sequence[Line]) -> bool:
    """Whether these are the rows of a bank's list."""
    return bank_layout([cells for _, cells in _filled(lines)]) is not None


def read_bank_table(lines: Sequence[Line], source: Source, format: str) -> Reading:
    """The payments that came in; a line that cannot be read is a problem and hides no other."""
    lines = _filled(lines)
    layout = bank_layout([cells for _, cells in lines], source.columns)
    if layout is None:
        raise Unreadable("no_headings", format=format)
    if layout.question:
        return Reading(questions=(layout.question,), format=format)
    try:
        found = _read(lines, layout, source)
        doubted = _check_balance(found, layout)
    except Unreadable as reason:
        reason.format = format
        raise
    if not found.entries and not found.problems:
        raise Unreadable("no_rows", format=format)
    receipts = tuple(_receipts([e for e in found.entries if e.line not in doubted], found.headings))
    through = max((e.day for e in found.entries), default=None)
    return Reading(receipts=receipts, problems=tuple(found.problems), format=format, through=through)


def _filled(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if any(map(as_text, line[1]))]


def _read(lines: Sequence[Line], layout: BankLayout, source: Source) -> _Found:
    headings = [as_text(cell) for cell in lines[layout.header][1]] if layout.header >= 0 else []
    likely = _likely(headings, layout, source)
    found = _Found()
    for row in _rows(lines[layout.header + 1 :], layout):
        if [as_text(cell) for cell in row.cells] == headings:
            found.headings.append(row.line)
            continue
        if is_passed_over(row):
            continue
        try:
            _check_width(row, len(headings))
            one = entry(row, likely)
        except Unreadable as reason:
            if reason.problem.code == "no_currency":
                raise
            found.problems.append(Problem(reason.problem.code, row.line, reason.problem.facts))
            found.steps.append(Step(row.line, Decimal(), None, account_of(row)))
            continue
        found.entries.append(one)
        found.steps.append(Step(row.line, one.amount.decimal, one.balance, one.account))
    return found


def _rows(lines: Sequence[Line], layout: BankLayout) -> Iterator[Row]:
    columns = layout.columns
    written = list(filter(None, _texts(lines, columns, MONEY)))
    if all(map(THREE.fullmatch, written)) and any(map(CERTAINLY_THREE.fullmatch, written)):
        lines = [(number, _two_decimals(cells, columns)) for number, cells in lines]
        written = [text[:-1] for text in written]
    sign = decimal_sign(written[:ENOUGH])
    american = any(month_comes_first(_texts(lines, columns, (name,))) for name in DAYS)
    return (Row(number, cells, columns, sign, american) for number, cells in lines)


def _two_decimals(cells: Sequence[Cell], columns: Mapping[str, int]) -> list[Cell]:
    places = {columns[name] for name in MONEY if name in columns}
    return [c[:-1] if at in places and isinstance(c, str) else c for at, c in enumerate(cells)]


def _texts(lines: Sequence[Line], columns: Mapping[str, int], names: Iterable[str]) -> Iterator[str]:
    places = [columns[name] for name in names if name in columns]
    return (c for at in places for _, cells in lines if at < len(cells) and isinstance(c := cells[at], str))


def _check_width(row: Row, width: int) -> None:
    """Refuses a line with a delimiter too many, or one that ends before its money does."""
    too_long = width and any(as_text(cell) for cell in row.cells[width:])
    last = max(at for name, at in row.columns.items() if name in (*MONEY, *DAYS, "currency", "side"))
    if too_long or last >= len(row.cells):
        raise Unreadable("broken_row", found=str(len(row.cells)), expected=str(width))


def _likely(headings: Sequence[str], layout: BankLayout, source: Source) -> tuple[str, ...]:
    """The currencies that may be meant: a heading's, the one at home, those of the bank's language.

    Where home and language do not go together there is none: it may be an account abroad.
    """
    places = [layout.columns[name] for name in ("amount", "in") if name in layout.columns]
    for heading in (headings[at] for at in places if headings):
        if named := CURRENCY.search(heading):
            return ("EUR" if named[2] else named[1].upper(),)
    home, spoken = source.currency.upper(), currencies(" ; ".join(headings))
    if not home or not spoken:
        return (home,) if home else spoken
    return (home, *(code for code in spoken if code != home)) if home in spoken else ()


def _check_balance(found: _Found, layout: BankLayout) -> set[int]:
    """The lines that lead to another balance; `Unreadable` where in and out cannot be told apart."""
    told = run(found.steps)
    if told.holds:
        found.problems += [Problem("balance_break", line) for line in told.broken]
        return set(told.broken)
    if told.tried and run(replace(step, amount=-step.amount) for step in found.steps).holds:
        raise Unreadable("unsupported", name="ledger")
    is_signed = {"out", "side"} & layout.columns.keys() or any(step.amount < 0 for step in found.steps)
    if told.tried and not is_signed:
        raise Unreadable("balance_break")
    found.problems += [Problem("balance_break")] if told.tried else []
    return set()


def _receipts(entries: Sequence[Entry], headings: Sequence[int]) -> Iterator[Receipt]:
    """What came in, each under the bank's own number for it, else under all that is known of it.

    What stands in two lists that were joined came once; what stands twice in one of them came twice.
    """
    ids = Counter((bisect(headings, each.line), each.id) for each in entries)
    marks: defaultdict[int, Marks] = defaultdict(Marks)
    several = len({each.account for each in entries}) > 1
    for each in entries:
        if each.amount.minor > 0:
            part = bisect(headings, each.line)
            unique = len(each.id) >= LONG_ENOUGH and ids[part, each.id] == 1
            made = (each.day, each.amount, each.balance, each.payer, each.text, each.id)
            yield Receipt(
                day=each.day,
                amount=each.amount,
                references=each.references,
                payer=each.payer,
                line=each.line,
                text=each.text,
                account=each.receiver if several else each.account or each.receiver,
                mark=marks[part].name(each.id if unique else made_of(*made)),
            )
