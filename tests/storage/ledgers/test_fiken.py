from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.documents import Document, Problem
from bot.ledgers import LedgerError
from bot.money import Money
from tests.storage.ledgers.accounts import ACCOUNTS, Row, fiken
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office

SECRETS = ACCOUNTS["fiken"].secrets
NORRSKEN = {
    "contactId": 2747365,
    "name": "Café Norrsken AS",
    "email": "faktura@norrsken.example",
    "organizationNumber": "913312465",
    "customer": True,
    "language": "Norwegian",
}


def invoice(number: int = 10001, **more: Any) -> Row:
    sale = {"settled": False, "outstandingBalance": 30000, "currency": "NOK", **more.pop("sale", {})}
    return {
        "invoiceId": 2888000 + number,
        "invoiceNumber": number,
        "kid": "5855454756",
        "issueDate": "2026-10-01",
        "dueDate": "2026-10-15",
        "net": 25000,
        "vat": 5000,
        "gross": 30000,
        "cash": False,
        "invoiceText": "Rundstykker, september",
        "currency": "NOK",
        "bankAccountNumber": "11112233334",
        "customer": NORRSKEN,
        "sale": sale,
        **more,
    }


def credit(**more: Any) -> Row:
    return {
        "creditNoteId": 77,
        "creditNoteNumber": 10001,
        "gross": 5000,
        "currency": "NOK",
        "issueDate": "2026-10-20",
        "customer": NORRSKEN,
        "settled": False,
        **more,
    }


def documents(office: Office, *rows: Row, cursor: str = "") -> tuple[Document, ...]:
    fiken(office, rows)
    return pulled(office, "fiken", SECRETS, cursor).documents


def test_an_invoice_is_read_with_all_that_is_stated(office: Office) -> None:
    (found,) = documents(office, invoice(sale={"outstandingBalance": 12345}))
    assert (found.kind, found.number, found.collectable) == ("invoice", "10001", "yes")
    assert (found.amount, found.total) == (Money(12345, "NOK"), Money(30000, "NOK"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 1), date(2026, 10, 15), "stated")
    assert (found.reference, found.account) == ("5855454756", "11112233334")
    assert (found.buyer.name, found.buyer.org_no) == ("Café Norrsken AS", "913312465")
    assert (found.buyer.email, found.buyer.language) == ("faktura@norrsken.example", "nb")
    assert found.description == "Rundstykker, september"


def test_every_page_is_read(office: Office) -> None:
    found = documents(office, *(invoice(n) for n in range(1, 251)))
    assert [d.number for d in found] == [str(n) for n in range(1, 251)]
    assert [a.params["page"] for a in office.asked if a.path.endswith("/invoices")] == ["0", "1", "2"]


def test_questions_are_asked_a_quarter_of_a_second_apart(office: Office) -> None:
    documents(office, invoice())
    assert office.slept == [0.25]


def test_what_was_open_and_no_longer_is_listed_is_told_to_be_paid(office: Office) -> None:
    fiken(office, [invoice(1), invoice(2)])
    first = pulled(office, "fiken", SECRETS)
    fiken(office, [invoice(1), invoice(2, sale={"settled": True, "outstandingBalance": 0})])
    again = pulled(office, "fiken", SECRETS, first.cursor)
    assert [(d.number, d.amount, d.why_not) for d in again.documents] == [
        ("1", Money(30000, "NOK"), ""),
        ("2", Money(0, "NOK"), "nothing_due"),
    ]
    assert again.cursor == "2888001"


def test_what_is_gone_from_the_books_is_no_longer_asked_for(office: Office) -> None:
    fiken(office, [invoice(1)])
    found = pulled(office, "fiken", SECRETS, "2888001 99")
    assert (found.cursor, len(found.documents)) == ("2888001", 1)


def test_an_invoice_in_another_currency_has_its_balance_in_that_currency(office: Office) -> None:
    sale = {"outstandingBalance": 345600, "outstandingBalanceInCurrency": 30000}
    (found,) = documents(office, invoice(currency="EUR", sale=sale))
    assert found.amount == Money(30000, "EUR")


def test_a_credit_note_comes_with_the_open_invoice_it_names(office: Office) -> None:
    fiken(office, [invoice(10005)], [credit(associatedInvoiceId=2898005)])
    invoiced, credited = pulled(office, "fiken", SECRETS).documents
    assert invoiced.number == "10005"
    assert (credited.kind, credited.amount, credited.refers_to) == (
        "credit_note",
        Money(5000, "NOK"),
        ("10005",),
    )


def test_a_credit_note_that_names_no_open_invoice_is_told_and_not_counted(office: Office) -> None:
    fiken(office, [invoice()], [credit()])
    found = pulled(office, "fiken", SECRETS)
    assert [d.kind for d in found.documents] == ["invoice"]
    assert found.problems == (
        Problem("ledger_credit", facts={"number": "10001", "customer": "Café Norrsken AS"}),
    )


@pytest.mark.parametrize("more", [{"cash": True}, {"sale": {"writeOff": True}}, {"sale": {"deleted": True}}])
def test_cash_and_what_was_given_up_are_nothing_to_ask_for(more: Row, office: Office) -> None:
    assert documents(office, invoice(**more)) == ()


@pytest.mark.parametrize("sale", [{"writeOff": True}, {"deleted": True}])
@pytest.mark.parametrize("listed", [True, False])
def test_what_was_open_and_was_given_up_is_told_to_be_settled(
    sale: Row, listed: bool, office: Office
) -> None:
    fiken(office, [invoice(1, sale={**sale, "outstandingBalance": 30000, "settled": not listed})])
    found = pulled(office, "fiken", SECRETS, "2888001")
    assert [(d.amount, d.why_not) for d in found.documents] == [(Money(0, "NOK"), "nothing_due")]
    assert found.cursor == ""


@pytest.mark.parametrize(
    "more",
    [
        {"gross": "much"},
        {"gross": 12.5},
        {"gross": True},
        {"gross": None},
        {"currency": "KRONER"},
        {"dueDate": "2026-02-30"},
        {"sale": {"outstandingBalance": None}},
        {"customer": "Norrsken"},
        {"sale": {"outstandingBalance": 1.005}},
    ],
)
def test_one_row_that_cannot_be_read_is_told_and_the_others_count(more: Row, office: Office) -> None:
    fiken(office, [invoice(1, **more), invoice(2)])
    found = pulled(office, "fiken", SECRETS)
    assert [d.number for d in found.documents] == ["2"]
    assert found.problems == (Problem("ledger_row", facts={"number": "1"}),)
    assert found.cursor.split() == ["2888001", "2888002"]


def test_a_company_that_is_not_there_is_the_owners_to_put_right(office: Office) -> None:
    fiken(office)
    with pytest.raises(LedgerError) as error:
        pulled(office, "fiken", {**SECRETS, "company": "../else"})
    assert (error.value.key, error.value.permanent) == ("not_found", True)
    assert office.paths == ["/companies/..%2Felse/invoices"]
