"""What came in on an invoice, with its day, by the systems that list it; of the others what is left."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.documents import Receipt
from bot.money import Money
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
    ENTRIES,
    Row,
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


def test_fortnox_tells_when_the_last_of_another_currency_came(office: Office) -> None:
    paid = test_fortnox.invoice(Balance=0, Currency="EUR", FinalPayDate="2026-10-20")
    fortnox(office, [paid])
    assert [(r.day, r.amount) for r in receipts(office, "fortnox", "1")] == [(DAY, Money(20000, "EUR"))]
    assert "/invoicepayments" not in office.paths


@pytest.mark.parametrize(("parts", "told"), [(1, [(DAY, Money(125000, "EUR"))]), (2, [])])
def test_dinero_tells_when_another_currency_came_in_one(parts: int, told: list[Any], office: Office) -> None:
    came = [test_dinero.payment(9321.5, f"2026-10-{20 + n}") for n in range(parts)]
    row = test_dinero.invoice(1, Currency="EUR", Status="Paid")
    dinero(office, [row], [test_dinero.MOGENS], paid={"g-1": came})
    assert [(r.day, r.amount) for r in receipts(office, "dinero", "g-1")] == told


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


def stripe_payment(nth: int, amount: int, day: int, **more: Any) -> Row:
    at = {"paid_at": int(datetime(2026, 10, day, 12, tzinfo=UTC).timestamp()), "canceled_at": None}
    row = {"id": f"inpay_{nth}", "object": "invoice_payment", "invoice": "in_1", "currency": "sek"}
    return row | {"amount_paid": amount, "status": "paid", "status_transitions": at} | more


def test_stripe_is_asked_for_the_payments_of_an_invoice_paid_in_parts(office: Office) -> None:
    listed = [
        stripe_payment(1, 20000, 20),
        stripe_payment(2, 5000, 22),
        stripe_payment(3, 1, 23, status="open"),
    ]
    stripe(
        office, [test_stripe.invoice(1), test_stripe.invoice(2, amount_remaining=125000)], {"in_1": listed}
    )
    assert [(r.day, r.amount, r.mark) for r in receipts(office, "stripe")] == [
        (DAY, Money(20000, "SEK"), "inpay_1"),
        (date(2026, 10, 22), Money(5000, "SEK"), "inpay_2"),
    ]
    assert office.paths.count("/invoice_payments") == 1


def modifier(ident: str, amount: float, day: str = "2026-10-20", **more: Any) -> Row:
    row = {"id": ident, "modifierReference": f"bankPayment:{ident}", "subjectReference": "invoice:i1"}
    return (
        row | {"amount": amount, "entryDate": day, "realizedCurrencyDifference": 0, "isVoided": False} | more
    )


@pytest.mark.parametrize("sign", [1, -1])
def test_billy_tells_the_payments_of_an_invoice_whatever_their_sign(sign: int, office: Office) -> None:
    paid = [
        modifier("m1", sign * 200.05),
        modifier("m2", sign * 50, "2026-10-22T00:00:00"),
        modifier("m3", sign * 999, isVoided=True),
    ]
    billy(office, [test_billy.invoice(1, balanceModifiers=paid)], [test_billy.NORDLYS])
    assert receipts(office, "billy") == (
        Receipt(DAY, Money(20005, "DKK"), ("1",), "Café Nordlys ApS", mark="m1"),
        Receipt(date(2026, 10, 22), Money(5000, "DKK"), ("1",), "Café Nordlys ApS", mark="m2"),
    )


@pytest.mark.parametrize(
    "paid",
    [
        [modifier("m1", 200)],
        [modifier("m1", 250.05, "soon")],
        [modifier("m1", 250.05) | {"amount": None}],
        [7],
    ],
)
def test_payments_of_billys_that_do_not_come_to_what_is_gone_are_let_be(paid: Any, office: Office) -> None:
    billy(office, [test_billy.invoice(1, balanceModifiers=paid)], [test_billy.NORDLYS])
    found = pulled(office, "billy", ACCOUNTS["billy"].secrets)
    assert (found.receipts, [d.amount for d in found.documents]) == ((), [Money(100045, "DKK")])


def test_billy_tells_when_a_paid_invoice_was_paid_its_late_fee_too(office: Office) -> None:
    fee = {"id": "f1", "amount": 100, "isVoided": False}
    paid = [modifier("m1", 1250.5), modifier("m2", 100, "2026-10-25")]
    row = test_billy.invoice(1, isPaid=True, balance=0, lateFees=[fee], balanceModifiers=paid)
    billy(office, [row], [test_billy.NORDLYS])
    assert [(r.day, r.amount.minor) for r in receipts(office, "billy", "i1")] == [
        (DAY, 125050),
        (date(2026, 10, 25), 10000),
    ]


def entry(number: int, amount: float, **more: Any) -> Row:
    """An entry in the customer ledger, as the documentation of BookedEntries 6.0.0 has it."""
    row: Row = {
        "entryNumber": number,
        "accountNumber": 5600,
        "amount": amount,
        "amountInBaseCurrency": amount,
    }
    row |= {"currencyCode": "DKK", "date": "2026-10-20T00:00:00", "type": 2, "customerNumber": 108}
    return row | {"voucherNumber": 1, "text": "Betaling", "remainder": 0.0} | more


def booked(number: int, nth: int, **more: Any) -> Row:
    return entry(number, 1250.5, type=1, customerInvoiceNumber=nth, date="2026-10-01T00:00:00") | more


def pair(one: int, other: int) -> Row:
    ends: Row = {"fromEntry": one, "fromEntryDate": "2026-10-01T00:00:00", "fromEntryAmount": 1250.5}
    return ends | {"toEntry": other, "toEntryDate": "2026-10-20T00:00:00", "toEntryAmount": -250.05}


PAID = [
    booked(31, 1),
    entry(32, -1000.4, customerNumber=None, customerInvoiceNumber=1, type=1),
    booked(33, 2),
    entry(41, -250.05),
    entry(42, -2000, remainder=-749.5, date="2026-10-22T00:00:00"),
    entry(43, -10, currencyCode="EUR", amountInBaseCurrency=-74.6),
    entry(44, 5),
]


def test_economic_tells_the_entries_that_an_invoice_is_matched_with(office: Office) -> None:
    rows = [test_economic.invoice(1), test_economic.invoice(2, remainder=0)]
    matched = [pair(31, 41), pair(42, 33), pair(31, 43), pair(31, 44), pair(33, 41)]
    economic(office, rows, [test_economic.NORRSKEN], PAID, matched)
    found = receipts(office, "economic", "2")
    assert [(r.references, r.day, r.amount, r.mark) for r in found] == [
        (("1",), DAY, Money(25005, "DKK"), "41"),
        (("1",), DAY, Money(1000, "EUR"), "43"),
        (("2",), DAY, Money(25005, "DKK"), "41"),
        (("2",), date(2026, 10, 22), Money(125050, "DKK"), "42"),
    ]


def test_economic_is_asked_about_many_invoices_at_once_and_not_about_whole_ones(office: Office) -> None:
    many = [test_economic.invoice(n) for n in range(1, 151)]
    whole = [test_economic.invoice(n, remainder=1250.5) for n in range(201, 211)]
    economic(office, [*many, *whole], [test_economic.NORRSKEN])
    assert receipts(office, "economic") == ()
    asked = [each.params["filter"] for each in office.asked if each.path == ENTRIES]
    assert [each.count(",") + 1 for each in asked] == [100, 50]
    assert "201" not in "".join(asked)


@pytest.mark.parametrize("said", [Said({}, 403), Said({}, 500), Said(b"<html>"), Said({"items": None})])
def test_a_grant_without_the_entries_still_tells_what_is_left(said: Said, office: Office) -> None:
    rows = [test_economic.invoice(1), test_economic.invoice(2, remainder=0)]
    economic(office, rows, [test_economic.NORRSKEN])
    office.pages[ENTRIES] = lambda params: said
    found = pulled(office, "economic", ACCOUNTS["economic"].secrets, "2")
    assert (found.receipts, [d.amount.minor for d in found.documents if d.amount is not None]) == (
        (),
        [100045, 0],
    )
    assert office.paths.count(ENTRIES) == (4 if said.status == 500 else 1)


@pytest.mark.parametrize("more", [{"remainder": None}, {"currencyCode": None}, {"date": "soon"}])
def test_an_entry_that_cannot_be_read_leaves_what_is_left(more: Row, office: Office) -> None:
    entries = [booked(31, 1), entry(41, -250.05) | more]
    economic(office, [test_economic.invoice(1)], [test_economic.NORRSKEN], entries, [pair(31, 41)])
    found = pulled(office, "economic", ACCOUNTS["economic"].secrets)
    assert (found.receipts, [d.amount for d in found.documents]) == ((), [Money(100045, "DKK")])
