"""The compass: what is lawful today, the day the next step opens, each with its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases import Case
from bot.compass import Mark, compass
from bot.countries import codes, country
from bot.disputes import Dispute
from bot.money import Money
from bot.parties import Business, CustomerKind
from tests.bot.owing import DAY, TODAY, after, case, house, owed, wrote


def marks(of: Case, business: Business, on: date = TODAY) -> dict[str, Mark]:
    return {mark.key: mark for mark in compass(of, business, on)}


def test_nothing_late_has_no_compass() -> None:
    assert compass(case(owed("NO", 0)), house("NO"), TODAY) == ()


def test_a_step_that_is_not_open_yet_is_shown_with_its_day_and_what_it_will_cost() -> None:
    told = marks(case(owed("NO", 5), kind="consumer"), house("NO"))
    assert not told["fee"].open
    assert told["fee"].facts["day"] == TODAY + 9 * DAY
    assert told["fee"].facts["amount"] == Money.of("38", "NOK")
    assert told["fee"].source == "inkassoforskriften § 1-2"
    assert (told["today"].facts["next"], told["today"].facts["next_day"]) == ("fee", TODAY + 9 * DAY)
    assert told["today"].facts["fee"] is None


def test_what_is_open_today_says_so_with_its_sum() -> None:
    told = marks(case(owed("NO", 20), kind="consumer"), house("NO"))
    assert told["reminder"].open and told["fee"].open and told["final_notice"].open
    assert told["today"].facts["fee"] == Money.of("38", "NOK")
    assert told["final_notice"].facts["deadline"] == TODAY + 14 * DAY
    assert told["interest"].facts["amount"] == (Money.of("67.12", "NOK"),)
    assert "compensation" not in told


def test_the_way_to_collection_opens_after_the_deadline_of_the_final_notice() -> None:
    business, of = house("NO"), case(owed("NO", 40))
    assert marks(of, business)["escalate"].facts["day"] is None
    notice = wrote("final_notice", of, business, TODAY - 3 * DAY)
    told = marks(after(notice, of), business)
    assert notice.pay_by is not None
    assert told["escalate"].facts["day"] == told["demand"].facts["day"] == notice.pay_by + DAY
    assert not {"reminder", "fee", "final_notice"} & told.keys()  # nothing milder follows, nor another one
    later = marks(after(notice, of), business, notice.pay_by + DAY)
    assert later["escalate"].open and later["demand"].open


def test_of_several_invoices_the_first_that_is_open_counts() -> None:
    told = marks(case(owed("NO", 3), owed("NO", 20, number="2"), kind="consumer"), house("NO"))
    assert told["fee"].open
    assert told["interest"].facts["amount"] == (Money.of("77.19", "NOK"),)


def test_what_is_contested_stops_and_says_which_invoice() -> None:
    claim = owed("NO", 20)
    dispute = Dispute(id="d", customer=claim.customer, invoice=claim.id, opened=TODAY)
    told = marks(case(claim, disputes=(dispute,)), house("NO"))
    assert told["stopped.disputed"].facts["invoice"] == "1"
    assert told["today"].facts["stopped"] == "disputed"
    assert not {"reminder", "fee", "final_notice", "demand", "interest"} & told.keys()
    assert not told["escalate"].open


def test_a_missing_rate_is_said_and_not_guessed() -> None:
    told = marks(case(owed("DK", 20)), house("DK"))
    assert "interest" not in told
    assert not told["interest_missing"].open


def test_an_unknown_customer_is_told_to_be_answered_as_a_consumer() -> None:
    assert "consumer" in marks(case(owed("SE", 20), kind="unknown"), house("SE"))
    assert "consumer" not in marks(case(owed("SE", 20)), house("SE"))


def test_norway_s_rules_end_with_the_reviewed_time() -> None:
    day = date(2027, 1, 11)
    told = marks(case(owed("NO", 30, on=day)), house("NO"), day)
    assert told["stopped.regime_unreviewed"].facts["through"] == date(2026, 12, 31)
    assert told["reminder"].open
    assert not (told["fee"].open or told["final_notice"].open)


def test_what_rests_on_a_reading_says_so() -> None:
    assert marks(case(owed("NO", 60)), house("NO", terms_agreed=False))["interest"].unsure
    assert not marks(case(owed("NO", 60)), house("NO"))["interest"].unsure


def test_a_claim_that_lapses_says_when() -> None:
    told = marks(case(replace(owed("NO", 20), issued=None)), house("NO"))
    assert told["limitation"].facts["day"] == date(2029, 11, 6)


@pytest.mark.parametrize("code", codes())
@given(late=st.integers(1, 1500), kind=st.sampled_from(["business", "consumer", "unknown", "public"]))
def test_every_step_has_a_source_and_a_day_of_its_own_only_while_it_is_not_open(
    code: str, late: int, kind: CustomerKind
) -> None:
    law = country(code).law
    assert law is not None
    of = case(owed(code, late), kind=kind)
    for mark in compass(of, house(code), TODAY):
        if mark.key not in ("today", "consumer"):
            assert mark.source in law.sources.values()
        if mark.key in ("fee", "demand", "escalate") and mark.open:
            assert mark.facts["day"] is None


def test_of_a_claim_that_is_contested_in_part_the_rest_may_be_asked_for_and_nothing_added() -> None:
    claim = owed("NO", 30)
    part = Dispute(
        id="d", customer=claim.customer, invoice=claim.id, opened=TODAY, part=Money.of("400", "NOK")
    )
    told = marks(case(claim, disputes=(part,)), house("NO"))
    assert "stopped.disputed_part" in told
    assert told["reminder"].open
    assert not told["fee"].open
    assert not {"interest", "compensation"} & told.keys()


def test_nothing_is_shown_as_open_that_is_never_added_to_a_claim_in_another_currency() -> None:
    claim = replace(owed("NO", 30), amount=Money.of("100", "EUR"), paid=Money(0, "EUR"))
    told = marks(case(claim), house("NO"))
    assert not told["fee"].open
    assert "compensation" not in told
