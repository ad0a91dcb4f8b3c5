"""Which column of a bank's list is what, with headings or without, and what to ask where it is not plain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.documents import Question
from storage.readers._amounts import decimal_sign
from storage.readers._bank_balance import Step, run
from storage.readers._bank_headings import MARKS, OF_BOOKS, column_of, is_foreign
from storage.readers._cells import Cell, Row, as_text
from storage.readers._columns import SEARCHED, fits
from storage.readers._source import Unreadable

DAYS = ("booked", "date", "executed", "value")
"""Columns that tell a payment's day, the bank's own first."""

SEVERAL = ("text", "reference", "sender")
"""Columns that may stand more than once, each with words of its own."""

LOOKED_AT = 200
"""How many rows decide what a table is."""

PROVEN = 2
"""How many steps of the balance prove what the columns of a list without headings are."""

NARROWEST, WIDEST = 4, 8
"""How many columns a list without headings may have."""

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class BankLayout:
    """Where the headings stand, -1 if nowhere, and the columns by name; of some there may be several."""

    header: int
    columns: Mapping[str, int]
    amounts: tuple[int, ...] = ()
    question: Question | None = None


def bank_layout(rows: Rows, answers: Mapping[str, str] | None = None) -> BankLayout | None:
    """The layout of a bank's list; none where the table is no such list."""
    header = bank_header(rows)
    if header is None:
        return _without_headings(rows[:LOOKED_AT])
    headings = [as_text(cell) for cell in rows[header]]
    below = rows[header + 1 :][:LOOKED_AT]
    found = _assigned(header, headings, answers or {})
    if not _is_bank_by_rows(found, below):
        return None
    return _settled(found, headings, below)


def bank_header(rows: Rows) -> int | None:
    """The row that names the columns of a bank's list best, if any does."""
    scores = [(_score([as_text(cell) for cell in row]), -at) for at, row in enumerate(rows[:SEARCHED])]
    best, at = max(scores, default=(0, 0))
    return -at if best else None


def _score(cells: Sequence[str]) -> int:
    """How much a row looks like a bank's headings; 0 when it cannot be."""
    if any(is_foreign(cell) for cell in cells):
        return 0
    named = {known[0] for cell in cells if (known := column_of(cell))}
    both = {"in", "out"} <= named
    is_told = both and not any(OF_BOOKS.search(cell.casefold()) for cell in cells)
    if not named & set(DAYS) or not ("amount" in named or both) or not (is_told or named & MARKS):
        return 0
    return len(named)


def _assigned(header: int, headings: Sequence[str], answers: Mapping[str, str]) -> BankLayout:
    places: dict[str, list[tuple[int, int]]] = {}
    for at, heading in enumerate(headings):
        if known := column_of(heading):
            places.setdefault(known[0], []).append((known[1], at))
    sure = {name: [at for level, at in at_all if level == max(at_all)[0]] for name, at_all in places.items()}
    amounts = tuple(sure.pop("amount", ()))
    chosen = [
        at for at, h in enumerate(headings) if h.casefold() == answers.get("amount", "").casefold() != ""
    ]
    amounts = tuple(chosen[:1]) or (() if {"in", "out"} <= sure.keys() else amounts)
    columns = {name: at[0] for name, at in sure.items() if name not in SEVERAL}
    if amounts:
        columns = {n: at for n, at in columns.items() if n not in ("in", "out")} | {"amount": amounts[0]}
    several = {f"{name}{n}": at for name in SEVERAL for n, at in enumerate(sure.get(name, ()))}
    return BankLayout(header, columns | several, amounts)


def _is_bank_by_rows(found: BankLayout, below: Rows) -> bool:
    """A list of names with a balance could be one of debtors: the balance must run, or money go out."""
    doubtful = {"name", "balance", "amount"} <= found.columns.keys() and not (
        ((MARKS - {"balance"}) | {"sender0"}) & found.columns.keys()
    )
    if not doubtful:
        return True
    steps = steps_of(found, below)
    return run(steps).holds or any(step.amount < 0 for step in steps)


def _settled(found: BankLayout, headings: Sequence[str], below: Rows) -> BankLayout:
    """The layout with one amount: of several the one that the balance follows, else a question."""
    cells = {at: [as_text(row[at]) for row in below if at < len(row)] for at in found.amounts}
    distinct = list({tuple(cells[at]): at for at in reversed(found.amounts)}.values())[::-1]
    fitting = [at for at in distinct if fits("amount", cells[at])] or distinct
    proven = [at for at in fitting if run(steps_of(_with_amount(found, at), below)).holds]
    left = proven if len(proven) == 1 else fitting
    if len(left) <= 1:
        return _with_amount(found, left[0]) if left else found
    sample = tuple(next(filter(None, cells[at]), "") for at in left)
    return replace(found, question=Question("amount", tuple(headings[at] for at in left), sample))


def _with_amount(found: BankLayout, at: int) -> BankLayout:
    return replace(found, columns={**found.columns, "amount": at}, amounts=(at,))


def steps_of(found: BankLayout, below: Rows) -> list[Step]:
    """The lines as steps of the balance, as far as they can be read."""
    if not {"amount", "balance"} <= found.columns.keys():
        return []
    both = (found.columns["amount"], found.columns["balance"])
    sign = decimal_sign(c for row in below for at in both if at < len(row) and isinstance(c := row[at], str))
    steps = []
    for at, cells in enumerate(below):
        row = Row(at, cells, found.columns, sign)
        try:
            amount, balance = row.amount("amount"), row.amount("balance")
        except Unreadable:
            continue
        if amount:
            steps.append(Step(at, amount[0], balance[0] if balance else None, row.text("account")))
    return steps


def _without_headings(rows: Rows) -> BankLayout | None:
    """The layout of a list of bare lines, where a balance that runs through all of them proves it."""
    filled = [row for row in rows if any(map(as_text, row))]
    width = max((len(row) for row in filled), default=0)
    if not NARROWEST <= width <= WIDEST or any(len(row) != width for row in filled):
        return None
    values = [[row[at] for row in filled] for at in range(width)]
    days = [at for at in range(width) if _all(values[at], "due")]
    amounts = [at for at in range(width) if at not in days and _all(values[at], "amount")]
    if not days or len(amounts) != 2:
        return None
    columns = {"date": days[0], "amount": amounts[0], "balance": amounts[1]}
    texts = [at for at in range(width) if at not in (*days, *amounts)]
    columns |= {f"text{n}": at for n, at in enumerate(texts)}
    found = BankLayout(-1, columns, (amounts[0],))
    proof = run(steps_of(found, filled))
    return found if proof.tried >= PROVEN and not proof.broken else None


def _all(cells: Sequence[Cell], kind: str) -> bool:
    """Whether every cell is filled with what could be meant, and not with bare numbers alone."""
    if not all(map(as_text, cells)) or not all(fits(kind, [cell]) for cell in cells):
        return False
    return kind != "amount" or any(not isinstance(c, str) or not c.strip("-").isdigit() for c in cells)
