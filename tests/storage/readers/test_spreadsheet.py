"""Excel: real dates and numbers, and archives that only look small."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from bot.money import Money
from storage.readers import read

Make = Callable[..., bytes]
OWN = Path(__file__).resolve().parents[2] / "samples" / "xlsx" / "nb.xlsx"
HEADINGS = ["Kunde", "Fakturanr", "Forfall", "Beløp", "Valuta", "KID"]


def test_a_workbook_gives_its_invoices() -> None:
    reading = read(OWN.read_bytes())
    assert [d.number for d in reading.documents] == ["1001", "1002", "1003", "1004"]
    assert [d.amount for d in reading.documents] == [
        Money(m, "NOK") for m in (1_250_050, 250_000, 99_990, 25_000)
    ]
    assert reading.documents[0].due == date(2026, 10, 31)
    assert reading.documents[0].line == 2


def test_the_noise_of_binary_fractions_is_no_amount(make_book: Make) -> None:
    book = make_book([HEADINGS, ["Mogens", 1001, 46329.0, 0.1 + 0.2, "DKK", "1"]])
    assert [d.amount for d in read(book).documents] == [Money(30, "DKK")]


def test_a_reference_that_the_spreadsheet_rounded_is_refused(make_book: Make) -> None:
    book = make_book([HEADINGS, ["Mogens", 1001, 46329.0, 5, "DKK", 12345678901234567.0]])
    assert [(p.code, p.line) for p in read(book).problems] == [("rounded_by_spreadsheet", 2)]


def test_a_title_and_blank_rows_above_keep_the_row_numbers(make_book: Make) -> None:
    book = make_book([["Åpne poster"], [], HEADINGS, ["Mogens", "A-1", "2026-02-30", 5, "DKK", "1"]])
    assert [(p.code, p.line) for p in read(book).problems] == [("bad_date", 4)]


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for part in range(3):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b" " * 80_000_000)
    assert [p.code for p in read(content.getvalue()).problems] == ["unsafe_zip"]


def test_two_cells_at_the_far_corners_are_refused_before_they_fill_memory(make_book: Make) -> None:
    book = BytesIO(make_book([HEADINGS]))
    corner = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    copy = BytesIO()
    with ZipFile(book) as archive, ZipFile(copy, "w") as changed:
        for name in archive.namelist():
            body = archive.read(name).decode()
            changed.writestr(name, body.replace("<sheetData>", corner.removesuffix("</sheetData>")))
    assert [p.code for p in read(copy.getvalue()).problems] == ["unsafe_zip"]


def test_a_zip_that_is_no_workbook_is_broken() -> None:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert [p.code for p in read(content.getvalue()).problems] == ["broken_spreadsheet"]


def test_an_old_binary_file_that_is_damaged_is_broken() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert [p.code for p in read(content).problems] == ["broken_spreadsheet"]


def test_a_sheet_without_headings_says_so(make_book: Make) -> None:
    assert [p.code for p in read(make_book([["a", "b"], [1, 2]])).problems] == ["no_headings"]
