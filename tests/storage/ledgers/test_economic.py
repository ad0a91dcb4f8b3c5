from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.documents import Document, Problem
from bot.money import Money
from tests.storage.ledgers.accounts import ACCOUNTS, ENTRIES, Row, economic
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office

SECRETS = ACCOUNTS["economic"].secrets
NORRSKEN = {
    "customerNumber": 108,
    "name": "Café Nordlys ApS",
    "email": "faktura@nordlys.example",
    "corporateIdentificationNumber": "12345674",
    "telephoneAndFaxNumber": "33 12 34 56",
}


def invoice(nth: int = 1, **more: Any) -> Row:
    return {
        "bookedInvoiceNumber": nth,
        "date": "2026-10-01",
        "dueDate": "2026-10-15",
        "currency": "DKK",
        "netAmount": 1000.4,
        "vatAmount": 250.1,
        "grossAmount": 1250.5,
        "remainder": 1000.45,
        "customer": {"customerNumber": 108},
        "recipient": {"name": "Café Nordlys ApS"},
        "paymentTerms": {"paymentTermsNumber": 1, "daysOfCredit": 14, "paymentTermsType": "net"},
        "notes": {"heading": "Rundstykker, september"},
        **more,
    }


def documents(office: Office, *rows: Row, cursor: str = "") -> tuple[Document, ...]:
    economic(office, rows, [NORRSKEN])
    return pulled(office, "economic", SECRETS, cursor).documents


def test_an_invoice_is_read_with_all_that_is_stated(office: Office) -> None:
    (found,) = documents(office, invoice())
    assert (found.kind, found.number, found.collectable) == ("invoice", "1", "yes")
    assert (found.amount, found.total) == (Money(100045, "DKK"), Money(125050, "DKK"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 1), date(2026, 10, 15), "stated")
    assert (found.buyer.name, found.buyer.org_no) == ("Café Nordlys ApS", "12345674")
    assert (found.buyer.email, found.buyer.phone) == ("faktura@nordlys.example", "33 12 34 56")
    assert found.description == "Rundstykker, september"


def test_every_page_is_read_and_the_customers_once(office: Office) -> None:
    found = documents(office, *(invoice(n) for n in range(1, 2101)))
    assert len({d.number for d in found}) == 2100
    assert office.paths.count("/invoices/unpaid") == 3 and office.paths.count("/customers") == 1


def test_what_was_open_and_no_longer_is_listed_is_asked_for_alone(office: Office) -> None:
    (found,) = documents(office, invoice(1, remainder=0), cursor="1")
    assert (found.amount, found.why_not) == (Money(0, "DKK"), "nothing_due")
    assert office.paths == ["/invoices/unpaid", "/invoices/booked/1", ENTRIES]


def test_who_the_invoice_is_to_is_known_by_the_number_on_it(office: Office) -> None:
    row = invoice(1, remainder=0, recipient={"name": "Café Nordlys ApS", "cvr": "87654325"})
    (found,) = documents(office, row, cursor="1")
    assert (found.buyer.name, found.buyer.org_no) == ("Café Nordlys ApS", "87654325")


def test_a_due_day_that_is_not_stated_follows_from_net_terms(office: Office) -> None:
    (found,) = documents(office, invoice(dueDate=None))
    assert (found.due, found.due_source) == (date(2026, 10, 15), "terms")


def test_no_due_day_is_made_up_from_other_terms(office: Office) -> None:
    terms = {"paymentTermsType": "invoiceMonth", "daysOfCredit": 14}
    (found,) = documents(office, invoice(dueDate=None, paymentTerms=terms))
    assert (found.due, found.due_source) == (None, None)


def test_a_credit_note_that_is_open_is_told_and_not_counted(office: Office) -> None:
    note = invoice(2, grossAmount=-250, remainder=-250)
    economic(office, [invoice(1), note], [NORRSKEN])
    found = pulled(office, "economic", SECRETS)
    assert [d.number for d in found.documents] == ["1"]
    assert found.problems == (
        Problem("ledger_credit", facts={"number": "2", "customer": "Café Nordlys ApS"}),
    )


@pytest.mark.parametrize(
    ("terms", "why"),
    [("factoring", "factored"), ("creditcard", "card_or_debit"), ("paidInCash", "card_or_debit")],
)
def test_what_is_paid_otherwise_is_not_chased(terms: str, why: str, office: Office) -> None:
    (found,) = documents(office, invoice(paymentTerms={"paymentTermsType": terms}))
    assert (found.collectable, found.why_not) == ("no", why)


@pytest.mark.parametrize(
    "more",
    [
        {"grossAmount": 1.005},
        {"remainder": "NaN"},
        {"currency": None},
        {"dueDate": "2026-02-30"},
        {"recipient": None, "customer": None},
        {"bookedInvoiceNumber": None},
    ],
)
def test_one_row_that_cannot_be_read_is_told_and_the_others_count(more: Row, office: Office) -> None:
    economic(office, [invoice(1, **more), invoice(2)], [NORRSKEN])
    found = pulled(office, "economic", SECRETS)
    assert [d.number for d in found.documents] == ["2"]
    assert [p.code for p in found.problems] == ["ledger_row"]
