"""Amounts: every notation of the north, and no guess where one could mean two things."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.readers._amounts import decimal_sign, read_amount
from storage.readers._source import Unreadable


@pytest.mark.parametrize(
    ("text", "amount", "mark"),
    [
        ("12 500,50", "12500.50", ""),
        ("12.500,50", "12500.50", ""),
        ("12,500.50", "12500.50", ""),
        ("12500.5", "12500.5", ""),
        ("12 500", "12500", ""),
        ("1.234.567", "1234567", ""),
        ("-144,75 kr", "-144.75", "kr"),
        ("kr 2\u00a0500,00", "2500.00", "kr"),
        ("1\u202f250,00 €", "1250.00", "EUR"),
        ("€ 99.90", "99.90", "EUR"),
        ("SEK 1 250,00", "1250.00", "SEK"),
        ("250,00-", "-250.00", ""),
        ("\u2212250,00", "-250.00", ""),
        ("(250.00)", "-250.00", ""),
        ("1 250:-", "1250", ""),
        ("1250,-", "1250", ""),
        ("0", "0", ""),
        ("+5,00", "5.00", ""),
        ("1250.0000", "1250.00", ""),
    ],
)
def test_every_notation(text: str, amount: str, mark: str) -> None:
    assert read_amount(text) == (Decimal(amount), mark)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "12..34",
        "1,2,3",
        "1.25.000",
        "12,34,56",
        "1 2 3",
        "1250.505",
        "12 50",
        "1;2",
        "=1+1",
        "5 NOK SEK",
        "9" * 30,
        "--5",
        "1,250.",
        "1.250.00",
        "1.250,000.00",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_amount(text)


@pytest.mark.parametrize("text", ["1.250", "1,250"])
def test_an_amount_that_could_mean_two_things_is_not_guessed(text: str) -> None:
    with pytest.raises(Unreadable, match="ambiguous_amount"):
        read_amount(text)


def test_the_other_amounts_of_the_file_settle_it() -> None:
    assert read_amount("1.250", decimal_sign(["1.250", "99,90", "5"])) == (Decimal(1250), "")
    assert read_amount("1,250", decimal_sign(["1,250", "99.90", "5"])) == (Decimal(1250), "")


def test_an_amount_with_the_wrong_decimal_sign_is_refused() -> None:
    with pytest.raises(Unreadable, match="odd_decimal_sign"):
        read_amount("1250.50", ",")


def test_evenly_split_amounts_settle_nothing() -> None:
    assert decimal_sign(["1,50", "1.50"]) is None
    assert decimal_sign(["junk", ""]) is None


NOTATIONS: dict[str, tuple[Literal[".", ","], str]] = {
    "1 250,50": (",", " "),
    "1\u00a0250,50": (",", "\u00a0"),
    "1.250,50": (",", "."),
    "1,250.50": (".", ","),
    "1'250.50": (".", "'"),
    "1250,50": (",", ""),
}


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from(sorted(NOTATIONS)),
    st.sampled_from(["{}", "{} kr", "NOK {}"]),
)
def test_an_amount_reads_back_from_every_notation(minor: int, notation: str, around: str) -> None:
    sign, blank = NOTATIONS[notation]
    amount = Decimal(minor).scaleb(-2)
    text = f"{amount:,.2f}".replace(",", "_").replace(".", sign).replace("_", blank)
    assert read_amount(around.format(text))[0] == amount
    assert decimal_sign([text]) == sign
