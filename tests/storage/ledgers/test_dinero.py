from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.documents import Document, Problem, Receipt
from bot.ledgers import LedgerError
from bot.money import Money
from tests.storage.ledgers.accounts import ACCOUNTS, Row, dinero
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office, Said

SECRETS = ACCOUNTS["dinero"].secrets
MOGENS: Row = {
    "ContactGuid": "c-mogens",
    "Name": "Mogens Kro ApS",
    "Email": "bogholderi@mogens.example",
    "Phone": "33 12 34 56",
    "VatNumber": "29403473",
    "IsPerson": False,
    "AttPerson": "Mogens",
    "CountryKey": "DK",
}


def invoice(nth: int = 1, **more: Any) -> Row:
    return {
        "Guid": f"g-{nth}",
        "Number": 2000 + nth,
        "ContactGuid": "c-mogens",
        "ContactName": "Mogens Kro ApS",
        "Date": "2026-10-01",
        "PaymentDate": "2026-10-15",
        "Description": "Rundstykker, september",
        "Currency": "DKK",
        "Status": "Overdue",
        "TotalInclVat": 1250,
        "FikCode": "+71<000000000002013+85671234<",
        "DeletedAt": None,
        **more,
    }


def payment(amount: float, day: str = "2026-10-20") -> Row:
    return {"Guid": f"p-{day}", "Amount": amount, "PaymentDate": day, "Description": "Betaling"}


def note(**more: Any) -> Row:
    row = invoice(90, Number=90, Status="Booked", TotalInclVat=250)
    return row | {"PaymentDate": None, "FikCode": None} | more


def documents(office: Office, *listed: Row, cursor: str = "", **more: Any) -> tuple[Document, ...]:
    dinero(office, listed, [MOGENS], **more)
    return pulled(office, "dinero", SECRETS, cursor).documents


def test_an_invoice_is_read_with_all_that_is_stated(office: Office) -> None:
    (found,) = documents(office, invoice(), paid={"g-1": [payment(250.5)]})
    assert (found.kind, found.number, found.collectable) == ("invoice", "2001", "yes")
    assert (found.amount, found.total) == (Money(99950, "DKK"), Money(125000, "DKK"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 1), date(2026, 10, 15), "stated")
    assert (found.reference, found.account) == ("+71<000000000002013+85671234<", "")
    assert (found.buyer.name, found.buyer.org_no) == ("Mogens Kro ApS", "29403473")
    assert (found.buyer.email, found.buyer.contact) == ("bogholderi@mogens.example", "Mogens")
    assert found.description == "Rundstykker, september"


def test_a_token_is_asked_for_that_may_only_read(office: Office) -> None:
    documents(office, invoice())
    (asked,) = [each for each in office.asked if each.method == "POST"]
    assert (asked.path, asked.params["scope"]) == ("/dineroapi/oauth/token", "read")


def test_what_came_in_is_told_with_its_day(office: Office) -> None:
    dinero(office, [invoice()], [MOGENS], paid={"g-1": [payment(100), payment(150, "2026-11-02")]})
    found = pulled(office, "dinero", SECRETS)
    assert found.receipts == tuple(
        Receipt(day, Money(minor, "DKK"), ("2001",), "Mogens Kro ApS", mark=f"p-{day}")
        for day, minor in ((date(2026, 10, 20), 10000), (date(2026, 11, 2), 15000))
    )


def test_drafts_and_what_is_paid_are_not_listed(office: Office) -> None:
    assert documents(office, invoice(1, Status="Draft"), invoice(2, Status="Paid")) == ()


def test_every_page_is_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.ledgers.dinero.PAGE", 2)
    found = documents(office, *(invoice(n) for n in range(1, 6)))
    assert [d.number for d in found] == ["2001", "2002", "2003", "2004", "2005"]
    assert [a.params["page"] for a in office.asked if a.path == "/v1/42/invoices"] == ["0", "1", "2"]


def test_questions_are_far_enough_apart_for_a_hundred_a_minute(office: Office) -> None:
    documents(office, invoice())
    assert set(office.slept) == {0.65}


