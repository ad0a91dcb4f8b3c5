"""Which column of a table means what, and what to ask where that is not plain."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.documents import Question
from storage.readers._amounts import decimal_sign, take_apart
from storage.readers._cells import Cell, Row, as_text
from storage.readers._dates import read_date
from storage.readers._headings import SETTLED, UNSETTLED, meaning
from storage.readers._source import Unreadable

CORE = {"number", "amount", "open", "due", "customer"}
ASKED = ("customer", "number", "amount", "open", "due")
"""Columns that are asked about rather than guessed."""

AMOUNTS = ("amount", "open", "paid", "net", "vat")
DATES = ("issued", "due", "delivered")
SEARCHED = 30
"""How many rows may stand above the headings."""

SAMPLES = 3
NUMBERLIKE = re.compile(r"(?=.*\d)[\w./ -]{1,30}")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand, which column means what, and what is not plain."""

    header: int
    columns: Mapping[str, int]
    questions: tuple[Question, ...] = ()


def layout(rows: Sequence[Sequence[Cell]], answers: Mapping[str, str]) -> Layout:
    """The layout of a table; `Unreadable` when it has no headings, or no column that could be meant."""
    header = find_header(rows, answers)
    if header is None:
        raise Unreadable("no_headings")
    headings = [as_text(cell) for cell in rows[header]]
    return Layout(header, *_assign(headings, rows[header + 1 :], answers))


def find_header(rows: Sequence[Sequence[Cell]], answers: Mapping[str, str] | None = None) -> int | None:
    """The row that names columns best, if any does."""
    answered = {a.casefold() for a in (answers or {}).values() if a}
    best, found = 0, None
    for index, row in enumerate(rows[:SEARCHED]):
        score = heading_score([as_text(cell) for cell in row], answered)
        if score > best:
            best, found = score, index
    return found


def heading_score(cells: Sequence[str], answered: Collection[str] = ()) -> int:
    """How much a row looks like headings; 0 when it cannot be."""
    meanings: dict[str, int] = {}
    for cell in cells:
        if (known := meaning(cell)) and known[1] > meanings.get(known[0], 0):
            meanings[known[0]] = known[1]
    chosen = sum(cell.casefold() in answered for cell in cells)
    if len(meanings) + chosen < 2 or not (CORE & meanings.keys() or chosen):
        return 0
    return sum(meanings.values()) + 2 * chosen


def fits(column: str, values: Sequence[Cell]) -> bool:
    """Whether most of a column's cells can be what the column is said to mean."""
    filled = [v for v in values if as_text(v)]
    test = _is_amount if column in AMOUNTS else _is_date if column in DATES else TESTS.get(column)
    return not test or not filled or 2 * sum(map(test, filled)) >= len(filled)


def _assign(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], answers: Mapping[str, str]
) -> tuple[dict[str, int], tuple[Question, ...]]:
    values = [[row[i] for row in rows[:200] if i < len(row)] for i in range(len(headings))]
    places = {heading.casefold(): i for i, heading in reversed(list(enumerate(headings)))}
    columns = {f: places[h.casefold()] for f, h in answers.items() if h and h.casefold() in places}
    offered: dict[str, list[tuple[int, int]]] = {}
    for at, heading in enumerate(headings):
        known = meaning(heading) if at not in columns.values() else None
        if known and known[0] not in answers and (known[1] == 2 or fits(known[0], values[at])):
            offered.setdefault(known[0], []).append((known[1], at))
    unsure: dict[str, list[int]] = {}
    for field, candidates in offered.items():
        chosen = _likeliest(field, candidates, values)
        if len(chosen) == 1 or field not in ASKED:
            columns[field] = max(chosen, key=lambda at: len(headings[at]))
        else:
            unsure[field] = chosen
    if "open" in columns:
        unsure.pop("amount", None)
    if "balance" in columns and "open" not in {*columns, *answers}:
        _settle_balance(columns, unsure, values)
    free = [i for i, h in enumerate(headings) if h and i not in columns.values()]
    unsure |= _missing(columns, unsure, free, values, answers)
    questions = tuple(_question(f, unsure[f], headings, values) for f in ASKED if f in unsure)
    return columns, questions


