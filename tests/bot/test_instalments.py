"""Instalments: they add up to the whole, fall on bank days, and are agreed on as they were shown."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import instalments, workdays
from bot.countries import codes
from bot.errors import Refusal
from bot.hearing import Interval, Offered
from bot.money import Money
from tests.cast import kr

TODAY = date(2026, 11, 16)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
countries = st.sampled_from(codes())
parts_ = st.integers(instalments.LEAST, instalments.MOST)
amounts = st.lists(st.builds(Money, st.integers(12, 10**8), st.just("SEK")), min_size=1, max_size=5)
intervals = st.sampled_from(("monthly", "weekly"))


@given(amounts, parts_, days, countries, intervals)
def test_instalments_add_up_and_fall_on_bank_days_one_after_the_other(
    owed: list[Money], parts: int, first: date, code: str, interval: Interval
) -> None:
    drawn = instalments.propose(owed, parts, first, code, interval)
    assert [i.number for i in drawn] == list(range(1, parts + 1))
    assert sum(i.amount.minor for i in drawn) == sum(m.minor for m in owed)
    assert all(workdays.is_bank_day(i.day, code) and i.amount.minor > 0 for i in drawn)
    assert all(one.day < other.day for one, other in pairwise(drawn))
    assert drawn[0].day >= first


@pytest.mark.parametrize("parts", [-1, 0, 1, 13, 100])
def test_a_plan_has_two_to_twelve_parts(parts: int) -> None:
    with pytest.raises(Refusal) as refused:
        instalments.propose([kr("900")], parts, TODAY, "SE")
    assert refused.value.key == "plan_length"


@pytest.mark.parametrize(
    ("owed", "key"),
    [
        ([], "plan_currency"),
        ([kr("900"), Money.of("90", "EUR")], "plan_currency"),
        ([Money(2, "SEK")], "plan_small"),
        ([Money(0, "SEK")], "plan_small"),
    ],
)
def test_what_cannot_be_split_is_refused(owed: list[Money], key: str) -> None:
    with pytest.raises(Refusal) as refused:
        instalments.propose(owed, 3, TODAY, "SE")
    assert refused.value.key == key


@given(days, st.integers(0, 40))
def test_a_month_later_keeps_the_day_or_takes_the_month_s_last(day: date, months: int) -> None:
    later = instalments.months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_the_thirty_first_comes_back_after_february() -> None:
    found = [instalments.months_later(date(2027, 1, 31), n) for n in range(4)]
    assert found == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


@given(st.integers(2, 10**7), st.integers(2, 12), days, countries)
def test_of_a_named_amount_there_are_as_many_as_it_takes_and_the_last_is_the_rest(
    minor: int, count: int, first: date, code: str
) -> None:
    total, each = Money(minor, "SEK"), Money(-(-minor // count), "SEK")
    needed = -(-minor // each.minor)
    if needed < instalments.LEAST:
        return
    drawn = instalments.propose([total], 0, first, code, each=each)
    assert len(drawn) == needed and all(i.amount == each for i in drawn[:-1])
    assert 0 < drawn[-1].amount.minor <= each.minor
    assert sum(i.amount.minor for i in drawn) == minor


@pytest.mark.parametrize(
    ("each", "key"),
    [
        (kr("10"), "plan_length"),
        (kr("900"), "plan_length"),
        (kr("0"), "plan_small"),
        (Money.of("90", "EUR"), "plan_currency"),
    ],
)
def test_an_amount_that_makes_no_plan_is_refused(each: Money, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        instalments.propose([kr("900")], 0, TODAY, "SE", each=each)
    assert refused.value.key == key


def test_some_now_and_the_rest_later_are_two_instalments() -> None:
    said = (Offered(day=TODAY, amount=kr("1000")), Offered(day=date(2026, 12, 15)))
    now, rest = instalments.of_parts([kr("4000"), kr("125.50")], said, "SE")
    assert (now.day, now.amount, rest.day, rest.amount) == (TODAY, kr("1000"), said[1].day, kr("3125.50"))


def test_a_part_that_leaves_no_rest_is_no_part() -> None:
    said = (Offered(day=TODAY, amount=kr("900")), Offered(day=date(2026, 12, 15)))
    with pytest.raises(Refusal, match="plan_small"):
        instalments.of_parts([kr("900")], said, "SE")


def test_a_plan_is_agreed_as_it_was_shown_or_not_at_all() -> None:
    drawn = instalments.propose([kr("900")], 3, TODAY, "SE")
    instalments.check_agreed(drawn, [kr("400"), kr("500")], TODAY)
    with pytest.raises(Refusal, match="plan_changed"):
        instalments.check_agreed(drawn, [kr("900.01")], TODAY)
    with pytest.raises(Refusal, match="plan_late"):
        instalments.check_agreed(drawn, [kr("900")], TODAY + timedelta(days=1))


@given(days, st.integers(1, 31), countries)
def test_the_first_instalment_is_proposed_a_bank_day_after_their_money_comes(
    today: date, payday: int, code: str
) -> None:
    first = instalments.first_day(today, payday, code)
    assert workdays.is_bank_day(first, code)
    assert timedelta(days=7) < first - today <= timedelta(days=31 + 7 + 10)


def test_their_money_comes_on_the_25th_so_the_first_instalment_is_the_26th() -> None:
    assert instalments.first_day(TODAY, 25, "SE") == date(2026, 11, 26)
    assert instalments.first_day(date(2026, 11, 20), 25, "SE") == date(2026, 12, 28)
    assert instalments.first_day(date(2027, 2, 1), 31, "SE") == date(2027, 3, 1)


def test_where_no_payday_is_known_it_is_in_two_weeks() -> None:
    assert instalments.first_day(TODAY, 0, "SE") == date(2026, 11, 30)
