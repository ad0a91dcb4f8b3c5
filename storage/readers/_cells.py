"""One row of a table: its cells by what their columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.readers._amounts import Sign, bad, read_amount
from storage.readers._dates import from_serial, read_date
from storage.readers._source import Unreadable

Cell = str | Decimal | date
"""A cell as its file holds it; one from a spreadsheet may be a number or a date already."""

SCIENTIFIC = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
EXACT = 10**15
"""From here on a spreadsheet's numbers lose their last digits."""

CENT = Decimal("0.01")
NOISE = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, the columns they stand in, and what holds for the whole file."""

    line: int
    cells: Sequence[Cell]
    columns: Mapping[str, int]
    sign: Sign | None = None
    american: bool = False

    def cell(self, column: str) -> Cell:
        """The cell of a column; the empty string where there is none."""
        at = self.columns.get(column)
        return "" if at is None or at >= len(self.cells) else self.cells[at]

    def cells_of(self, columns: Iterable[str]) -> list[Cell]:
        """The cells of several columns."""
        at, cells, width = self.columns.get, self.cells, len(self.cells)
        return [cells[i] if (i := at(column, width)) < width else "" for column in columns]

    def text(self, column: str) -> str:
        """What a cell says, blanks trimmed."""
        at = self.columns.get(column)
        return "" if at is None or at >= len(self.cells) else as_text(self.cells[at])

    def code(self, column: str) -> str:
        """A number that names something; `Unreadable` where a spreadsheet has rounded it."""
        cell = self.cell(column)
        if isinstance(cell, str) and (not cell or cell.isalnum()):
            return cell
        lost = abs(cell) >= EXACT if isinstance(cell, Decimal) else SCIENTIFIC.fullmatch(as_text(cell))
        if lost:
            raise Unreadable("rounded_by_spreadsheet", value=as_text(cell)[:40], column=column)
        return as_text(cell)

    def amount(self, column: str) -> tuple[Decimal, str] | None:
        """An amount and its currency mark; none where the cell is empty."""
        cell = self.cell(column)
        if isinstance(cell, str):
            return None if not cell or cell.isspace() else read_amount(cell, self.sign)
        if isinstance(cell, date):
            raise bad(as_text(cell))
        return _to_cents(cell), ""

    def day(self, column: str) -> date | None:
        """A date; none where the cell is empty, `Unreadable` where it is no date or could be two."""
        cell = self.cell(column)
        if not cell or isinstance(cell, date) or not as_text(cell):
            return cell if isinstance(cell, date) else None
        try:
            day = from_serial(float(cell)) if isinstance(cell, Decimal) else read_date(cell)
        except (ValueError, OverflowError) as error:
            raise Unreadable("bad_date", value=as_text(cell)[:40]) from error
        if self.american and isinstance(cell, str) and "/" in cell and day.day <= 12 and day.day != day.month:
            raise Unreadable("ambiguous_date", value=cell[:40])
        return day


def as_text(cell: Cell) -> str:
    """A cell as text: a whole number without its point, a date in ISO form."""
    if isinstance(cell, str):
        return " ".join(cell.split()) if cell else ""
    if isinstance(cell, Decimal):
        return str(int(cell)) if cell == cell.to_integral_value() else str(cell)
    return cell.isoformat()


def _to_cents(number: Decimal) -> Decimal:
    """A spreadsheet's number without the noise of its binary fraction."""
    if not abs(number) < EXACT:
        raise bad(str(number))
    rounded = number.quantize(CENT)
    if abs(rounded - number) > NOISE:
        raise bad(str(number))
    return rounded
