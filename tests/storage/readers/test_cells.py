"""Cells: text from a text file, numbers and dates from a spreadsheet, read alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from storage.readers._cells import Cell, Row, as_text
from storage.readers._source import Unreadable


def row(cell: Cell, american: bool = False) -> Row:
    return Row(2, (cell,), {"here": 0}, ",", american)


def test_a_cell_of_a_column_that_is_not_there_is_empty() -> None:
    assert row("x").text("elsewhere") == ""
    assert row("x").amount("elsewhere") is None
    assert row("x").day("elsewhere") is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Decimal("1001.0"), "1001"),
        (Decimal("1.5"), "1.5"),
        (date(2026, 11, 3), "2026-11-03"),
        ("  a \n b ", "a b"),
    ],
)
def test_every_cell_has_a_plain_text(cell: Cell, text: str) -> None:
    assert as_text(cell) == text


@pytest.mark.parametrize("cell", ["2026-11-03", Decimal("46329"), date(2026, 11, 3)])
def test_a_day_is_a_day_whatever_holds_it(cell: Cell) -> None:
    assert row(cell).day("here") == date(2026, 11, 3)


@pytest.mark.parametrize("cell", [Decimal(5), Decimal("1e308"), "soon"])
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="bad_date"):
        row(cell).day("here")


def test_in_an_american_column_only_the_days_that_could_be_two_are_refused() -> None:
    assert row("5/5/2026", american=True).day("here") == date(2026, 5, 5)
    with pytest.raises(Unreadable, match="ambiguous_date"):
        row("3/4/2026", american=True).day("here")


def test_a_number_is_an_amount_to_the_cent() -> None:
    assert row(Decimal("0.30000000000000004")).amount("here") == (Decimal("0.30"), "")


@pytest.mark.parametrize("cell", [Decimal("1.005"), Decimal("1e20"), date(2026, 11, 3)])
def test_what_is_no_amount_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="bad_amount"):
        row(cell).amount("here")


@pytest.mark.parametrize("cell", [Decimal("1234567890123456"), "1,23457E+15", "1.2E15"])
def test_a_code_that_lost_its_last_digits_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="rounded_by_spreadsheet"):
        row(cell).code("here")
