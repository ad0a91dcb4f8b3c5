"""Tables in Excel files."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from bot.documents import Reading
from storage.readers._bank_layout import bank_header
from storage.readers._bank_table import is_bank_table, read_bank_table
from storage.readers._cells import Cell
from storage.readers._columns import find_header
from storage.readers._source import Source, Unreadable
from storage.readers._tables import Line, read_table

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_FILES = 2_000
MOST_BYTES = 200 * 1024 * 1024
"""What a workbook may hold once unpacked."""

MOST_CELLS = 2_000_000
CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
FORMAT = "xlsx"


def recognise(head: bytes) -> float:
    """Sure of a zip archive that names a workbook's parts, less so of any other and of the old format."""
    if head.startswith(ZIP):
        return 0.7 if b"[Content_Types].xml" in head or b"xl/" in head else 0.3
    return 0.5 if head.startswith(OLD) else 0


def read(source: Source) -> Reading:
    """The invoices, or the payments of a bank's list, of the first visible sheet that has headings."""
    content = source.content
    sheets = _sheets(_unpacked_safely(content) if content.startswith(ZIP) else content)
    for rows in sheets:
        if bank_header(rows) is not None and is_bank_table(lines := _numbered(rows)):
            return read_bank_table(lines, source, FORMAT)
    best = next((rows for rows in sheets if find_header(rows, source.columns) is not None), None)
    if best is None:
        raise Unreadable("no_headings", format=FORMAT)
    return read_table(_numbered(best), source, FORMAT)


def _numbered(rows: Sequence[Sequence[Cell]]) -> list[Line]:
    return list(enumerate(rows, 1))


def _unpacked_safely(content: bytes) -> bytes:
    """The same archive stored anew, so that no part can grow beyond what its directory says."""
    copy = BytesIO()
    try:
        with ZipFile(BytesIO(content)) as archive, ZipFile(copy, "w") as stored:
            parts = archive.infolist()
            if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_BYTES:
                raise Unreadable("unsafe_zip", format=FORMAT)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    body = archive.read(part)
                    _check_extent(part.filename, body)
                    stored.writestr(part.filename, body)
    except RuntimeError as error:
        raise Unreadable("locked_file", format=FORMAT) from error
    except (BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as error:
        raise Unreadable("broken_spreadsheet", format=FORMAT) from error
    return copy.getvalue()


def _check_extent(name: str, body: bytes) -> None:
    """Refuses a sheet whose outermost cells span more than memory should hold, however few are filled."""
    if not name.startswith("xl/worksheets/"):
        return
    cells = [(match[1], int(match[2])) for match in CELL.finditer(body)]
    widest = max((_column(letters) for letters, _ in cells), default=0)
    deepest = max((row for _, row in cells), default=0)
    if widest * deepest > MOST_CELLS:
        raise Unreadable("unsafe_zip", format=FORMAT)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheets(content: bytes) -> list[list[list[Cell]]]:
    try:
        with CalamineWorkbook.from_object(BytesIO(content)) as book:
            names = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            tables = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]
    except PasswordError as error:
        raise Unreadable("locked_file", format=FORMAT) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("broken_spreadsheet", format=FORMAT) from error
    return [[_row(row) for row in table] for table in tables]


def _row(row: Sequence[object]) -> list[Cell]:
    return [_cell(value) for value in row]


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and isfinite(value):
        return Decimal(repr(value))
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)
