"""Tables: every right row comes through, every wrong one is named by its line."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents import Reading
from bot.money import Money
from storage.readers import read

NOK_5 = Money(500, "NOK")


def table(headings: str, *rows: str, currency: str = "NOK", today: date | None = None) -> Reading:
    return read("\n".join((headings, *rows)).encode(), currency=currency, today=today)


def codes(reading: Reading) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in reading.problems]


BASE = "Kunde;Fakturanr;Fakturadato;Forfall;Beløp"
ROW = "Mogens;1001;01.10.2026;31.10.2026;5,00"


def test_totals_and_repeated_headings_are_no_invoices() -> None:
    reading = table(BASE, ROW, BASE, ";;;;5,00", "Sum;;;;5,00", "Totalt 1 faktura;;;;5,00")
    assert len(reading.documents) == 1
    assert not reading.problems


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ROW.replace("1001", ""), "missing_number"),
        (ROW.replace("Mogens", ""), "missing_buyer"),
        (ROW.replace("5,00", ""), "missing_amount"),
        (ROW.replace("5,00", "fem"), "bad_amount"),
        (ROW.replace("31.10.2026", "31.11.2026"), "bad_date"),
        (ROW.replace("1001", "1,2E+15"), "rounded_by_spreadsheet"),
        (ROW.replace("5,00", "1.250"), "ambiguous_amount"),
        (ROW + ";more;and more", "broken_row"),
    ],
)
def test_a_row_that_lacks_or_garbles_something_is_a_problem_with_its_line(row: str, code: str) -> None:
    assert codes(table(BASE, row)) == [(code, 2)]


def test_one_number_on_different_rows_is_refused_and_the_same_row_twice_is_one() -> None:
    different = table(BASE, ROW, ROW.replace("5,00", "6,00"))
    assert not different.documents
    assert codes(different) == [("repeated_number", 2), ("repeated_number", 3)]
    assert len(table(BASE, ROW, ROW).documents) == 1


def test_a_day_in_a_distant_year_is_taken_for_a_slip() -> None:
    far = ROW.replace("31.10.2026", "31.10.2062")
    assert codes(table(BASE, far, today=date(2026, 11, 3))) == [("far_date", 2)]
    assert len(table(BASE, far).documents) == 1


def test_american_dates_are_never_guessed() -> None:
    reading = table(
        BASE,
        ROW.replace("31.10.2026", "10/31/2026"),
        ROW.replace("1001", "1002").replace("31.10.2026", "10/11/2026"),
    )
    assert codes(reading) == [("bad_date", 2), ("ambiguous_date", 3)]
