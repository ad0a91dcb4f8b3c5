"""Promises: they keep us silent until their day and a bank day's grace have passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import promises, workdays
from bot.countries import codes
from bot.errors import Refusal
from bot.payments import Payment
from bot.promises import Promise, is_kept
from tests.cast import kr

FRIDAY = date(2026, 11, 20)
PROMISE = Promise(id="p", customer="norrsken", day=FRIDAY, made=FRIDAY - timedelta(days=4))
GRANTED = replace(PROMISE, kind="deferral")
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
countries = st.sampled_from(codes())


@given(days, days, countries)
def test_an_open_promise_either_holds_or_is_missed(day: date, today: date, code: str) -> None:
    promise = replace(PROMISE, day=day)
    assert promises.holds(promise, today, code) != promises.is_missed(promise, today, code)


@given(days, countries)
def test_it_is_looked_at_again_on_a_bank_day_with_a_whole_bank_day_behind_it(day: date, code: str) -> None:
    again = promises.follow_up(replace(PROMISE, day=day), code)
    assert workdays.is_bank_day(again, code)
    assert any(workdays.is_bank_day(day + timedelta(n), code) for n in range((again - day).days))


@pytest.mark.parametrize("state", ["kept", "broken", "withdrawn"])
def test_a_closed_promise_neither_holds_nor_is_missed(state: promises.Standing) -> None:
    closed = replace(PROMISE, state=state)
    assert not promises.holds(closed, FRIDAY, "SE")
    assert not promises.is_missed(closed, FRIDAY + timedelta(days=30), "SE")


def test_friday_s_promise_is_missed_on_monday_and_not_on_sunday() -> None:
    assert promises.holds(PROMISE, FRIDAY + timedelta(days=2), "SE")
    assert promises.is_missed(PROMISE, FRIDAY + timedelta(days=3), "SE")


def test_a_promise_for_christmas_eve_waits_for_the_banks() -> None:
    promise = replace(PROMISE, day=date(2026, 12, 24))
    assert promises.follow_up(promise, "SE") == date(2026, 12, 29)


def test_today_may_be_promised_and_yesterday_may_not() -> None:
    assert promises.check_day(FRIDAY, FRIDAY) == FRIDAY
    with pytest.raises(Refusal) as refused:
        promises.check_day(FRIDAY - timedelta(days=1), FRIDAY)
    assert refused.value.key == "day_past"


def test_a_promise_lies_at_most_half_a_year_ahead() -> None:
    last = FRIDAY + timedelta(days=180)
    assert promises.check_day(last, FRIDAY) == last
    with pytest.raises(Refusal) as refused:
        promises.check_day(FRIDAY + timedelta(days=181), FRIDAY)
    assert refused.value.key == "day_far" and refused.value.facts["most"] == 180


def test_more_time_is_granted_once() -> None:
    later = FRIDAY + timedelta(days=14)
    assert promises.grant(later, FRIDAY, [PROMISE]) == later
    with pytest.raises(Refusal) as refused:
        promises.grant(later, FRIDAY, [replace(GRANTED, state="broken")])
    assert refused.value.key == "deferral_once"


def test_more_time_taken_back_may_be_granted_again() -> None:
    assert promises.grant(FRIDAY, FRIDAY, [replace(GRANTED, state="withdrawn")]) == FRIDAY


def test_more_time_is_at_most_three_months() -> None:
    with pytest.raises(Refusal) as refused:
        promises.grant(FRIDAY + timedelta(days=91), FRIDAY, [])
    assert refused.value.key == "day_far"


def test_a_promised_amount_is_kept_when_that_much_has_come_since() -> None:
    promise = Promise(id="p", customer="c", day=date(2026, 11, 27), made=date(2026, 11, 20), amount=kr("500"))

    def came(amount: str, day: int) -> Payment:
        return Payment(id=amount, customer="c", invoice="i", day=date(2026, 11, day), amount=kr(amount))

    assert not is_kept(promise, [came("900", 19), came("499", 21)])
    assert is_kept(promise, [came("300", 21), came("200", 26)])
