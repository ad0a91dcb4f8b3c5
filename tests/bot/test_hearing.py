"""What follows from what a customer's answer says."""

from __future__ import annotations

from datetime import date

import pytest

from bot.hearing import STOPS, Hearing, Intent, Offered, Terms

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)


@pytest.mark.parametrize("intent", sorted(STOPS))
def test_a_reason_to_stop_outlasts_any_day_that_is_named_beside_it(intent: Intent) -> None:
    said = Hearing(intents=(intent, "promise_to_pay"), promised=(Offered(day=FRIDAY),))
    assert said.pauses and said.quiet_until is None


def test_what_is_promised_keeps_us_silent_until_the_first_day_of_it() -> None:
    said = Hearing(intents=("promise_to_pay",), promised=(Offered(day=MONDAY), Offered(day=FRIDAY)))
    assert said.pauses and said.quiet_until == FRIDAY


def test_a_plan_keeps_us_silent_until_its_first_day() -> None:
    said = Hearing(intents=("plan_request",), plan=Terms(instalments=3, first_day=MONDAY))
    assert said.quiet_until == MONDAY and not said.needs_person


def test_a_promise_without_a_day_stops_nothing_by_itself() -> None:
    said = Hearing(intents=("promise_to_pay",), promised=(Offered(),))
    assert not said.pauses and not said.needs_person


def test_a_day_that_cannot_be_read_is_for_a_person() -> None:
    assert Hearing(intents=("promise_to_pay",), unsure="day").needs_person
