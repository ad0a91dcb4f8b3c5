from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.documents import Document, Problem
from bot.money import Money
from tests.storage.ledgers.accounts import ACCOUNTS, Row, billy
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office

SECRETS = ACCOUNTS["billy"].secrets
NORDLYS = {
    "id": "c1",
    "type": "company",
    "name": "Café Nordlys ApS",
    "countryId": "DK",
    "registrationNo": "12345674",
    "phone": "33 12 34 56",
}
PEOPLE = [
    {"id": "p1", "contactId": "c1", "isPrimary": False, "name": "Bo", "email": "bo@nordlys.example"},
    {"id": "p2", "contactId": "c1", "isPrimary": True, "name": "Kim", "email": "kim@nordlys.example"},
    {"id": "p3", "contactId": "c1", "isPrimary": False, "name": "Al", "email": "al@nordlys.example"},
]


def invoice(nth: int = 1, **more: Any) -> Row:
    return {
        "id": f"i{nth}",
        "organizationId": "o1",
        "type": "invoice",
        "contactId": "c1",
        "entryDate": "2026-10-01",
        "paymentTermsMode": "net",
        "paymentTermsDays": 14,
        "dueDate": "2026-10-15",
        "state": "approved",
        "sentState": "sent",
        "invoiceNo": str(nth),
        "taxMode": "excl",
        "amount": 1000.4,
        "tax": 250.1,
        "currencyId": "DKK",
        "exchangeRate": 1,
        "balance": 1000.45,
        "isPaid": False,
        "creditedInvoiceId": None,
        "lineDescription": "Rundstykker",
        **more,
    }


def documents(office: Office, *rows: Row, cursor: str = "") -> tuple[Document, ...]:
    billy(office, rows, [NORDLYS], PEOPLE)
    return pulled(office, "billy", SECRETS, cursor).documents


def test_an_invoice_is_read_with_all_that_is_stated(office: Office) -> None:
    (found,) = documents(office, invoice())
    assert (found.kind, found.number, found.collectable) == ("invoice", "1", "yes")
    assert (found.amount, found.total) == (Money(100045, "DKK"), Money(125050, "DKK"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 1), date(2026, 10, 15), "stated")
    assert (found.buyer.name, found.buyer.org_no) == ("Café Nordlys ApS", "12345674")
    assert (found.buyer.email, found.buyer.contact) == ("kim@nordlys.example", "Kim")
    assert (found.buyer.country, found.buyer.kind, found.description) == ("DK", "unknown", "Rundstykker")


def test_every_page_is_read_and_the_customers_once(office: Office) -> None:
    found = documents(office, *(invoice(n) for n in range(1, 2101)))
    assert len({d.number for d in found}) == 2100
    assert office.paths.count("/invoices") == 3 and office.paths.count("/contacts") == 1


def test_what_was_open_and_no_longer_is_listed_is_asked_for_alone(office: Office) -> None:
    (found,) = documents(office, invoice(1, isPaid=True, balance=0), cursor="i1")
    assert (found.amount, found.why_not) == (Money(0, "DKK"), "nothing_due")
    assert found.buyer.name == "Café Nordlys ApS"


def test_late_fees_that_were_added_there_are_not_asked_for_here(office: Office) -> None:
    fees = [{"amount": 100, "isVoided": False}, {"amount": 50, "isVoided": True}]
    (found,) = documents(office, invoice(balance=1350.5, lateFees=fees))
    assert found.amount == found.total == Money(125050, "DKK")


def test_more_left_than_the_invoice_came_to_is_told_and_not_guessed(office: Office) -> None:
    billy(office, [invoice(1, balance=1350.5), invoice(2)], [NORDLYS], PEOPLE)
    found = pulled(office, "billy", SECRETS)
    assert [d.number for d in found.documents] == ["2"]
    assert found.problems == (Problem("ledger_row", facts={"number": "1"}),)


def test_a_credit_note_comes_with_the_open_invoice_it_names(office: Office) -> None:
    note = invoice(2, type="creditNote", creditedInvoiceId="i1", amount=200, tax=50, balance=250)
    invoiced, credited = documents(office, note, invoice(1))
    assert invoiced.number == "1"
    assert (credited.kind, credited.amount, credited.refers_to) == (
        "credit_note",
        Money(25000, "DKK"),
        ("1",),
    )


def test_of_what_was_open_and_is_voided_nothing_is_left(office: Office) -> None:
    (found,) = documents(office, invoice(state="voided"), cursor="i1")
    assert (found.number, found.amount, found.why_not) == ("1", Money(0, "DKK"), "nothing_due")


def test_a_draft_is_nothing_to_ask_for(office: Office) -> None:
    assert documents(office, invoice(state="draft"), cursor="i1") == ()


def test_a_person_is_a_consumer(office: Office) -> None:
    billy(office, [invoice()], [{**NORDLYS, "type": "person"}])
    (found,) = pulled(office, "billy", SECRETS).documents
    assert (found.buyer.kind, found.buyer.email) == ("consumer", "")


@pytest.mark.parametrize(
    "more",
    [
        {"amount": 1.005},
        {"balance": None},
        {"currencyId": "kroner"},
        {"dueDate": "2026-02-30"},
        {"contactId": "c404"},
        {"lateFees": [7]},
    ],
)
def test_one_row_that_cannot_be_read_is_told_and_the_others_count(more: Row, office: Office) -> None:
    billy(office, [invoice(1, **more), invoice(2)], [NORDLYS], PEOPLE)
    found = pulled(office, "billy", SECRETS)
    assert [d.number for d in found.documents] == ["2"]
    assert found.problems == (Problem("ledger_row", facts={"number": "1"}),)
