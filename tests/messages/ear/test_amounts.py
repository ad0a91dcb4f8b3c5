"""Amounts are understood in every notation, and refused where they could be two."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.money import Money
from bot.parties import LANGUAGES
from messages.ear.amounts import amount, stated, value


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1500", "1500"), ("1 500", "1500"), ("1\xa0500,50", "1500.50"), ("1.500", "1500"), ("1,500", "1500"),
        ("1.500,00", "1500"), ("1,500.00", "1500"), ("1.234.567,89", "1234567.89"), ("1'500.00", "1500"),
        ("1500:-", "1500"), ("1500,-", "1500"), ("1.500,-", "1500"), ("1500,–", "1500"),
        ("1500:50", "1500.50"),
        ("1,5k", "1500"), ("1.5k", "1500"), ("tusen", "1000"), ("to tusen kroner", "2000"),
        ("en tusenlapp", "1000"),
        ("fem hundre", "500"), ("2 tkr", "2000"), ("en plovmand", "500"), ("tuhat", "1000"),
        ("2,5 tonnia", "2500"),
        ("kr 1500", "1500"), ("kr. 1.500,-", "1500"), ("1500kr", "1500"), ("12.500 kr.", "12500"),
        ("NOK 12,500", "12500"),
        ("1,50", "1.50"), ("1,5", "1.50"), ("0,50", "0.50"), ("12.11", "12.11"), ("0", "0"),
        ("5000 fredag", "5000"), ("5000 20.11", "5000"), ("20. november 5000", "5000"),
        ("om 3 dager 500", "500"),
        ("5000 kr for faktura 1042", "5000"), ("5000 kr, altså 5 000,00 kr", "5000"),
    ],
)  # fmt: skip
def test_an_amount_is_understood(said: str, meant: str) -> None:
    assert amount(said, "NOK") == Money.of(meant, "NOK")


@pytest.mark.parametrize(
    ("said", "currency"),
    [("1 250,00 €", "EUR"), ("€1,250.00", "EUR"), ("1250 eur", "EUR"), ("1250 euroa", "EUR"),
    ("1250 e", "EUR"), ("1250 SEK", "SEK"), ("$1250", "USD")],
)  # fmt: skip
def test_a_named_currency_is_kept(said: str, currency: str) -> None:
    assert amount(said, "NOK") == Money.of("1250", currency)


@pytest.mark.parametrize(
    "said", ["", "fredag", "alt", "hele beløpet", "i morgen", "uke 48", "20. november", "A4"]
)
def test_no_amount_is_no_amount(said: str) -> None:
    assert amount(said, "NOK") is None


@pytest.mark.parametrize(
    "said",
    [
        "1.2345",
        "1,50,00",
        "12,500,00",
        "1.500.00",
        "0,005",
        "-500",
        "– 500 kr",
        "500 eller 700",
        "500 kr og 500 EUR",
        "12,345.678",
    ],
)
def test_what_could_be_two_amounts_is_refused(said: str) -> None:
    with pytest.raises(Refusal) as refused:
        amount(said, "NOK")
    assert refused.value.key == "amount_unreadable" and refused.value.facts["words"] == said


def test_crowns_are_no_euros_and_whole_crowns_have_no_cents() -> None:
    for said, currency in (("500 kr", "EUR"), ("500,50", "ISK")):
        with pytest.raises(Refusal):
            amount(said, currency)


def test_a_figure_tells_where_it_stands_and_whether_it_is_money() -> None:
    text = "Faktura 1042 på 12 500 kr"
    number, sum_ = stated(text)
    assert (number.marked, sum_.marked, text[sum_.start : sum_.end]) == (False, True, "12 500 kr")


def test_a_figure_of_no_certain_value_has_none() -> None:
    assert [value(figure) for figure in ("1.50.000", "00.500", "1,2,3")] == [None] * 3


@given(st.integers(0, 10**9), st.sampled_from(LANGUAGES))
def test_what_a_language_writes_is_read_back(cents: int, language: str) -> None:
    written = format_decimal(Decimal(cents) / 100, "#,##0.00", locale=language)
    assert amount(written, "NOK") == Money(cents, "NOK")
    assert amount(f"{written} kr", "DKK") == Money(cents, "DKK")


@given(st.integers(1, 10**9), st.sampled_from(LANGUAGES), st.sampled_from(["NOK", "SEK", "DKK", "EUR"]))
def test_an_amount_with_its_currency_is_read_back(cents: int, language: str, currency: str) -> None:
    written = format_currency(Decimal(cents) / 100, currency, locale=language)
    assert amount(written, currency) == Money(cents, currency)


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble(text: str) -> None:
    with suppress(Refusal):
        amount(text, "SEK")
