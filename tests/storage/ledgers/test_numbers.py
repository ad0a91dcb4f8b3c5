"""What the books know from elsewhere is looked for by its number, for it may have been paid there."""

from __future__ import annotations

import pytest

from bot.ledgers import asked_for, number_of
from bot.money import Money
from storage.ledgers import ledgers
from tests.storage.ledgers import (
    test_billy,
    test_dinero,
    test_economic,
    test_fiken,
    test_fortnox,
    test_stripe,
    test_tripletex,
)
from tests.storage.ledgers.accounts import (
    ACCOUNTS,
    billy,
    dinero,
    economic,
    fiken,
    fortnox,
    stripe,
    tripletex,
)
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office, Said


def paid(office: Office, system: str) -> str:
    """An account with one invoice that is paid, another whose number begins alike; the number."""
    match system:
        case "billy":
            rows = [test_billy.invoice(n, isPaid=True, balance=0) for n in (1, 11)]
            billy(office, rows, [test_billy.NORDLYS])
            return "1"
        case "dinero":
            rows = [test_dinero.invoice(n, Number=n, Status="Paid") for n in (11, 1)]
            dinero(office, rows, [test_dinero.MOGENS])
            return "1"
        case "economic":
            economic(office, [test_economic.invoice(1, remainder=0)])
            return "1"
        case "fiken":
            settled = {"settled": True, "outstandingBalance": 0}
            fiken(office, [test_fiken.invoice(1, sale=settled), test_fiken.invoice(11, sale=settled)])
            return "1"
        case "fortnox":
            fortnox(office, [test_fortnox.invoice(1, Balance=0)])
            return "1"
        case "stripe":
            stripe(office, [test_stripe.invoice(1, status="paid")])
            return "7FE1103-0001"
        case _:
            tripletex(office, [test_tripletex.invoice(1, amountCurrencyOutstanding=0)])
            return "1"


@pytest.mark.parametrize("system", sorted(ledgers()))
def test_an_invoice_that_is_paid_there_is_found_by_its_number(system: str, office: Office) -> None:
    number = paid(office, system)
    found = pulled(office, system, ACCOUNTS[system].secrets, asked_for(number))
    assert [(d.number, bool(d.amount), d.why_not) for d in found.documents] == [
        (number, False, "nothing_due")
    ]
    assert found.cursor == ""


@pytest.mark.parametrize("system", sorted(ledgers()))
def test_a_number_that_is_not_known_there_is_let_be(system: str, office: Office) -> None:
    paid(office, system)
    found = pulled(office, system, ACCOUNTS[system].secrets, asked_for('F-99 "x"'))
    assert (found.documents, found.problems, found.cursor) == ((), (), "")


def test_a_system_that_cannot_make_sense_of_a_number_is_no_trouble(office: Office) -> None:
    fiken(office, [test_fiken.invoice(1)])
    listed = office.pages["/companies/bageri-as/invoices"]
    office.pages["/companies/bageri-as/invoices"] = lambda params: (
        Said({"error": "no number"}, 400) if "invoiceNumber" in params else listed(params)
    )
    found = pulled(office, "fiken", ACCOUNTS["fiken"].secrets, asked_for("F-1"))
    assert [d.amount for d in found.documents] == [Money(30000, "NOK")]


def test_an_invoice_that_is_listed_is_not_told_twice(office: Office) -> None:
    fiken(office, [test_fiken.invoice(1)])
    found = pulled(office, "fiken", ACCOUNTS["fiken"].secrets, asked_for("1"))
    assert [d.number for d in found.documents] == ["1"]


@pytest.mark.parametrize("number", ["1001", "F 1001", " 7-b ", "#4", "å/2"])
def test_a_number_is_one_word_of_a_cursor_whatever_is_in_it(number: str) -> None:
    word = asked_for(number)
    assert len(word.split()) == 1
    assert number_of(word) == number.strip()
    assert number_of("2888001") == ""
