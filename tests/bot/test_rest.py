"""When an owner is asked: bank days, outside pauses and quiet seasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot import workdays
from bot.announcements import announce
from bot.ladder import ladder
from bot.nudges import next_nudge
from bot.parties import Business
from bot.rest import asked_after, asked_on, is_resting
from bot.seasons import LONGEST, Season
from tests.cast import ASAS_BAGERI, CAFE_NORRSKEN, invoice, noon

days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
seasons = st.builds(
    lambda first, length, yearly: Season(first=first, last=first + timedelta(days=length), yearly=yearly),
    days,
    st.integers(0, LONGEST.days - 1),
    st.booleans(),
)
houses = st.builds(
    lambda seasons, paused: replace(ASAS_BAGERI, seasons=tuple(seasons), paused_until=paused),
    st.lists(seasons, max_size=2),
    st.none() | days,
)


@given(houses, days)
def test_the_owner_is_asked_on_the_first_bank_day_that_does_not_rest(house: Business, day: date) -> None:
    asked = asked_on(house, day)
    assert asked >= day and workdays.is_bank_day(asked, house.country) and not is_resting(house, asked)
    between = (day + timedelta(days=n) for n in range((asked - day).days))
    assert all(is_resting(house, d) or not workdays.is_bank_day(d, house.country) for d in between)


@given(houses, days)
def test_the_list_comes_on_the_days_that_the_cards_name(house: Business, day: date) -> None:
    at = next_nudge(house, noon(day))
    assert workdays.local_day(at, house.zone) == asked_after(house, day)


@given(houses, days)
def test_no_letter_announces_a_step_for_a_day_on_which_nobody_takes_it(house: Business, day: date) -> None:
    late = invoice(CAFE_NORRSKEN, "1", "10", day - timedelta(days=20))
    said = announce([late], 1, house, day)
    assert not is_resting(house, said.day)
    assert said.day >= announce([late], 1, replace(house, seasons=(), paused_until=None), day).day
    assert said.pay_by < said.day and ladder(house).last >= 1
