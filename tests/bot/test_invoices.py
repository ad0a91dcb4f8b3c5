"""Invoices: what is left to pay, how late it is, and what it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import invoices, workdays
from bot.countries import codes, country
from bot.money import Money, totals
from tests.cast import CAFE_NORRSKEN, invoice, kr, settled

MONDAY = date(2026, 11, 16)
CLAIM = invoice(CAFE_NORRSKEN, "2041", "4125.50", MONDAY)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
minors = st.integers(0, 10**7)
currencies = st.sampled_from(["SEK", "EUR"])


@st.composite
def claims(draw: st.DrawFn) -> invoices.Invoice:
    currency = draw(currencies)
    amount, paid = (Money(draw(minors), currency) for _ in range(2))
    due = draw(st.none() | st.dates(MONDAY - timedelta(days=150), MONDAY + timedelta(days=40)))
    state = draw(st.sampled_from(get_args(invoices.State)))
    return replace(CLAIM, amount=amount, paid=paid, due=due, state=state)


@given(claims())
def test_what_is_left_is_never_less_than_nothing(claim: invoices.Invoice) -> None:
    assert invoices.outstanding(claim).minor >= 0
    assert invoices.is_open(claim) == (invoices.outstanding(claim).minor > 0)


def test_half_paid_leaves_the_other_half() -> None:
    assert invoices.outstanding(replace(CLAIM, paid=kr("4000"))) == kr("125.50")


def test_too_much_paid_leaves_nothing_and_owes_nothing_back() -> None:
    assert invoices.outstanding(replace(CLAIM, paid=kr("5000"))) == kr("0")


def test_nothing_is_left_of_what_was_written_off() -> None:
    assert not invoices.is_open(replace(CLAIM, state="written_off"))


def test_what_was_handed_over_is_still_owed() -> None:
    assert invoices.outstanding(replace(CLAIM, state="handed_over")) == CLAIM.amount


def test_due_today_is_not_late() -> None:
    assert not invoices.is_late(CLAIM, MONDAY)
    assert invoices.days_overdue(CLAIM, MONDAY) == 0


def test_it_is_late_the_day_after_it_was_due() -> None:
    assert invoices.is_late(CLAIM, MONDAY + timedelta(days=1))


def test_paid_in_full_is_never_late() -> None:
    assert not invoices.is_late(settled(CLAIM, MONDAY), MONDAY + timedelta(days=400))


def test_without_a_due_date_nothing_is_late() -> None:
    undated = replace(CLAIM, due=None)
    assert not invoices.is_late(undated, date.max)
    assert invoices.is_payable(undated, date.max, "SE")


@given(days, days)
def test_before_the_due_date_no_day_counts(due: date, today: date) -> None:
    assert invoices.days_overdue(replace(CLAIM, due=due), today) == max((today - due).days, 0)


@pytest.mark.parametrize(("code", "on_time"), [("SE", True), ("FI", True), ("NO", False), ("DK", False)])
def test_due_on_a_saturday_may_be_paid_on_monday_where_the_law_says_so(code: str, on_time: bool) -> None:
    saturday = replace(CLAIM, due=MONDAY - timedelta(days=2))
    assert invoices.is_payable(saturday, MONDAY, code) == on_time
    assert not invoices.is_payable(saturday, MONDAY + timedelta(days=1), code)


@given(days, st.sampled_from(codes()))
def test_the_last_day_to_pay_is_the_due_date_or_the_bank_day_it_moves_to(due: date, code: str) -> None:
    claim = replace(CLAIM, due=due)
    last = workdays.on_or_after(due, code) if country(code).moves_due else due
    assert invoices.is_payable(claim, last, code)
    assert not invoices.is_payable(claim, last + timedelta(days=1), code)


@given(st.lists(claims(), max_size=8))
def test_the_ageing_sorts_all_that_is_open_and_loses_nothing(found: list[invoices.Invoice]) -> None:
    ages = invoices.ageing(found, MONDAY)
    sorted_in = totals(m for bucket in ages.values() for m in bucket)
    assert {m.currency: m for m in sorted_in} == {m.currency: m for m in invoices.open_totals(found)}


@pytest.mark.parametrize(
    ("late", "bucket"),
    [(-5, -1), (0, -1), (1, 0), (29, 0), (30, 30), (60, 60), (89, 60), (90, 90), (400, 90)],
)
def test_an_invoice_enters_its_bucket_on_the_day(late: int, bucket: int) -> None:
    ages = invoices.ageing([CLAIM], MONDAY + timedelta(days=late))
    assert [age for age, sums in ages.items() if sums] == [bucket]


def test_two_currencies_make_two_totals() -> None:
    euros = replace(CLAIM, amount=Money.of("80", "EUR"), paid=Money.of("0", "EUR"))
    assert invoices.open_totals([CLAIM, euros, CLAIM]) == (kr("8251"), Money.of("80", "EUR"))


def test_a_complete_invoice_lacks_nothing() -> None:
    assert invoices.missing_parts(CLAIM, "999-0219") == ()


def test_what_a_customer_needs_to_pay_is_named_when_it_is_missing() -> None:
    bare = replace(CLAIM, due=None, description="")
    assert invoices.missing_parts(bare, "") == ("due", "account", "description")


def test_an_account_on_the_invoice_itself_is_enough() -> None:
    assert "account" not in invoices.missing_parts(replace(CLAIM, account="999-0219"), "")


def test_days_to_invoice_count_from_the_delivery() -> None:
    assert invoices.days_to_invoice(CLAIM) == 2
    assert invoices.days_to_invoice(replace(CLAIM, delivered=None)) == 0


def test_invoiced_before_delivery_is_no_delay() -> None:
    assert invoices.days_to_invoice(replace(CLAIM, delivered=MONDAY)) == 0
