"""Reports on the desk: files that list what is owed, and in which nobody's words are a formula."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.invoices import outstanding
from bot.money import Money
from bot.parties import LANGUAGES
from handlers.desk import handouts
from handlers.desk.reports import REPORTS, file
from storage.readers import read
from tests.handlers.talk import MORNING, Talk
from tests.handlers.test_reports import sell

TODAY = MORNING.date()


def test_the_first_sheet_lists_every_open_invoice_and_a_name_is_never_a_formula(talk: Talk) -> None:
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("kuusi"), name='=HYPERLINK("http://x","Kuusi")'))
        sell(books, "-2003", Money.of("12.34", "SEK"), 3, "kuusi")
        file = handouts.found("report.ageing.xlsx", books)
        table = handouts.found("report.ageing.csv", books)
        owed = sum(i.amount.minor - i.paid.minor for i in books.invoices.open())
    assert file and table
    sheet = load_workbook(BytesIO(file.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert round(sum(float(str(row[6])) for row in rows) * 100) == owed
    (cell,) = [row[0] for row in sheet.iter_rows(min_row=2) if row[1].value == "-2003"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert "\ufeffCustomer;Invoice;Issued;" in table.content.decode()
    written = next(
        r for r in csv.reader(StringIO(table.content.decode("utf-8-sig")), delimiter=";") if "12.34" in r
    )
    assert written[:2] == ['\'=HYPERLINK("http://x","Kuusi")', "'-2003"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_reader_reads_the_list_that_was_given_away(language: str, home: Path) -> None:
    talk = Talk.about(home, language=language)
    with talk.books() as books:
        file = handouts.found("report.ageing.csv", books)
        owed = {(i.number, i.due, outstanding(i)) for i in books.invoices.open()}
    assert file
    reading = read(file.content, file.name, today=TODAY)
    assert {(d.number, d.due, d.amount) for d in reading.documents} == owed


@pytest.mark.parametrize("name", REPORTS)
def test_every_file_is_made_anew_by_its_name(name: str, talk: Talk) -> None:
    with talk.books() as books:
        for ending in ("1.png", "xlsx", "csv"):
            made = file(f"{name}.{ending}", books)
            assert made and made.name.endswith(f"2026-11-25.{ending.removeprefix('1.')}") and made.content
        assert file(f"{name}.2.png", books) is None


def test_the_workbook_of_all_has_every_table_under_a_name_of_its_own(talk: Talk) -> None:
    with talk.books() as books:
        made = file("all.xlsx", books)
    assert made
    names = load_workbook(BytesIO(made.content)).sheetnames
    assert names == ["Owed by age", "Sums", "Money to expect", "Days sales outstanding", "Letters"]
