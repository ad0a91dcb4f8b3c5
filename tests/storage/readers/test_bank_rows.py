"""One line of a bank's list: day, sign, currency, payer, and the account it came to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.money import Money
from storage.readers._bank_rows import Entry, entry, is_passed_over, moved
from storage.readers._cells import Row
from storage.readers._source import Unreadable


def row(**cells: str) -> Row:
    return Row(7, list(cells.values()), {name: at for at, name in enumerate(cells)})


def read(likely: tuple[str, ...] = ("SEK",), **cells: str) -> Entry:
    return entry(row(**{"booked": "2026-11-02", "amount": "1,00"} | cells), likely)


def test_the_banks_day_comes_before_the_day_the_interest_runs_from() -> None:
    assert read(value="2026-11-09").day == date(2026, 11, 2)
    assert read(booked="", value="2026-11-09").day == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("cells", "amount"),
    [
        ({"amount": "-5,00"}, -5),
        ({"amount": "5,00", "side": "K"}, 5),
        ({"amount": "5,00", "side": "Debet"}, -5),
        ({"in": "5,00", "out": ""}, 5),
        ({"in": "", "out": "-5,00"}, -5),
        ({"in": "0,00", "out": "5,00"}, -5),
    ],
)
def test_what_came_and_what_went(cells: dict[str, str], amount: int) -> None:
    assert moved(row(**cells))[0] == Decimal(amount)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"amount": ""}, "missing_amount"),
        ({"in": "", "out": ""}, "missing_amount"),
        ({"in": "1,00", "out": "1,00"}, "bad_amount"),
        ({"in": "-1,00", "out": ""}, "bad_amount"),
        ({"amount": "1,00", "side": "Z"}, "bad_amount"),
    ],
)
def test_what_could_be_either_is_refused(cells: dict[str, str], code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        moved(row(**cells))
    assert refused.value.problem.code == code


def test_the_currency_of_the_line_comes_before_the_likely_one() -> None:
    assert read(currency="EUR").amount == Money(100, "EUR")
    assert read(("EUR", "SEK"), amount="1,00 kr").amount == Money(100, "SEK")
    with pytest.raises(Unreadable):
        read(currency="EUR", amount="1,00 SEK")
    with pytest.raises(Unreadable):
        read(())


def test_who_paid_is_a_name_and_never_an_account() -> None:
    assert read(payer="Café", name="x").payer == "Café"
    assert read(sender0="8601 11 17947", sender1="Café").payer == "Café"
    assert read(text0="Fra: Bygg & Betong").payer == "Bygg & Betong"
    assert read(payer="8601 11 17947").payer == ""


def test_the_account_is_the_lists_own_or_where_the_money_went() -> None:
    assert read(clearing="8327", account="123 456").account == "8327123456"
    assert read(receiver="FI21 1234 5600 0007 85").receiver == "FI2112345600000785"
    assert (read(account="Erhverv").account, read(receiver="Åsa").receiver) == ("", "")


def test_words_stand_once_and_references_as_they_were_given() -> None:
    found = read(text0="OCR 1001072", text1="OCR 1001072", text2="-", reference0="ref=10016")
    assert (found.text, found.references) == ("OCR 1001072 ref=10016", ("10016", "1001072"))


@pytest.mark.parametrize(
    ("cells", "passed"),
    [
        ({"booked": "2026-11-02", "amount": "1,00"}, False),
        ({"booked": "Reserverat", "amount": "1,00"}, True),
        ({"booked": "", "amount": "1,00"}, True),
        ({"date": "2026-11-02", "amount": "1,00", "status": "Venter"}, True),
        ({"date": "Totalt", "amount": "1,00"}, True),
        ({"date": "", "text0": "Ingående saldo", "balance": "1,00"}, True),
    ],
)
def test_what_tells_of_no_movement_is_passed_over(cells: dict[str, str], passed: bool) -> None:
    assert is_passed_over(row(**cells)) is passed
