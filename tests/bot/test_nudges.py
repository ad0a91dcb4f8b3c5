"""The morning digest: who stands first, and when it comes, wherever the clocks are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import workdays
from bot.cases import Case
from bot.countries import codes
from bot.nudges import SPARE, digest, next_nudge
from bot.parties import Business, Customer
from bot.replies import Reply
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, blomman, bygg, everyone, invoice, kr, noon, norrsken

MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)
ZONES = ["Europe/Oslo", "Europe/Helsinki", "Atlantic/Azores", "Pacific/Auckland", "America/St_Johns", "UTC"]

moments = st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC))
clock_changes = st.builds(
    lambda year, change, minutes: noon(date(year, *change)) + timedelta(minutes=minutes),
    st.integers(2024, 2031),
    st.sampled_from([(3, 28), (10, 25), (4, 4), (9, 26), (3, 10), (11, 3)]),
    st.integers(-4320, 4320),
)
houses = st.builds(
    lambda code, zone, at: replace(ASAS_BAGERI, country=code, zone=zone, nudge_at=at),
    st.sampled_from(codes()),
    st.sampled_from(ZONES),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)


def named(*cases: Case) -> list[str]:
    return [n.case.customer.id for n in digest(cases, ASAS_BAGERI, MONDAY).needs]


@given(houses, moments | clock_changes)
def test_the_next_digest_is_strictly_later_on_a_bank_day_at_the_local_hour(
    business: Business, after: datetime
) -> None:
    at = next_nudge(business, after)
    day = workdays.local_day(at, business.zone)
    assert at > after and workdays.is_bank_day(day, business.country)
    assert at == workdays.instant(day, business.nudge_at, business.zone)


@given(houses, moments | clock_changes)
def test_no_bank_day_is_left_out_between_two_digests(business: Business, after: datetime) -> None:
    one = next_nudge(business, after)
    other = next_nudge(business, one)
    first, second = (workdays.local_day(at, business.zone) for at in (one, other))
    assert second == workdays.after(first, business.country)


@given(houses, moments, st.integers(-3, 40))
def test_a_pause_of_everything_ends_on_its_day_and_not_before(
    business: Business, after: datetime, wait: int
) -> None:
    until = workdays.local_day(after, business.zone) + wait * DAY
    at = next_nudge(replace(business, paused_until=until), after)
    assert workdays.local_day(at, business.zone) >= until
    assert wait > 0 or at == next_nudge(business, after)


@pytest.mark.parametrize(
    "day", [date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)]
)
def test_eight_o_clock_is_eight_o_clock_before_and_after_the_clocks_change(day: date) -> None:
    at = next_nudge(ASAS_BAGERI, datetime.combine(day, time(0), UTC))
    assert at.astimezone(ZoneInfo("Europe/Stockholm")).timetz().replace(tzinfo=None) == time(8)


def test_on_the_stroke_the_next_digest_is_the_next_day_s() -> None:
    at = workdays.instant(MONDAY, time(8), ASAS_BAGERI.zone)
    assert next_nudge(ASAS_BAGERI, at - timedelta(seconds=1)) == at
    assert next_nudge(ASAS_BAGERI, at) == at + DAY


def test_over_christmas_nobody_is_woken() -> None:
    at = next_nudge(ASAS_BAGERI, datetime(2026, 12, 23, 12, tzinfo=UTC))
    assert workdays.local_day(at, ASAS_BAGERI.zone) == date(2026, 12, 28)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        next_nudge(ASAS_BAGERI, datetime(2026, 11, 16, 8))


def test_who_waits_for_an_answer_stands_before_who_owes_more() -> None:
    reply = Reply(id="r", customer="norrsken", text="?", at=noon(MONDAY))
    assert named(bygg(MONDAY), replace(norrsken(MONDAY), replies=(reply,))) == ["norrsken", "bygg"]


def test_among_reminders_the_largest_debt_stands_first() -> None:
    assert named(norrsken(MONDAY), bygg(MONDAY)) == ["bygg", "norrsken"]


def test_who_keeps_a_plan_or_disputes_is_not_on_the_digest() -> None:
    assert named(*everyone(MONDAY)) == ["bygg", "norrsken"]


def test_just_late_stands_apart() -> None:
    owed = invoice(BYGG_OCH_BETONG, "1", "100", MONDAY - 3 * DAY)
    found = digest([Case(customer=BYGG_OCH_BETONG, invoices=(owed,))], ASAS_BAGERI, MONDAY)
    assert found.needs == () and [(n.days, n.owed) for n in found.looks] == [(3, (kr("100"),))]


def test_nothing_to_do_is_an_empty_digest() -> None:
    assert digest([blomman(MONDAY)], ASAS_BAGERI, MONDAY) == digest([], ASAS_BAGERI, MONDAY)


def test_two_customers_alike_in_all_but_id_keep_their_order_whoever_comes_first() -> None:
    twins = [
        Case(
            customer=replace(BYGG_OCH_BETONG, id=ident),
            invoices=(invoice(BYGG_OCH_BETONG, "1", "100", MONDAY - days * DAY),),
        )
        for ident, days in (("c", 12), ("a", 12), ("b", 12), ("d", 13))
    ]
    assert {tuple(named(*order)) for order in permutations(twins)} == {("d", "a", "b", "c")}


@settings(max_examples=8)
@given(st.randoms(use_true_random=False), st.integers(0, 20))
def test_of_many_the_same_are_first_however_few_are_told(chance: Random, most: int) -> None:
    cases = [_owing(number) for number in range(4 * SPARE)]
    chance.shuffle(cases)
    whole = digest(cases, ASAS_BAGERI, MONDAY)
    few = digest(cases, ASAS_BAGERI, MONDAY, most, lambda case: case.customer.name == "Kund 4")
    assert (few.needs, few.looks) == (whole.needs[:most], whole.looks[:most])
    assert (few.count, few.looking) == (whole.count, whole.looking) == (len(whole.needs), len(whole.looks))
    assert [need.case.customer.id for need in few.asked_for] == ["c4"]


def _owing(number: int) -> Case:
    """Each owes something else; a third of them are only just late."""
    customer = Customer(id=f"c{number}", name=f"Kund {number}")
    due = MONDAY - (20 if number % 3 else 1) * DAY
    return Case(customer=customer, invoices=(invoice(customer, str(number), str(100 + number), due),))
