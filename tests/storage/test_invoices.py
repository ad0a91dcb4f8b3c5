from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cases import Case
from bot.invoices import is_late, is_open
from bot.money import Money
from bot.owed import Kind
from bot.payments import Payment
from storage.books import Books
from storage.engine import Database
from storage.ids import new_id
from storage.invoices import Resting, left_key
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, CAFE_NORRSKEN, invoice, kr, move_in, noon
from tests.storage.conftest import NOW, TODAY

CLAIM = invoice(BYGG_OCH_BETONG, "F-100", "100", TODAY - timedelta(days=1))


@pytest.fixture
def books(books: Books) -> Books:
    move_in(books, Case(customer=BYGG_OCH_BETONG, invoices=(CLAIM,)), Case(customer=CAFE_NORRSKEN))
    return books


def pay(books: Books, day: date, amount: Money) -> None:
    books.payments.add(
        Payment(id=new_id(), customer=CLAIM.customer, invoice=CLAIM.id, day=day, amount=amount)
    )


def test_what_is_paid_is_the_sum_of_its_payments(books: Books) -> None:
    pay(books, TODAY, kr("30"))
    pay(books, TODAY, kr("30"))
    assert books.invoices.get(CLAIM.id) == replace(CLAIM, paid=kr("60"))


def test_it_is_settled_on_the_day_the_sum_reached_the_amount(books: Books) -> None:
    pay(books, TODAY + timedelta(days=5), kr("50"))
    pay(books, TODAY + timedelta(days=2), kr("50"))
    pay(books, TODAY + timedelta(days=9), kr("1"))
    assert books.invoices.get(CLAIM.id).settled == TODAY + timedelta(days=5)


def test_it_is_open_again_when_a_payment_is_taken_back(books: Books) -> None:
    pay(books, TODAY, kr("100"))
    (payment,) = books.payments.of_invoice(CLAIM.id)
    books.payments.remove(payment.id)
    assert books.invoices.get(CLAIM.id) == CLAIM


def test_money_in_another_currency_pays_nothing_of_it(books: Books) -> None:
    pay(books, TODAY, Money.of("100", "DKK"))
    assert books.invoices.get(CLAIM.id) == CLAIM


def test_saving_what_was_read_does_not_count_payments_twice(books: Books) -> None:
    pay(books, TODAY, kr("30"))
    books.invoices.save(books.invoices.get(CLAIM.id))
    assert books.invoices.get(CLAIM.id).paid == kr("30")


def test_a_number_finds_the_invoices_of_every_customer_who_has_it(books: Books) -> None:
    twin = replace(CLAIM, id="twin", customer=CAFE_NORRSKEN.id)
    books.invoices.add(twin)
    assert set(books.invoices.by_number(" f-100 ")) == {CLAIM, twin}
    assert books.invoices.by_number("100") == ()


def test_invoices_are_listed_the_oldest_due_first_and_those_without_a_due_date_last(books: Books) -> None:
    older = replace(CLAIM, id="older", due=date(2026, 1, 1))
    undated = replace(CLAIM, id="undated", due=None)
    for claim in (undated, older):
        books.invoices.add(claim)
    assert books.invoices.all() == (older, CLAIM, undated)


def test_what_reports_look_back_on_is_open_or_was_sold_or_paid_on_since(books: Books) -> None:
    since = TODAY - timedelta(days=365)
    old = replace(CLAIM, due=since - timedelta(days=40), issued=since - timedelta(days=70))
    ages = {"open": old, "paid": old, "gone": old, "sold": replace(old, issued=since), "due": old}
    ages["due"] = replace(old, issued=None, due=since)
    for name, each in ages.items():
        books.invoices.add(replace(each, id=name, number=name))
    for name, day in {"paid": since, "gone": since - timedelta(days=1), "sold": since, "due": since}.items():
        books.payments.add(
            Payment(id=name, customer=CLAIM.customer, invoice=name, day=day, amount=CLAIM.amount)
        )
    books.payments.add(Payment(id="none", customer=CLAIM.customer, invoice="", day=since, amount=kr("5")))
    assert {i.id for i in books.invoices.told_since(since)} == {CLAIM.id, "open", "paid", "sold", "due"}


def test_parked_are_those_set_aside_and_still_open(books: Books) -> None:
    books.invoices.save(replace(CLAIM, parked=True))
    assert [claim.id for claim in books.invoices.parked()] == [CLAIM.id]
    pay(books, TODAY, kr("100"))
    assert books.invoices.parked() == ()


