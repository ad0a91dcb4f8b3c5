from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.documents import Document, Problem
from bot.money import Money
from tests.storage.ledgers.accounts import ACCOUNTS, Row, stripe
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office

SECRETS = ACCOUNTS["stripe"].secrets


def moment(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[arg-type,misc]  # year to minute


def invoice(nth: int = 1, **more: Any) -> Row:
    return {
        "id": f"in_{nth}",
        "object": "invoice",
        "number": f"7FE1103-{nth:04}",
        "status": "open",
        "collection_method": "send_invoice",
        "currency": "sek",
        "total": 125000,
        "amount_due": 125000,
        "amount_paid": 25000,
        "amount_remaining": 100000,
        "created": moment(2026, 10, 1),
        "effective_at": moment(2026, 10, 2),
        "due_date": moment(2026, 10, 16),
        "description": None,
        "customer": "cus_1",
        "customer_name": "Café Norrsken",
        "customer_email": "faktura@norrsken.example",
        "customer_phone": None,
        "customer_address": {"city": "Kiruna", "country": "SE"},
        "customer_tax_ids": [{"type": "eu_vat", "value": "SE556469629101"}],
        "lines": {"object": "list", "data": [{"description": "Bröd, september"}], "has_more": False},
        **more,
    }


def documents(office: Office, *rows: Row, cursor: str = "") -> tuple[Document, ...]:
    stripe(office, rows)
    return pulled(office, "stripe", SECRETS, cursor).documents


def test_an_invoice_is_read_with_all_that_is_stated(office: Office) -> None:
    (found,) = documents(office, invoice())
    assert (found.kind, found.number, found.collectable) == ("invoice", "7FE1103-0001", "yes")
    assert (found.amount, found.total) == (Money(100000, "SEK"), Money(125000, "SEK"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 2), date(2026, 10, 16), "stated")
    assert (found.buyer.name, found.buyer.country) == ("Café Norrsken", "SE")
    assert (found.buyer.org_no, found.buyer.email) == ("SE556469629101", "faktura@norrsken.example")
    assert (found.description, found.reference) == ("Bröd, september", "")


def test_every_page_is_read(office: Office) -> None:
    whole = {"amount_paid": 0, "amount_remaining": 125000}
    found = documents(office, *(invoice(n, **whole) for n in range(1, 251)))
    assert len({d.number for d in found}) == 250
    assert [a.params.get("starting_after") for a in office.asked] == [None, "in_100", "in_200"]


def test_a_moment_late_in_the_evening_is_due_the_day_it_is_here(office: Office) -> None:
    (found,) = documents(office, invoice(due_date=moment(2026, 10, 15, 23, 30)))
    assert found.due == date(2026, 10, 16)


@pytest.mark.parametrize(
    ("currency", "minor", "amount"),
    [("jpy", 500, Money(500, "JPY")), ("isk", 50000, Money(500, "ISK")), ("eur", 501, Money(501, "EUR"))],
)
def test_amounts_are_exact_in_every_currency(
    currency: str, minor: int, amount: Money, office: Office
) -> None:
    (found,) = documents(office, invoice(currency=currency, total=minor, amount_remaining=minor))
    assert found.amount == found.total == amount


@pytest.mark.parametrize("status", ["paid", "void", "uncollectible"])
def test_what_was_open_and_is_paid_or_given_up_has_nothing_left(status: str, office: Office) -> None:
    (found,) = documents(office, invoice(status=status), cursor="in_1")
    assert (found.amount, found.why_not) == (Money(0, "SEK"), "nothing_due")


@pytest.mark.parametrize("more", [{"collection_method": "charge_automatically"}, {"status": "draft"}])
def test_cards_and_drafts_are_nothing_to_ask_for(more: Row, office: Office) -> None:
    assert documents(office, invoice(**more), cursor="in_1") == ()


@pytest.mark.parametrize(
    "more",
    [
        {"amount_remaining": 12.5},
        {"total": None},
        {"currency": "kr"},
        {"due_date": 10**18},
        {"customer_name": None, "customer_email": None},
        {"number": None},
    ],
)
def test_one_row_that_cannot_be_read_is_told_and_the_others_count(more: Row, office: Office) -> None:
    stripe(office, [invoice(1, **more), invoice(2)])
    found = pulled(office, "stripe", SECRETS)
    assert [d.number for d in found.documents] == ["7FE1103-0002"]
    assert [p.code for p in found.problems] == ["ledger_row"]


def test_a_buyer_without_a_name_goes_by_their_address(office: Office) -> None:
    (found,) = documents(office, invoice(customer_name=None, customer_tax_ids=[]))
    assert (found.buyer.name, found.buyer.org_no) == ("faktura@norrsken.example", "")


def test_the_example_of_the_documentation_is_a_draft(office: Office) -> None:
    example = {
        **invoice(),
        "status": "draft",
        "number": None,
        "collection_method": "charge_automatically",
        "currency": "usd",
    }
    stripe(office, [example])
    assert pulled(office, "stripe", SECRETS, "in_1").problems == tuple[Problem]()