def _settle_balance(
    columns: dict[str, int], unsure: dict[str, list[int]], values: Sequence[Sequence[Cell]]
) -> None:
    """Tells what is left of each invoice from a balance that runs down the table; asks where it cannot."""
    if "due" not in columns:
        raise Unreadable("unsupported", name="bank statement")
    at = columns.pop("balance")
    if "amount" in columns and _never_exceeds(values[at], values[columns["amount"]]):
        columns["open"] = at
    else:
        unsure["open"] = [at]


def _never_exceeds(parts: Sequence[Cell], wholes: Sequence[Cell]) -> bool:
    sign = decimal_sign(cell for cell in (*parts, *wholes) if isinstance(cell, str))
    rows = [Row(0, pair, {"part": 0, "whole": 1}, sign) for pair in zip(parts, wholes, strict=False)]
    try:
        read = [(row.amount("part"), row.amount("whole")) for row in rows]
    except Unreadable:
        return False
    both = [(part[0], whole[0]) for part, whole in read if part and whole]
    return all(abs(part) <= abs(whole) and part * whole >= 0 for part, whole in both)


def _likeliest(field: str, candidates: list[tuple[int, int]], values: Sequence[Sequence[Cell]]) -> list[int]:
    """Of the columns that could be meant the surest ones, those alike in every cell counted once."""
    most = max(level for level, _ in candidates)
    named = [at for level, at in candidates if level == most]
    fitting = [at for at in named if fits(field, values[at])] or named
    distinct = {tuple(map(as_text, values[at])): at for at in reversed(fitting)}
    return sorted(distinct.values())


def _missing(
    columns: Mapping[str, int],
    unsure: Mapping[str, list[int]],
    free: Sequence[int],
    values: Sequence[Sequence[Cell]],
    answers: Mapping[str, str],
) -> dict[str, list[int]]:
    """Columns that no heading names though they are needed, and which could be meant."""
    known = {*columns, *unsure, *answers}
    missing: dict[str, list[int]] = {}
    for field in ("customer", "number", "amount"):
        if field in known or (field == "amount" and "open" in known):
            continue
        missing[field] = [at for at in free if any(map(as_text, values[at])) and fits(field, values[at])]
        if not missing[field]:
            raise Unreadable("missing_column", column=field)
    dated = [at for at in free if any(map(as_text, values[at])) and fits("due", values[at])]
    if "due" not in known and "terms" not in known and dated:
        missing["due"] = dated
    return missing


def _question(
    field: str, at: Sequence[int], headings: Sequence[str], values: Sequence[Sequence[Cell]]
) -> Question:
    sample = [next((as_text(v) for v in values[i] if as_text(v)), "") for i in at]
    return Question(field, tuple(headings[i] for i in at), tuple(sample))


def _is_amount(cell: Cell) -> bool:
    if isinstance(cell, str):
        try:
            take_apart(cell)
        except Unreadable:
            return bool(SETTLED.fullmatch(cell.strip()) or UNSETTLED.fullmatch(cell.strip()))
    return not isinstance(cell, date)


def _is_date(cell: Cell) -> bool:
    try:
        return isinstance(cell, date) or bool(read_date(as_text(cell)))
    except ValueError:
        return bool(re.fullmatch(r"\d{4}-\d\d?-\d\d?|\d\d?[./-]\d\d?[./-]\d{2,4}", as_text(cell)))


def _is_name(cell: Cell) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and "@" not in cell and not _is_date(cell)


def _is_numberlike(cell: Cell) -> bool:
    whole = not isinstance(cell, Decimal) or cell == cell.to_integral_value()
    return whole and bool(NUMBERLIKE.fullmatch(as_text(cell))) and not _is_date(cell)


TESTS = {"customer": _is_name, "number": _is_numberlike}