def test_an_invoice_that_is_known_is_not_fetched_as_a_whole_again(office: Office) -> None:
    documents(office, invoice(1), invoice(2), cursor="g-1")
    assert "/v1/42/invoices/g-1" not in office.paths and "/v1/42/invoices/g-2" in office.paths


def test_what_was_open_and_is_paid_is_told(office: Office) -> None:
    dinero(office, [invoice(1, Status="Paid")], [MOGENS], paid={"g-1": [payment(1250)]})
    found = pulled(office, "dinero", SECRETS, "g-1 g-gone")
    assert [(d.number, d.amount, d.why_not) for d in found.documents] == [
        ("2001", Money(0, "DKK"), "nothing_due")
    ]
    assert [(r.day, r.amount) for r in found.receipts] == [(date(2026, 10, 20), Money(125000, "DKK"))]
    assert found.cursor == ""


def test_what_was_open_and_was_deleted_is_told_to_be_settled(office: Office) -> None:
    dinero(office, [invoice(1, Status="Paid", DeletedAt="2026-11-20T10:00:00")], [MOGENS])
    del office.pages["/v2/42/invoices/g-1/payments"]
    found = pulled(office, "dinero", SECRETS, "g-1")
    assert [(d.amount, d.why_not) for d in found.documents] == [(Money(0, "DKK"), "nothing_due")]
    assert found.cursor == ""


def test_an_invoice_that_is_deleted_while_it_is_read_holds_up_no_other(office: Office) -> None:
    dinero(office, [invoice(1), invoice(2)], [MOGENS])
    del office.pages["/v2/42/invoices/g-1/payments"]
    found = pulled(office, "dinero", SECRETS)
    assert [d.number for d in found.documents] == ["2002"]
    assert found.problems == (Problem("ledger_row", facts={"number": "2001"}),)


def test_an_invoice_in_another_currency_is_told_until_a_part_of_it_is_paid(office: Office) -> None:
    (found,) = documents(office, invoice(Currency="EUR"))
    assert found.amount == Money(125000, "EUR")
    dinero(office, [invoice(Currency="EUR")], [MOGENS], paid={"g-1": [payment(100)]})
    assert pulled(office, "dinero", SECRETS).problems == (Problem("ledger_row", facts={"number": "2001"}),)


def test_a_credit_note_that_was_not_set_off_is_told_where_the_customer_owes(office: Office) -> None:
    dinero(office, [invoice()], [MOGENS], [note(), note(Guid="g-91", ContactGuid="c-other")])
    found = pulled(office, "dinero", SECRETS)
    assert [d.kind for d in found.documents] == ["invoice"]
    assert found.problems == (Problem("ledger_credit", facts={"number": "90", "customer": "Mogens Kro ApS"}),)


@pytest.mark.parametrize(
    "more",
    [{"TotalInclVat": "much"}, {"TotalInclVat": True}, {"Currency": "KRONER"}, {"PaymentDate": "2026-02-30"}],
)
def test_one_row_that_cannot_be_read_is_told_and_the_others_count(more: Row, office: Office) -> None:
    whole = invoice(1)
    dinero(office, [whole, invoice(2)], [MOGENS])
    listed = office.pages["/v1/42/invoices"]

    def spoilt(params: Any) -> Said:
        said = listed(params)
        said.body["Collection"][0].update(more)
        return said

    office.pages["/v1/42/invoices"] = spoilt
    found = pulled(office, "dinero", SECRETS)
    assert [d.number for d in found.documents] == ["2002"]
    assert found.problems == (Problem("ledger_row", facts={"number": "2001"}),)
    assert found.cursor.split() == ["g-1", "g-2"]


def test_a_key_that_gives_no_token_is_trouble(office: Office) -> None:
    dinero(office)
    office.pages["/dineroapi/oauth/token"] = lambda params: Said({"error": "none"})
    with pytest.raises(LedgerError, match="garbled"):
        pulled(office, "dinero", SECRETS)
