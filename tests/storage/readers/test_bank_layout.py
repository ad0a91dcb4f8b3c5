"""The layout of a bank's list: where its headings stand, and when a table is no such list."""

from __future__ import annotations

import pytest

from storage.readers._bank_layout import bank_header, bank_layout

LINE = ["2026-11-02", "Café", "100,00", "100,00"]


def test_headings_are_found_under_what_a_bank_writes_above_them() -> None:
    rows = [["Kontoutdrag"], ["Konto", "123"], ["Bokföringsdag", "Text", "Belopp", "Saldo"], LINE]
    assert bank_header(rows) == 2
    found = bank_layout(rows)
    assert found
    assert found.columns == {"booked": 0, "text0": 1, "amount": 2, "balance": 3}


def test_money_in_and_out_in_columns_of_their_own_need_no_amount() -> None:
    found = bank_layout([["Dato", "Tekst", "Inn", "Ut", "Beløp"], ["02.11.2026", "x", "1,00", "", "1,00"]])
    assert found
    assert {"in", "out"} <= found.columns.keys()
    assert "amount" not in found.columns


@pytest.mark.parametrize(
    "headings",
    [
        ["Datum", "Text", "Belopp"],
        ["Text", "Belopp", "Saldo"],
        ["Bokföringsdag", "Text", "Saldo"],
        ["Bokföringsdag", "Kund", "Belopp", "Saldo"],
        ["Datum", "Text", "Debet", "Kredit"],
    ],
)
def test_a_table_without_a_day_an_amount_or_a_banks_own_column_is_no_list_of_a_bank(
    headings: list[str],
) -> None:
    assert bank_layout([headings, LINE[: len(headings)]]) is None


@pytest.mark.parametrize(
    ("amounts", "known"),
    [([("5,00", "5,00"), ("7,00", "7,00")], False), ([("5,00", "5,00"), ("7,00", "12,00")], True)],
)
def test_names_with_a_balance_are_a_banks_only_where_it_runs(
    amounts: list[tuple[str, str]], known: bool
) -> None:
    rows = [["Navn", "Dato", "Beløp", "Saldo"], *(["x", "02.11.2026", *pair] for pair in amounts)]
    assert (bank_layout(rows) is not None) is known


def test_an_answer_settles_which_amount_is_meant() -> None:
    rows = [["Booked", "Text", "Amount", "Belopp"], ["2026-11-02", "x", "1,00", "2,00"]]
    asked, told = bank_layout(rows), bank_layout(rows, {"amount": "belopp"})
    assert asked and asked.question
    assert told and told.question is None
    assert told.columns["amount"] == 3


def test_bare_lines_need_a_balance_that_runs_through_at_least_three() -> None:
    lines = [["2026-11-02", "a", "1,00", "1,00"], ["2026-11-03", "b", "2,00", "3,00"]]
    assert bank_layout(lines) is None
    assert bank_layout([*lines, ["2026-11-04", "c", "-1,00", "2,00"]])
