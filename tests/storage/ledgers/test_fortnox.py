from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.documents import Document, Problem
from bot.ledgers import LedgerError
from bot.money import Money
from tests.storage.ledgers.accounts import ACCOUNTS, Row, fortnox
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office, Said

SECRETS = ACCOUNTS["fortnox"].secrets
NORRSKEN = {
    "CustomerNumber": "1",
    "Name": "Café Norrsken AB",
    "Email": "faktura@norrsken.example",
    "OrganisationNumber": "556469-6291",
    "Phone": "0980-12345",
}


def invoice(number: int = 1, **more: Any) -> Row:
    return {
        "@url": f"https://api.fortnox.se/3/invoices/{number}",
        "Balance": 125.5,
        "Booked": True,
        "Cancelled": False,
        "Credit": "false",
        "CreditInvoiceReference": "0",
        "Currency": "SEK",
        "CustomerName": "Café Norrsken AB",
        "CustomerNumber": "1",
        "DocumentNumber": str(number),
        "DueDate": "2026-10-31",
        "InvoiceDate": "2026-10-01",
        "NoxFinans": False,
        "OCR": "133",
        "Sent": True,
        "Total": 200,
        **more,
    }


def documents(office: Office, *rows: Row, cursor: str = "") -> tuple[Document, ...]:
    fortnox(office, rows, [NORRSKEN])
    return pulled(office, "fortnox", SECRETS, cursor).documents


def test_an_invoice_is_read_with_all_that_is_stated(office: Office) -> None:
    (found,) = documents(office, invoice())
    assert (found.kind, found.number, found.collectable) == ("invoice", "1", "yes")
    assert (found.amount, found.total) == (Money(12550, "SEK"), Money(20000, "SEK"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 1), date(2026, 10, 31), "stated")
    assert found.reference == "133"
    assert (found.buyer.name, found.buyer.org_no) == ("Café Norrsken AB", "556469-6291")
    assert (found.buyer.email, found.buyer.phone) == ("faktura@norrsken.example", "0980-12345")


def test_the_token_is_asked_for_with_the_name_of_the_business_at_fortnox(office: Office) -> None:
    documents(office, invoice())
    first, second, *_ = office.asked
    assert (first.method, first.path, first.params) == (
        "POST",
        "/oauth-v1/token",
        {"grant_type": "client_credentials"},
    )
    assert (first.headers["TenantId"], second.headers["Authorization"]) == ("42", "Bearer hour")


def test_every_page_is_read_and_the_customers_once(office: Office) -> None:
    found = documents(office, *(invoice(n) for n in range(1, 1101)))
    assert len({d.number for d in found}) == 1100
    assert office.paths.count("/invoices") == 3 and office.paths.count("/customers") == 1


def test_what_was_open_and_no_longer_is_listed_is_asked_for_alone(office: Office) -> None:
    (found,) = documents(office, invoice(1, Balance=0), cursor="1")
    assert (found.amount, found.why_not) == (Money(0, "SEK"), "nothing_due")
    assert office.paths[-2:] == ["/invoices/1", "/invoicepayments"]


def test_of_a_cancelled_invoice_nothing_is_left(office: Office) -> None:
    (found,) = documents(office, invoice(1, Cancelled=True, Booked=False), cursor="1")
    assert (found.amount, found.why_not) == (Money(0, "SEK"), "nothing_due")


def test_a_credit_invoice_is_looked_at_whole_to_see_what_it_credits(office: Office) -> None:
    note = invoice(2, Total=-50, Balance=-50, Credit="true", CreditInvoiceReference="1")
    _, credited = documents(office, invoice(1), note)
    assert (credited.kind, credited.amount, credited.refers_to) == (
        "credit_note",
        Money(5000, "SEK"),
        ("1",),
    )


def test_what_is_not_booked_is_not_asked_for(office: Office) -> None:
    assert documents(office, invoice(Booked=False)) == ()


def test_an_invoice_that_was_sold_is_not_chased(office: Office) -> None:
    (found,) = documents(office, invoice(NoxFinans=True))
    assert (found.collectable, found.why_not) == ("no", "factored")


def test_a_part_paid_invoice_in_another_currency_is_told_and_not_guessed(office: Office) -> None:
    fortnox(office, [invoice(1, Currency="EUR"), invoice(2, Currency="EUR", Balance=200)], [NORRSKEN])
    found = pulled(office, "fortnox", SECRETS)
    assert [d.amount for d in found.documents] == [Money(20000, "EUR")]
    assert found.problems == (Problem("ledger_row", facts={"number": "1"}),)


def test_no_token_is_trouble(office: Office) -> None:
    fortnox(office)
    office.pages["/oauth-v1/token"] = lambda params: Said({"error": "?"})
    with pytest.raises(LedgerError, match="garbled"):
        pulled(office, "fortnox", SECRETS)


@pytest.mark.parametrize(
    "more",
    [
        {"Total": "12,50"},
        {"Balance": 1.005},
        {"Currency": ""},
        {"DueDate": "soon"},
        {"CustomerName": "", "CustomerNumber": "404"},
    ],
)
def test_one_row_that_cannot_be_read_is_told_and_the_others_count(more: Row, office: Office) -> None:
    fortnox(office, [invoice(1, **more), invoice(2)], [NORRSKEN])
    found = pulled(office, "fortnox", SECRETS)
    assert [d.number for d in found.documents] == ["2"]
    assert found.problems == (Problem("ledger_row", facts={"number": "1"}),)
