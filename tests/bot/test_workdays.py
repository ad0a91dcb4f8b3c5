"""Bank days: moving feasts, the countries' own days of rest, and clocks that change."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import workdays
from bot.countries import Closed, codes, country

SHARED = Path(__file__).resolve().parents[3] / "shared" / "samples" / "tables"

countries = st.sampled_from(codes())
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
zones = st.sampled_from([country(code).zone for code in codes()])

BANKS_REST_IN_DENMARK = {
    2026: ["01-01", "04-02", "04-03", "04-06", "05-14", "05-15", "05-25", "06-05", "12-24", "12-25", "12-31"],
    2027: ["01-01", "03-25", "03-26", "03-29", "05-06", "05-07", "05-17", "12-24", "12-31"],
}
"""Weekdays on which Nationalbanken is closed, as it announces them."""


@given(days, countries)
def test_a_bank_day_stays_where_it_is(day: date, code: str) -> None:
    found = workdays.on_or_after(day, code)
    assert workdays.is_bank_day(found, code)
    assert workdays.on_or_after(found, code) == found


@given(days, countries)
def test_the_next_bank_day_is_strictly_later_and_within_a_week(day: date, code: str) -> None:
    found = workdays.after(day, code)
    assert day < found <= day + timedelta(days=7)
    assert not any(workdays.is_bank_day(day + timedelta(n), code) for n in range(1, (found - day).days))


@given(days, countries)
def test_before_undoes_after_on_a_bank_day(day: date, code: str) -> None:
    bank_day = workdays.on_or_after(day, code)
    assert workdays.before(workdays.after(bank_day, code), code) == bank_day
    assert workdays.before(day, code) < day


@given(days, countries, st.integers(1, 30))
def test_counting_bank_days_is_taking_steps(day: date, code: str, count: int) -> None:
    assert workdays.add(day, 1, code) == workdays.after(day, code)
    assert workdays.add(day, count + 1, code) == workdays.after(workdays.add(day, count, code), code)


@given(days, days, countries)
def test_the_order_of_days_is_kept(one: date, other: date, code: str) -> None:
    first, second = sorted((one, other))
    assert workdays.on_or_after(first, code) <= workdays.on_or_after(second, code)


@given(days, countries)
def test_weekends_are_never_bank_days(day: date, code: str) -> None:
    assert day.weekday() < 5 or not workdays.is_bank_day(day, code)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-05-17", "NO"),
        ("2026-12-24", "NO"),
        ("2027-06-25", "SE"),
        ("2026-12-24", "SE"),
        ("2026-12-31", "SE"),
        ("2027-01-06", "SE"),
        ("2023-05-05", "DK"),
        ("2026-05-15", "DK"),
        ("2027-06-25", "FI"),
        ("2027-12-06", "FI"),
    ],
)
def test_banks_rest(day: str, code: str) -> None:
    assert not workdays.is_bank_day(date.fromisoformat(day), code)


@pytest.mark.parametrize(
    ("day", "code", "why"),
    [
        ("2026-12-31", "NO", "New Year's Eve settles"),
        ("2027-04-30", "SE", "Walpurgis Night is a half-day"),
        ("2026-05-15", "SE", "a squeeze day is not a day of rest"),
        ("2024-04-26", "DK", "Great Prayer Day ended with 2023"),
        ("2026-05-01", "DK", "Labour Day is a bank day"),
        ("2026-12-31", "FI", "New Year's Eve settles"),
    ],
)
def test_banks_are_open(day: str, code: str, why: str) -> None:
    assert workdays.is_bank_day(date.fromisoformat(day), code), why


@pytest.mark.parametrize("year", BANKS_REST_IN_DENMARK)
def test_danish_banks_rest_on_the_days_their_central_bank_announces(year: int) -> None:
    weekdays = (day for n in range(365) if (day := date(year, 1, 1) + timedelta(n)).weekday() < 5)
    closed = [f"{day:%m-%d}" for day in weekdays if not workdays.is_bank_day(day, "DK")]
    assert closed == BANKS_REST_IN_DENMARK[year]


def test_easter_is_crossed_in_one_step() -> None:
    assert workdays.after(date(2026, 4, 1), "NO") == date(2026, 4, 7)
    assert workdays.before(date(2026, 4, 7), "NO") == date(2026, 4, 1)


def test_no_bank_days_stay_where_they_are_and_fewer_go_back() -> None:
    sunday = date(2026, 11, 22)
    assert workdays.add(sunday, 0, "NO") == sunday
    assert workdays.add(sunday, -2, "NO") == date(2026, 11, 19)


def test_an_unknown_country_is_named() -> None:
    with pytest.raises(ValueError, match=r"no country 'XX': there is DK, "):
        workdays.is_bank_day(date(2026, 1, 2), "XX")


@pytest.mark.shared
@pytest.mark.parametrize("code", ["NO", "SE"])
def test_public_tables_agree_on_whole_days_of_rest(code: str) -> None:
    table = SHARED / f"holidays-{code}-2023-2030.json"
    if not table.exists():
        pytest.skip("the shared samples are not beside this checkout")
    listed = {date.fromisoformat(day): name for day, name in json.loads(table.read_text("utf-8")).items()}
    resting = {day for day, names in listed.items() if any(map(_is_whole, names.split("; ")))}
    eves = {date(year, 12, 24) for year in range(2023, 2031)}
    every = [date(2023, 1, 1) + timedelta(n) for n in range((date(2031, 1, 1) - date(2023, 1, 1)).days)]
    closed = {day for day in every if day.weekday() < 5 and not workdays.is_bank_day(day, code)}
    assert closed == {day for day in resting | eves if day.weekday() < 5}


def _is_whole(name: str) -> bool:
    return "from 2pm" not in name and name != "Squeeze day"


def test_an_hour_that_spring_leaves_out_moves_forward() -> None:
    assert workdays.instant(date(2027, 3, 28), time(2, 30), "Europe/Oslo") == datetime(
        2027, 3, 28, 1, 30, tzinfo=UTC
    )


def test_an_hour_that_comes_twice_is_the_first() -> None:
    twice = workdays.instant(date(2026, 10, 25), time(3, 30, fold=1), "Europe/Helsinki")
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(days, zones)
def test_eight_in_the_morning_falls_on_its_own_day(day: date, zone: str) -> None:
    moment = workdays.instant(day, time(8), zone)
    assert moment.tzinfo is UTC
    assert workdays.local_day(moment, zone) == day


@given(days, zones, st.times())
def test_every_local_time_falls_on_its_own_day(day: date, zone: str, at: time) -> None:
    assert workdays.local_day(workdays.instant(day, at, zone), zone) == day


def test_the_day_turns_with_the_zone_and_not_with_the_server() -> None:
    late = datetime(2026, 6, 30, 21, 30, tzinfo=UTC)
    assert workdays.local_day(late, "Europe/Helsinki") == date(2026, 7, 1)
    assert workdays.local_day(late, "Europe/Oslo") == date(2026, 6, 30)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        workdays.local_day(datetime.combine(date(2026, 1, 1), time(8)), "Europe/Oslo")


def test_days_of_rest_of_a_law_may_be_others_than_those_of_banks() -> None:
    eve, friday = date(2026, 12, 24), date(2026, 5, 15)
    assert workdays.rests(eve, "NO", country("NO").closed) and not workdays.rests(eve, "NO", Closed())
    assert not workdays.is_bank_day(friday, "DK") and workdays.working(friday, "DK", Closed()) == friday
    assert workdays.working(date(2026, 12, 25), "NO", Closed()) == date(2026, 12, 28)
