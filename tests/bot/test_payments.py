"""Payments: where money goes, and the habit it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.invoices import Invoice, outstanding
from bot.money import Money
from bot.payments import Habit, allocate, habit
from tests.cast import CAFE_NORRSKEN, invoice, kr, norrsken, settled

DAY = date(2026, 11, 16)
OLD = invoice(CAFE_NORRSKEN, "1", "100", DAY - timedelta(days=30))
NEW = invoice(CAFE_NORRSKEN, "2", "200", DAY)


@st.composite
def claims(draw: st.DrawFn) -> Invoice:
    currency = draw(st.sampled_from(["SEK", "EUR"]))
    amount, paid = (Money(draw(st.integers(0, 10**6)), currency) for _ in range(2))
    due = draw(st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)))
    return replace(OLD, id=str(draw(st.uuids())), amount=amount, paid=paid, due=due)


def paid_late(*late: int) -> list[Invoice]:
    return [settled(OLD, (OLD.due or DAY) + timedelta(days=n)) for n in late]


@given(st.integers(-1000, 10**7), st.lists(claims(), max_size=6))
def test_no_invoice_is_paid_beyond_what_is_left_and_no_money_is_made(minor: int, owed: list[Invoice]) -> None:
    shares = allocate(Money(minor, "SEK"), owed)
    assert all(0 < share.minor <= outstanding(i).minor for i, share in shares)
    room = sum(outstanding(i).minor for i in owed if i.amount.currency == "SEK")
    assert sum(share.minor for _, share in shares) == max(min(minor, room), 0)


@given(st.integers(1, 10**7), st.lists(claims(), max_size=6))
def test_a_newer_invoice_gets_money_only_when_the_older_is_full(minor: int, owed: list[Invoice]) -> None:
    shares = allocate(Money(minor, "SEK"), owed)
    dues = [i.due or date.max for i, _ in shares]
    assert dues == sorted(dues)
    assert all(share == outstanding(i) for i, share in shares[:-1])


def test_the_oldest_is_paid_first_whatever_the_order() -> None:
    assert allocate(kr("150"), [NEW, OLD]) == ((OLD, kr("100")), (NEW, kr("50")))


def test_money_of_another_currency_is_on_no_invoice() -> None:
    assert allocate(Money.of("150", "EUR"), [OLD, NEW]) == ()


def test_nobody_has_a_habit_before_the_first_payment() -> None:
    assert habit([OLD, NEW]) == Habit()


def test_norrsken_is_always_late_and_always_pays() -> None:
    assert habit(norrsken(DAY).invoices) == Habit(paid=4, late=4, usual_days=18, lately=18)


def test_paying_on_the_day_or_before_is_never_late() -> None:
    assert habit(paid_late(0, -3, -10)) == Habit(paid=3, late=0, usual_days=0)


def test_one_slip_does_not_make_a_habit() -> None:
    assert habit(paid_late(0, 0, 40)) == Habit(paid=3, late=1, usual_days=0)


@given(st.lists(st.integers(-60, 200), min_size=1, max_size=9))
def test_the_usual_lateness_lies_among_those_seen(late: list[int]) -> None:
    seen = habit(paid_late(*late))
    assert seen.paid == len(late) >= seen.late
    assert max(min(late), 0) <= seen.usual_days <= max(*late, 0)
