"""Banking: the same money once, in any order; what was taken back; what is asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from bot.banking import Arrival, arrive, take_back, told
from bot.documents import Receipt
from bot.matching import Incoming, Owed
from bot.money import Money
from tests.cast import CAFE_NORRSKEN, invoice, kr

DAY = date(2026, 11, 20)
ONE = invoice(CAFE_NORRSKEN, "1042", "1000", DAY - timedelta(days=10), "10421")
PAID = Receipt(DAY, kr("1000"), ("10421",), "Café Norrsken", mark="A1")


def arrival(
    receipts: Iterable[Receipt], known: frozenset[str] = frozenset(), placed: Iterable[Incoming] = ()
) -> Arrival:
    numbers = count(1)
    owed = Owed("SE", [ONE], [CAFE_NORRSKEN])
    return arrive(told(receipts, lambda: f"m{next(numbers)}", Counter()), known, placed, owed, DAY)


def test_money_with_its_reference_is_placed_what_may_fit_is_asked_about_and_the_rest_let_be() -> None:
    named, stranger = Receipt(DAY, kr("70"), payer="Norrsken", mark="A2"), Receipt(DAY, kr("7"), mark="A3")
    found = arrival([PAID, named, stranger])
    assert [row.money.state for row in found.rows] == ["placed", "loose", "loose"]
    assert [row.money.state for row in arrival([named, PAID]).rows] == ["waiting", "placed"]
    tally = found.tally
    assert (tally.count, tally.placed, tally.asked, tally.loose) == (3, 1, 0, 2)
    assert tally.total == (kr("1077"),)


def test_what_the_bank_has_told_of_before_counts_once() -> None:
    found = arrival([PAID, PAID], known=frozenset({"A1"}))
    assert (found.rows, found.known) == ((), 2)
    assert len(arrival([PAID, PAID]).rows) == 1


def test_two_payments_that_look_alike_without_a_name_from_the_bank_are_two() -> None:
    alike = replace(PAID, mark="", references=())
    first = arrival([alike, alike])
    assert len(first.rows) == 2
    marks = frozenset(row.money.mark for row in first.rows)
    assert arrival([alike, alike], known=marks).rows == ()
    assert len(arrival([alike, alike, alike], known=marks).rows) == 1


def test_a_payment_taken_back_finds_the_one_it_takes_back() -> None:
    back = Receipt(DAY + timedelta(days=3), kr("-1000"), ("10421",), reversal=True, mark="B1")
    row = arrival([back, PAID]).rows[1]
    assert row.taken_from is not None
    assert (row.taken_from.mark, row.money.customer) == ("A1", "norrsken")


def test_a_payment_taken_back_of_which_nothing_is_known_is_asked_about() -> None:
    assert arrival([Receipt(DAY, kr("-5"), ("1",), reversal=True, mark="B1")]).rows[0].asks


def test_own_money_that_comes_back_is_no_payment() -> None:
    assert arrival([replace(PAID, reversal=True)]).rows == ()


def test_the_second_payment_of_one_invoice_is_not_placed_on_it_again() -> None:
    first, second = arrival([PAID, replace(PAID, mark="A2")]).rows
    assert first.match and second.loose


@given(st.permutations(range(6)), st.lists(st.integers(1, 5), min_size=6, max_size=6))
def test_whatever_the_order_the_same_money_is_placed(order: list[int], amounts: list[int]) -> None:
    receipts = [
        Receipt(DAY + timedelta(days=n), Money(a * 20_000, "SEK"), ("10421",), mark=f"{n}")
        for n, a in enumerate(amounts)
    ]
    straight, mixed = arrival(receipts), arrival([receipts[n] for n in order])
    assert [(r.money.mark, r.match) for r in straight.rows] == [(r.money.mark, r.match) for r in mixed.rows]


def test_what_is_taken_back_on_the_day_it_came_finds_it_though_the_newest_stands_first() -> None:
    back = Receipt(DAY, kr("-1000"), ("10421",), reversal=True, mark="B1")
    came, went = arrival([back, PAID]).rows
    assert came.match is not None
    assert went.taken_from == came.money


def test_of_two_payments_of_one_invoice_the_one_that_is_sent_back_leaves_the_invoice_paid() -> None:
    """Who paid twice gets one back: nobody but the owner can tell which, and nobody is chased meanwhile."""
    twice = replace(PAID, mark="A2", day=DAY + timedelta(days=1))
    sent_back = Receipt(DAY + timedelta(days=3), kr("-1000"), payer="Café Norrsken", mark="B1")
    first, second, back = arrival([PAID, twice, sent_back]).rows
    assert first.match and second.loose
    assert back.asks


def test_a_payment_is_taken_back_once() -> None:
    back = Receipt(DAY + timedelta(days=3), kr("-1000"), ("10421",), reversal=True, mark="B1")
    again = replace(back, day=back.day + timedelta(days=1), mark="B2")
    _, first, second = arrival([PAID, back, again]).rows
    assert first.taken_from
    assert second.asks


def test_what_was_paid_anew_after_it_was_taken_back_can_be_taken_back_too() -> None:
    back = Receipt(DAY + timedelta(days=3), kr("-1000"), ("10421",), reversal=True, mark="B1")
    anew = replace(PAID, day=DAY + timedelta(days=5), mark="A2")
    again = replace(back, day=DAY + timedelta(days=8), mark="B2")
    came, went, later = (
        Incoming(
            id=n,
            day=r.day,
            amount=r.amount,
            mark=r.mark,
            references=r.references,
            state="placed",
            customer="norrsken",
        )
        for n, r in (("m1", PAID), ("m2", back), ("m3", anew))
    )
    row = arrival([again], placed=[came, went, later]).rows[0]
    assert row.taken_from == later


def test_of_two_payments_the_one_that_had_come_by_then_is_taken_back() -> None:
    early, late = came("early", 3, "100"), came("late", 10, "100")
    back = replace(came("back", 5, "-100"), customer="", state="waiting")
    assert take_back(back, [early, late]).taken_from == early
    assert take_back(back, [late]).taken_from == late
    assert take_back(back, [replace(late, customer="", state="waiting")]).asks
    assert take_back(back, [early, came("gone", 8, "-100")]).asks


def came(name: str, day: int, amount: str) -> Incoming:
    """Money of one payer that lies on an invoice, or took back what did."""
    when, sum_of = date(2026, 11, day), kr(amount)
    return Incoming(id=name, day=when, amount=sum_of, mark=name, payer="X AB", state="placed", customer="x")
