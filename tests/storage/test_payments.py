from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Refusal
from bot.money import Money
from bot.payments import Payment
from storage.books import Books
from storage.engine import Database
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, bygg, kr, move_in, norrsken
from tests.storage.conftest import NOW, TODAY

PAYMENT = Payment(
    id="1",
    customer=BYGG_OCH_BETONG.id,
    invoice="bygg-2042",
    day=TODAY,
    amount=kr("400"),
    key="bank:77",
    at=NOW,
)


@pytest.fixture
def books(books: Books) -> Books:
    move_in(books, bygg(TODAY), norrsken(TODAY))
    return books


def test_a_payment_read_twice_counts_once(books: Books) -> None:
    assert books.payments.add(PAYMENT)
    assert not books.payments.add(replace(PAYMENT, id="2"))
    assert books.invoices.get("bygg-2042").paid == kr("400")


def test_payments_without_a_key_are_each_their_own(books: Books) -> None:
    assert all(books.payments.add(replace(PAYMENT, id=name, key="")) for name in ("1", "2"))
    assert books.invoices.get("bygg-2042").paid == kr("800")


def test_another_business_may_have_the_same_key(database: Database) -> None:
    other = replace(ASAS_BAGERI, id="other")
    database.add_business(other)
    for business in (ASAS_BAGERI, other):
        with database.books(business.id, NOW) as books:
            move_in(books, bygg(TODAY))
            assert books.payments.add(PAYMENT)


def test_a_payment_can_be_laid_on_an_invoice_later(books: Books) -> None:
    books.payments.add(replace(PAYMENT, invoice=""))
    assert books.payments.credit(PAYMENT.customer) == (kr("400"),)
    books.payments.save(PAYMENT)
    assert books.payments.credit(PAYMENT.customer) == ()
    assert books.payments.of_invoice("bygg-2042") == (PAYMENT,)


def test_credit_is_one_amount_per_currency_and_never_less_than_nothing(books: Books) -> None:
    for name, amount in {
        "1": kr("400"),
        "2": kr("-100"),
        "3": Money(5, "DKK"),
        "4": Money(-7, "EUR"),
    }.items():
        books.payments.add(replace(PAYMENT, id=name, key=name, invoice="", amount=amount))
    assert books.payments.credit(PAYMENT.customer) == (Money(5, "DKK"), kr("300"))
    assert books.payments.credit("norrsken") == ()


def test_a_payment_can_be_taken_back_once(books: Books) -> None:
    books.payments.add(PAYMENT)
    books.payments.remove(PAYMENT.id)
    with pytest.raises(Refusal, match="not_found"):
        books.payments.remove(PAYMENT.id)
    assert books.payments.add(PAYMENT)


def test_what_came_since_a_day_is_told_with_that_day(books: Books) -> None:
    books.payments.add(PAYMENT)
    books.payments.add(replace(PAYMENT, id="before", key="before", day=PAYMENT.day - timedelta(days=1)))
    assert books.payments.since(PAYMENT.day) == (PAYMENT,)