amounts = st.integers(-50, 150).map(lambda minor: Money(minor, "SEK"))
kinds = st.sampled_from(["payment", "payment", "credit_note"])
states = st.sampled_from(["open", "written_off", "handed_over"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amount=amounts,
    parts=st.lists(st.tuples(st.integers(0, 5), amounts, kinds), max_size=4),
    state=states,
    due=st.none() | st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days)),
)
def test_open_late_and_settled_mean_the_same_in_the_database_and_in_the_rules(
    database: Database, amount: Money, parts: list[tuple[int, Money, Any]], state: str, due: date | None
) -> None:
    claim = replace(CLAIM, id=new_id(), amount=amount, state=state, due=due)  # type: ignore[arg-type]  # drawn
    with database.books(ASAS_BAGERI.id, NOW) as books:
        if not books.customers.all():
            books.customers.add(BYGG_OCH_BETONG)
        books.invoices.add(claim)
        for day, part, kind in parts:
            paid_on = TODAY + timedelta(days=day)
            payment = Payment(
                id=new_id(), customer=claim.customer, invoice=claim.id, day=paid_on, amount=part, kind=kind
            )
            books.payments.add(replace(payment, at=noon(paid_on)))
        kept = books.invoices.get(claim.id)
        assert (kept in books.invoices.open()) == is_open(kept)
        assert (kept in books.invoices.late(TODAY)) == is_late(kept, TODAY)
    in_order = sorted(parts, key=lambda part: part[0])
    sums = list(accumulate((part.minor for _, part, _ in in_order)))
    reached = [
        (day, kind) for (day, _, kind), total in zip(in_order, sums, strict=True) if total >= amount.minor
    ]
    is_paid = bool(sums) and sums[-1] >= amount.minor
    assert kept.paid.minor == (sums[-1] if sums else 0)
    by_money = is_paid and reached[0][1] == "payment"
    assert kept.settled == (TODAY + timedelta(days=reached[0][0]) if by_money else None)


def test_invoices_are_found_by_any_of_many_numbers(books: Books) -> None:
    other = replace(CLAIM, id="other", number=" f-101 ")
    books.invoices.add(other)
    assert set(books.invoices.numbered(["f-100", "f-101", "f-102"])) == {other, CLAIM}
    assert books.invoices.numbered([]) == ()


def test_what_rests_is_counted_with_its_sums_and_how_much_of_it_is_recent(books: Books) -> None:
    assert books.invoices.resting(TODAY) == Resting(0, 0, ())
    old = replace(CLAIM, parked=True, due=TODAY - timedelta(days=90))
    pay(books, TODAY, kr("30"))
    books.invoices.save(old)
    others = [replace(old, id=f"r{n}", number=f"r{n}", due=due) for n, due in enumerate((TODAY, None))]
    books.invoices.add_all([*others, replace(old, id="s", number="s", state="written_off")])
    assert books.invoices.resting(TODAY) == Resting(3, 2, (kr("270"),))


def found(books: Books, kind: Kind, key: str, most: int | None = None) -> list[str]:
    return [claim.id for claim in books.invoices.payable(kind, [key], most)]


def test_what_may_be_paid_is_found_by_reference_number_customer_and_what_is_left(books: Books) -> None:
    claim = replace(CLAIM, id="i", number="Å 7", reference="RF18 0012 3", customer=CAFE_NORRSKEN.id)
    books.invoices.add(claim)
    keys: dict[Kind, str] = {"reference": "123", "number": "a 7", "customer": claim.customer}
    for kind, key in keys.items():
        assert found(books, kind, key) == ["i"]
        assert found(books, kind, "no such") == []
    assert found(books, "left", left_key(kr("100"))) == [CLAIM.id, "i"]
    assert len(found(books, "left", left_key(kr("100")), 1)) == 1


def test_it_is_found_by_what_is_left_whatever_becomes_of_it_and_its_payments(books: Books) -> None:
    def left() -> list[str]:
        return [amount for amount in ("100", "70", "30") if found(books, "left", left_key(kr(amount)))]

    books.payments.add_all(
        [Payment(id="p", customer=CLAIM.customer, invoice=CLAIM.id, day=TODAY, amount=kr("70"))]
    )
    assert left() == ["30"]
    books.payments.save(replace(books.payments.get("p"), amount=kr("30")))
    assert left() == ["70"]
    books.invoices.save(replace(books.invoices.get(CLAIM.id), amount=kr("60")))
    assert left() == ["30"]
    books.payments.remove("p")
    books.invoices.save_all([replace(CLAIM, due=None)])
    assert left() == ["100"]


def test_what_is_paid_by_what_no_bank_has_told_of_may_still_be_paid(books: Books) -> None:
    payment = Payment(id="p", customer=CLAIM.customer, invoice=CLAIM.id, day=TODAY, amount=kr("100"))
    books.payments.add(payment)
    assert found(books, "customer", CLAIM.customer) == [CLAIM.id]
    books.payments.save(replace(payment, key="bank:1:0"))
    assert found(books, "customer", CLAIM.customer) == []
