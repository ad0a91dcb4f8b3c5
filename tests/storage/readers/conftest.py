"""Files for the readers' tests: our own samples, the shared ones, and workbooks made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[3]
OWN = ROOT / "tests" / "samples"
SHARED = ROOT.parent / "shared" / "samples"

Cell = str | int | float | None
MakeBook = Callable[[Sequence[Sequence[Cell]]], bytes]

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
    ' Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}"'
    ' Target="{target}"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Poster" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


@pytest.fixture(scope="session")
def own() -> Path:
    """Our own samples."""
    return OWN


@pytest.fixture(scope="session")
def shared() -> Path:
    """The samples beside the checkout; skips where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("no shared samples beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def make_book() -> MakeBook:
    """Makes a workbook of one sheet from rows of cells; `None` leaves a cell out."""
    return book_of


def book_of(rows: Sequence[Sequence[Cell]]) -> bytes:
    """The bytes of a minimal workbook."""
    body = "".join(map(_row, range(1, len(rows) + 1), rows))
    return pack(f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>')


def pack(sheet: str) -> bytes:
    """A workbook around the XML of its one sheet."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATION.format(type="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", RELATION.format(type="worksheet", target="worksheets/sheet1.xml")
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return content.getvalue()


def _row(number: int, cells: Sequence[Cell]) -> str:
    places = (f"{chr(65 + at)}{number}" for at in range(len(cells)))
    return f'<row r="{number}">{"".join(map(_cell, places, cells))}</row>'


def _cell(place: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'
