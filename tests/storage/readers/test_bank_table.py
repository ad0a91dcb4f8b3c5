"""Payments from the rows of a bank's list: what it is, what it asks, and a bank of three decimals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from bot.money import Money
from storage.readers._bank_table import is_bank_table, read_bank_table
from storage.readers._cells import Cell
from storage.readers._source import Source, Unreadable

HOME = Source(b"", currency="SEK")
HEADINGS = ["Bokföringsdag", "Text", "Belopp", "Saldo"]


def lines(*rows: Sequence[Cell]) -> list[tuple[int, Sequence[Cell]]]:
    return list(enumerate(rows, 1))


def test_cells_of_a_workbook_are_read_as_they_are() -> None:
    table = lines(HEADINGS, [date(2026, 11, 2), "Café", Decimal("1250.5"), Decimal(2250)])
    assert is_bank_table(table)
    (found,) = read_bank_table(table, HOME, "xlsx").receipts
    assert (found.amount, found.day, found.line) == (Money(125_050, "SEK"), date(2026, 11, 2), 2)


def test_three_decimals_that_end_in_nought_are_two_where_all_are_written_so() -> None:
    table = lines(
        HEADINGS, ["2026-11-02", "a", "50.000", "1250.000"], ["2026-11-01", "b", "7.500", "1200.000"]
    )
    assert [r.amount.minor for r in read_bank_table(table, HOME, "bank_csv").receipts] == [5_000, 750]
    unsure = lines(HEADINGS[:3], ["2026-11-02", "a", "50.000"])
    assert [p.code for p in read_bank_table(unsure, HOME, "bank_csv").problems] == ["ambiguous_amount"]


def test_headings_alone_are_no_rows() -> None:
    with pytest.raises(Unreadable) as refused:
        read_bank_table(lines(HEADINGS), HOME, "bank_csv")
    assert refused.value.problem.code == "no_rows"
