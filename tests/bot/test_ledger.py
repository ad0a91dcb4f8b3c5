"""The ledger: what is known while documents are read, and a credit that was counted before its note came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from bot.documents import Document, Party
from bot.invoices import Invoice
from bot.ledger import FROM_BOOKS, Ledger
from bot.payments import Payment
from tests.cast import ASAS_BAGERI, CAFE_NORRSKEN, kr

TODAY = date(2026, 11, 16)
CAFE = CAFE_NORRSKEN
BILL = Invoice(id="i", customer=CAFE.id, number="INV-7", amount=kr("1000"), paid=kr("0"), due=TODAY)
GIVEN = Payment(id="p", customer=CAFE.id, invoice="i", day=TODAY, amount=kr("300"), kind="credit_note")


def ledger(*payments: Payment) -> Ledger:
    names = count()
    return Ledger(ASAS_BAGERI, [CAFE], [BILL], lambda: f"id{next(names)}", payments)


def test_an_invoice_is_found_by_its_number_however_it_is_written() -> None:
    assert ledger().invoice(CAFE, " inv-7 ") == BILL and ledger().invoice(CAFE, "INV-8") is None


def test_an_invoice_altered_takes_the_place_of_what_it_was() -> None:
    books = ledger()
    later = books.add(replace(BILL, due=date(2026, 12, 1)))
    assert books.invoice(CAFE, "INV-7") == later


def test_whoever_has_the_invoice_that_a_credit_note_names_is_meant() -> None:
    note = Document("credit_note", "9", kr("300"), refers_to=("INV-7",))
    buyer = replace(note.buyer, name=CAFE.name, email="elsewhere@norrsken.example")
    assert ledger().customer(replace(note, buyer=buyer)) == CAFE
    assert ledger().customer(replace(note, buyer=buyer, refers_to=())) is None


def test_a_payment_is_there_from_the_moment_it_is_noted() -> None:
    books = ledger()
    assert not books.has("k", CAFE)
    assert books.pay(CAFE, BILL, kr("10"), TODAY, "k").invoice == "i" and books.has("k", CAFE)


@pytest.mark.parametrize(
    ("before", "counted"),
    [
        (GIVEN, True),
        (replace(GIVEN, kind="payment", key=f"{FROM_BOOKS}i:70000"), True),
        (replace(GIVEN, kind="payment"), False),
        (replace(GIVEN, key="credit:norrsken:8"), False),
        (replace(GIVEN, amount=kr("299")), False),
        (replace(GIVEN, invoice="another"), False),
    ],
)
def test_a_credit_note_may_be_what_was_counted_before(before: Payment, counted: bool) -> None:
    payment, was_counted = ledger(before).credit(CAFE, BILL, kr("300"), TODAY, "credit:norrsken:9")
    assert was_counted is counted is (payment.id == "p")
    assert (payment.kind, payment.key, payment.amount) == ("credit_note", "credit:norrsken:9", kr("300"))


def test_what_was_counted_before_is_so_for_one_credit_note_only() -> None:
    books = ledger(GIVEN)
    told = [books.credit(CAFE, BILL, kr("300"), TODAY, f"credit:{n}")[1] for n in range(2)]
    assert told == [True, False]


def test_a_credit_note_that_names_no_invoice_goes_by_the_customer() -> None:
    assert ledger(GIVEN).credit(CAFE, None, kr("300"), TODAY, "credit:9")[1]
    assert not ledger(replace(GIVEN, customer="another")).credit(CAFE, None, kr("300"), TODAY, "credit:9")[1]


def test_payments_are_asked_for_by_their_customer_when_they_are_needed() -> None:
    asked: list[str] = []

    def paid(customer: str) -> tuple[Payment, ...]:
        asked.append(customer)
        return (GIVEN,)

    books = Ledger(ASAS_BAGERI, [CAFE], [BILL], lambda: "id", paid=paid)
    assert not books.has("k", CAFE) and not books.has("l", CAFE)
    assert books.credit(CAFE, BILL, kr("300"), TODAY, "k")[1]
    assert asked == [CAFE.id]


def test_a_ledger_goes_on_with_other_invoices_once_what_it_read_is_in_the_books() -> None:
    books = ledger()
    assert (
        books.customer(Document("invoice", "1", kr("1"), buyer=Party(name="New"))) and books.buyers.newcomers
    )
    books.look_at([replace(BILL, number="INV-8")])
    assert not books.buyers.newcomers
    assert books.invoice(CAFE, "INV-7") is None and books.invoice(CAFE, "INV-8")
