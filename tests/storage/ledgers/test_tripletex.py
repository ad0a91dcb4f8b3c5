from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.documents import Document, Problem
from bot.ledgers import LedgerError
from bot.money import Money
from tests.storage.ledgers.accounts import ACCOUNTS, Row, tripletex
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office, Said

SECRETS = ACCOUNTS["tripletex"].secrets
NORRSKEN = {
    "id": 9,
    "name": "Café Norrsken AS",
    "organizationNumber": "913312465",
    "email": "post@norrsken.example",
    "invoiceEmail": "faktura@norrsken.example",
    "overdueNoticeEmail": "",
    "phoneNumber": "",
    "phoneNumberMobile": "98573564",
    "language": "NO",
    "isPrivateIndividual": False,
    "isFactoring": False,
    "invoiceSendMethod": "EHF",
}


def invoice(number: int = 1, **more: Any) -> Row:
    return {
        "id": 1000 + number,
        "invoiceNumber": number,
        "invoiceDate": "2026-10-01",
        "invoiceDueDate": "2026-10-15",
        "kid": "5855454756",
        "deliveryDate": "2026-09-30",
        "invoiceComment": "Rundstykker",
        "isCreditNote": False,
        "creditedInvoice": 0,
        "amountCurrency": 1250.5,
        "amountCurrencyOutstanding": 1000.45,
        "currency": {"code": "NOK"},
        "customer": NORRSKEN,
        **more,
    }


def documents(office: Office, *rows: Row, cursor: str = "") -> tuple[Document, ...]:
    tripletex(office, rows)
    return pulled(office, "tripletex", SECRETS, cursor).documents


def test_an_invoice_is_read_with_all_that_is_stated(office: Office) -> None:
    (found,) = documents(office, invoice())
    assert (found.kind, found.number, found.collectable) == ("invoice", "1", "yes")
    assert (found.amount, found.total) == (Money(100045, "NOK"), Money(125050, "NOK"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 1), date(2026, 10, 15), "stated")
    assert (found.reference, found.delivered) == ("5855454756", date(2026, 9, 30))
    assert (found.buyer.name, found.buyer.org_no) == ("Café Norrsken AS", "913312465")
    assert (found.buyer.email, found.buyer.phone) == ("faktura@norrsken.example", "98573564")
    assert found.buyer.language == "nb"


def test_every_page_is_read(office: Office) -> None:
    found = documents(office, *(invoice(n) for n in range(1, 2101)))
    assert len({d.number for d in found}) == 2100
    assert [a.params["from"] for a in office.asked if a.path == "/invoice"] == ["0", "1000", "2000"]


def test_the_session_ends_by_itself_tomorrow(office: Office) -> None:
    documents(office)
    assert (office.asked[0].method, office.asked[0].params["expirationDate"]) == ("PUT", "2026-11-27")


def test_three_years_are_asked_for_up_to_today(office: Office) -> None:
    assert len(documents(office, invoice(1, invoiceDate="2026-11-26"))) == 1
    assert office.asked[-1].params["invoiceDateFrom"] == "2023-11-27"


def test_a_paid_invoice_is_only_told_when_it_was_open_before(office: Office) -> None:
    paid = invoice(1, amountCurrencyOutstanding=0)
    assert documents(office, paid) == ()
    (found,) = documents(office, paid, cursor="1001")
    assert (found.amount, found.why_not) == (Money(0, "NOK"), "nothing_due")


def test_an_older_invoice_that_was_open_is_asked_for_alone(office: Office) -> None:
    tripletex(office, older=[invoice(1, invoiceDate="2020-01-01")])
    found = pulled(office, "tripletex", SECRETS, "1001")
    assert office.paths[-1] == "/invoice/1001"
    assert (found.cursor, found.documents[0].number) == ("1001", "1")


def test_a_credit_note_comes_with_the_open_invoice_it_names(office: Office) -> None:
    note = invoice(
        2, isCreditNote=True, creditedInvoice=1001, amountCurrency=-250, amountCurrencyOutstanding=-250
    )
    _, credited = documents(office, invoice(1), note)
    assert (credited.kind, credited.amount, credited.refers_to) == (
        "credit_note",
        Money(25000, "NOK"),
        ("1",),
    )


@pytest.mark.parametrize(
    ("customer", "why"),
    [({"isFactoring": True}, "factored"), ({"invoiceSendMethod": "AVTALEGIRO"}, "card_or_debit")],
)
def test_what_somebody_else_collects_is_not_chased(customer: Row, why: str, office: Office) -> None:
    (found,) = documents(office, invoice(customer={**NORRSKEN, **customer}))
    assert (found.collectable, found.why_not) == ("no", why)


def test_an_address_for_overdue_notices_is_the_one_to_write_to(office: Office) -> None:
    customer = {**NORRSKEN, "overdueNoticeEmail": "sen@norrsken.example", "isPrivateIndividual": True}
    (found,) = documents(office, invoice(customer=customer))
    assert (found.buyer.email, found.buyer.kind) == ("sen@norrsken.example", "consumer")


def test_a_session_without_a_token_is_trouble(office: Office) -> None:
    tripletex(office)
    office.pages["/token/session/:create"] = lambda params: Said({"value": None})
    with pytest.raises(LedgerError, match="garbled"):
        pulled(office, "tripletex", SECRETS)


@pytest.mark.parametrize(
    "more",
    [
        {"amountCurrency": 1.005},
        {"amountCurrencyOutstanding": None},
        {"currency": {"code": "?"}},
        {"invoiceDate": "2026-10-x"},
        {"customer": None},
        {"amountCurrencyOutstanding": "NaN"},
    ],
)
def test_one_row_that_cannot_be_read_is_told_and_the_others_count(more: Row, office: Office) -> None:
    tripletex(office, [invoice(1, **more), invoice(2)])
    found = pulled(office, "tripletex", SECRETS)
    assert [d.number for d in found.documents] == ["2"]
    assert found.problems == (Problem("ledger_row", facts={"number": "1"}),)
