"""Accounting systems are read every hour of the working day, each business at its own minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import rounds, workdays
from bot.ledgers import TROUBLES, Connection
from bot.rounds import after_reading, after_trouble, next_round
from tests.cast import ASAS_BAGERI

BAKERY = ASAS_BAGERI
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
"""A Wednesday, ten o'clock in Stockholm."""
FIKEN = Connection(system="fiken", secrets={"token": "x"}, cursor="1", pulled_at=NOW - timedelta(hours=1))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from([("SE", "Europe/Stockholm"), ("FI", "Europe/Helsinki"), ("NO", "Europe/Oslo")])


@given(after=MOMENTS, home=ZONES, digest=st.times())
def test_the_next_reading_is_soon_in_working_hours_of_a_bank_day(
    after: datetime, home: tuple[str, str], digest: time
) -> None:
    country, zone = home
    business = replace(BAKERY, country=country, zone=zone, nudge_at=digest)
    at = next_round(business, "fiken", after)
    here = workdays.local(at, zone)
    assert at - after >= rounds.APART
    assert workdays.is_bank_day(here.date(), country)
    assert min(7, max(digest.hour - 1, 0)) <= here.hour < max(18, digest.hour)
    assert at - after < timedelta(days=6)


@given(digest=st.times(time(1), time(23)), day=st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_there_is_a_reading_in_the_hour_before_the_digest(digest: time, day: date) -> None:
    business = replace(BAKERY, nudge_at=digest)
    said = workdays.instant(workdays.on_or_after(day, "SE"), digest, business.zone)
    at = next_round(business, "fiken", said - timedelta(hours=2))
    assert at < said


def test_the_readings_of_a_day_are_an_hour_apart_and_many_businesses_are_spread() -> None:
    at, seen = NOW, []
    for _ in range(5):
        at = next_round(BAKERY, "fiken", at)
        seen.append(at)
    assert {later - sooner for sooner, later in pairwise(seen)} == {timedelta(hours=1)}
    minutes = {next_round(replace(BAKERY, id=f"b{n}"), "fiken", NOW).minute for n in range(200)}
    assert len(minutes) > 40
    assert next_round(BAKERY, "fiken", NOW) != next_round(BAKERY, "tripletex", NOW)


def test_a_reading_clears_what_was_wrong() -> None:
    broken = replace(FIKEN, trouble="busy", failures=4, told=True)
    done = after_reading(broken, "1 2", "odd", BAKERY, NOW)
    assert done == replace(
        FIKEN, cursor="1 2", pulled_at=NOW, noted="odd", next_at=next_round(BAKERY, "fiken", NOW)
    )


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_keeps_going_wrong_is_tried_ever_more_seldom_and_never_given_up(trouble: str) -> None:
    connection, at, waits = FIKEN, NOW, []
    for _ in range(12):
        connection = after_trouble(connection, trouble, BAKERY, at)
        assert connection.next_at is not None
        waits.append(connection.next_at - at)
        at = connection.next_at
    assert timedelta(minutes=10) <= min(waits)
    assert waits[0] <= timedelta(days=1, hours=6)
    assert max(waits) < timedelta(days=5)
    assert connection.cursor == FIKEN.cursor and connection.failures == 12


def test_what_passes_by_itself_is_tried_again_in_ten_minutes_and_twenty() -> None:
    first = after_trouble(FIKEN, "unreachable", BAKERY, NOW)
    assert first.next_at and timedelta(minutes=10) <= first.next_at - NOW < timedelta(minutes=13)
    second = after_trouble(first, "unreachable", BAKERY, NOW)
    assert second.next_at and timedelta(minutes=20) <= second.next_at - NOW < timedelta(minutes=25)


def test_a_system_that_asks_for_time_gets_an_hour_at_least() -> None:
    busy = after_trouble(FIKEN, "busy", BAKERY, NOW)
    assert busy.next_at and busy.next_at - NOW >= timedelta(hours=1)


def test_what_only_the_owner_can_mend_is_left_alone_for_most_of_a_day() -> None:
    refused = after_trouble(FIKEN, "refused", BAKERY, NOW)
    assert refused.next_at and refused.next_at - NOW > timedelta(hours=20)


def test_the_owner_hears_at_once_of_what_only_they_can_mend_and_later_of_what_lasts() -> None:
    assert after_trouble(FIKEN, "refused", BAKERY, NOW).told
    lasting = FIKEN
    heard = []
    for _ in range(4):
        lasting = after_trouble(lasting, "unreachable", BAKERY, NOW)
        heard.append(lasting.told)
    assert heard == [False, False, True, True]
    assert after_trouble(FIKEN, "unreachable", BAKERY, NOW, told=True).told


def test_what_was_never_taken_in_is_not_read_by_itself() -> None:
    fresh = Connection(system="fiken")
    assert after_trouble(fresh, "busy", BAKERY, NOW).next_at is None


def test_what_was_read_on_friday_is_not_old_on_monday_morning_and_is_at_noon() -> None:
    friday = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)
    read = replace(FIKEN, pulled_at=friday)
    assert not rounds.is_old(read, BAKERY, datetime(2026, 11, 30, 6, 30, tzinfo=UTC))
    assert rounds.is_old(read, BAKERY, datetime(2026, 11, 30, 11, 0, tzinfo=UTC))
    assert not rounds.is_old(replace(FIKEN, pulled_at=None), BAKERY, friday)
