"""What came in on an invoice, with its day, by the systems that list it; of the others what is left."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.documents import Receipt
from bot.money import Money
from tests.storage.ledgers import test_fiken, test_fortnox, test_stripe, test_tripletex
from tests.storage.ledgers.accounts import ACCOUNTS, Row, fiken, fortnox, stripe, tripletex
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office, Said

DAY = date(2026, 10, 20)


def receipts(office: Office, system: str, cursor: str = "") -> tuple[Receipt, ...]:
    return pulled(office, system, ACCOUNTS[system].secrets, cursor).receipts


def sale(*payments: Row, left: int = 20000) -> Row:
    return {"outstandingBalance": left, "salePayments": list(payments)}


def fiken_payment(**more: Any) -> Row:
    row = {"paymentId": 9, "date": "2026-10-20", "account": "1920:10001", "amount": 10000, "currency": "NOK"}
    return row | more


def test_fiken_tells_the_payments_of_the_sale(office: Office) -> None:
    fiken(office, [test_fiken.invoice(sale=sale(fiken_payment()))])
    assert receipts(office, "fiken") == (
        Receipt(DAY, Money(10000, "NOK"), ("10001",), "Café Norrsken AS", mark="9"),
    )


@pytest.mark.parametrize(
    "more", [{"date": None}, {"amount": "much"}, {"currency": "KRONER"}, {"amount": 1.5}]
)
def test_a_payment_that_cannot_be_read_leaves_what_is_left(more: Row, office: Office) -> None:
    fiken(office, [test_fiken.invoice(sale=sale(fiken_payment(**more)))])
    found = pulled(office, "fiken", ACCOUNTS["fiken"].secrets)
    assert (found.receipts, [d.amount for d in found.documents]) == ((), [Money(20000, "NOK")])


def test_of_what_nobody_paid_on_no_payment_is_looked_for(office: Office) -> None:
    fortnox(office, [test_fortnox.invoice(Balance=200)])
    assert receipts(office, "fortnox") == ()
    assert "/invoicepayments" not in office.paths


def posting(ident: int, amount: float, day: str, currency: str = "NOK") -> Row:
    return {"id": ident, "date": day, "amountCurrency": amount, "currency": {"code": currency}}


def test_tripletex_tells_the_postings_against_the_invoice(office: Office) -> None:
    postings = [
        posting(1, 1250.5, "2026-10-01"),
        posting(2, -250.05, "2026-10-20"),
        posting(3, -1, "2026-10-21", "EUR"),
    ]
    tripletex(office, [test_tripletex.invoice(postings=postings)])
    assert receipts(office, "tripletex") == (
        Receipt(DAY, Money(25005, "NOK"), ("1",), "Café Norrsken AS", mark="2"),
    )


def fortnox_payment(number: int, **more: Any) -> Row:
    row = {"Number": number, "InvoiceNumber": 1, "Amount": 74.5, "PaymentDate": "2026-10-20", "Booked": True}
    return row | more


def test_fortnox_is_asked_for_the_payments_of_an_invoice(office: Office) -> None:
    listed = [fortnox_payment(7), fortnox_payment(8, Booked=False)]
    fortnox(office, [test_fortnox.invoice()], paid={"1": listed})
    assert receipts(office, "fortnox") == (
        Receipt(DAY, Money(7450, "SEK"), ("1",), "Café Norrsken AB", mark="7"),
    )


def test_an_integration_that_may_not_see_payments_still_tells_what_is_left(office: Office) -> None:
    fortnox(office, [test_fortnox.invoice()])
    office.pages["/invoicepayments"] = lambda params: Said({"ErrorInformation": {}}, 403)
    found = pulled(office, "fortnox", ACCOUNTS["fortnox"].secrets)
    assert (found.receipts, [d.amount for d in found.documents]) == ((), [Money(12550, "SEK")])


def test_stripe_tells_when_an_invoice_was_paid(office: Office) -> None:
    paid_at = int(datetime(2026, 10, 19, 22, 30, tzinfo=UTC).timestamp())
    paid = {"amount_paid": 125000, "amount_remaining": 0, "status_transitions": {"paid_at": paid_at}}
    stripe(office, [test_stripe.invoice(1, status="paid", **paid)])
    assert receipts(office, "stripe", "in_1") == (
        Receipt(DAY, Money(125000, "SEK"), ("7FE1103-0001",), "Café Norrsken", mark="in_1"),
    )
