"""Quiet seasons: which days they are, in this year and every other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.seasons import LONGEST, USUAL, Season, check_season, is_quiet, usual

JULY = Season(first=date(2026, 7, 1), last=date(2026, 7, 31))
CHRISTMAS = Season(first=date(2025, 12, 24), last=date(2026, 1, 1))
days = st.dates(date(2024, 1, 1), date(2034, 12, 31))


@given(days)
def test_a_summer_that_is_quiet_each_year_is_just_its_month(day: date) -> None:
    assert JULY.rests(day) == (day.month == 7)


@given(days)
def test_a_season_over_the_new_year_begins_in_the_one_and_ends_in_the_next(day: date) -> None:
    assert CHRISTMAS.rests(day) == ((day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1))


@given(days, st.integers(0, LONGEST.days - 1), st.integers(-3, 3))
def test_a_season_of_one_time_is_just_its_days(first: date, length: int, aside: int) -> None:
    season = Season(first=first, last=first + timedelta(days=length), yearly=False)
    assert season.rests(first) and season.rests(season.last)
    assert not season.rests(first - timedelta(days=1)) and not season.rests(season.last + timedelta(days=1))
    assert not season.rests(first + timedelta(days=365 * 2 + aside))


def test_one_that_begins_on_the_leap_day_begins_on_the_first_of_march_in_other_years() -> None:
    leap = Season(first=date(2028, 2, 29), last=date(2028, 3, 2))
    assert [leap.rests(date(2027, 2, 28)), leap.rests(date(2027, 3, 1)), leap.rests(date(2028, 2, 29))] == [
        False,
        True,
        True,
    ]


def test_a_day_is_quiet_in_any_of_them_and_in_none_where_there_is_none() -> None:
    assert is_quiet(date(2027, 7, 10), [CHRISTMAS, JULY])
    assert not is_quiet(date(2027, 8, 1), [CHRISTMAS, JULY])
    assert not is_quiet(date(2027, 7, 10), [])


@pytest.mark.parametrize("length", [-1, LONGEST.days, 400])
def test_one_that_ends_before_it_begins_or_never_seems_to_end_is_refused(length: int) -> None:
    first = date(2026, 7, 1)
    with pytest.raises(Refusal, match="season_days"):
        check_season(Season(first=first, last=first + timedelta(days=length)))


def test_seasons_on_end_are_no_longer_together_than_one_may_be() -> None:
    june = Season(first=date(2026, 6, 2), last=date(2026, 6, 30))
    august = Season(first=date(2027, 8, 1), last=date(2027, 8, 10), yearly=False)
    assert check_season(JULY, [june]) == JULY
    with pytest.raises(Refusal, match="season_days"):
        check_season(JULY, [replace(june, first=date(2026, 5, 31))])
    with pytest.raises(Refusal, match="season_days"):
        check_season(august, [june, JULY])


def test_the_same_days_told_in_another_year_are_the_same_season() -> None:
    assert JULY.is_as(Season(first=date(2028, 7, 1), last=date(2028, 7, 31)))
    assert not JULY.is_as(replace(JULY, yearly=False))
    assert not JULY.is_as(replace(JULY, last=date(2026, 7, 30)))


@pytest.mark.parametrize("told", [2027, 2028])
def test_a_season_over_the_end_of_february_ends_on_the_day_it_says(told: int) -> None:
    season = Season(first=date(told, 2, 26), last=date(told, 3, 5))
    for year in (2026, 2027, 2028):
        assert season.rests(date(year, 3, 5)) and not season.rests(date(year, 3, 6))
        assert season.rests(date(year, 2, 26)) and not season.rests(date(year, 2, 25))


@given(days, st.sampled_from(sorted(USUAL)))
def test_a_usual_season_is_one_that_may_be_and_has_not_gone(today: date, name: str) -> None:
    season = check_season(usual(name, today))
    assert today <= season.last < today + timedelta(days=400)
    begins, ends = ((day.month, day.day) for day in (season.first, season.last))
    assert (begins, ends) == USUAL[name]
