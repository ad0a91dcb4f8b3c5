"""Invoices: typed in by the owner, each number once."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Talk


def test_an_invoice_is_typed_in(talk: Talk) -> None:
    talk.says("new invoice")
    talk.presses("Save", customer="Hotel Aurora", number="7001", amount="1250,50", due="2026-11-10")
    with talk.books() as books:
        typed = books.invoices.by_number("7001")[0]
    assert (typed.amount.minor, typed.amount.currency, str(typed.due)) == (125_050, "SEK", "2026-11-10")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"due": "2026-02-30"}, "I can't read “2026-02-30” as a day."),
        ({"amount": "-10"}, "I can't read “-10” as an amount."),
    ],
)
def test_a_typed_invoice_that_cannot_be_is_refused(values: dict[str, str], words: str, talk: Talk) -> None:
    talk.says("new invoice")
    whole = {"customer": "Hotel Aurora", "number": "7001", "amount": "10", "due": "2026-11-10"}
    assert words in talk.refused("Save", **whole | values)


@pytest.mark.parametrize("missing", ["customer", "number"])
def test_a_typed_invoice_without_a_name_or_number_is_not_taken_in(missing: str, talk: Talk) -> None:
    talk.says("new invoice")
    whole = {"customer": "Hotel Aurora", "number": "7001", "amount": "10", "due": "2026-11-10"}
    before = talk.kept()
    talk.presses("Save", **whole | {missing: "  "})
    assert talk.kept() == before


@pytest.mark.parametrize("amount", ["4125", "1000"])
def test_a_number_that_the_customer_has_already_is_refused_and_is_no_payment(amount: str, talk: Talk) -> None:
    talk.says("new invoice")
    again = {"customer": "café norrsken", "number": "1058", "amount": amount, "due": "2026-11-10"}
    assert "Café Norrsken already has invoice 1058, so I changed nothing." in talk.refused("Save", **again)


def test_a_typed_customer_of_one_name_at_another_address_is_asked_about(talk: Talk) -> None:
    talk.says("new invoice")
    other = {"customer": "Café Norrsken", "number": "7001", "amount": "10", "due": "2026-11-10"}
    said = talk.refused("Save", **other, email="bo@other.example")
    assert "I have nils@norrsken.example for Café Norrsken." in said
    talk.presses("Save", **other, email="bo@other.example", org_no="559912-3527")
    with talk.books() as books:
        assert len(books.customers.by_name("Café Norrsken")) == 2
