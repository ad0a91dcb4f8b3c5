"""The law of Norway, as the compass answers it: fees, notices, the creditor's demand, unreviewed time."""

from __future__ import annotations

from typing import Any

import pytest

from bot.questions import Written
from tests.bot.asked import ask, demand, iso, notice, reminder

DUE = "2026-03-02"
FIRST = reminder("2026-03-16", "2026-03-30", "38")
SHORT = reminder("2026-03-16", "2026-03-29", "38")
OPEN_ENDED = reminder("2026-03-16", None, "38")


@pytest.mark.parametrize(
    ("on", "charge"), [("2026-03-15", False), ("2026-03-16", True), ("2026-03-17", True)]
)
def test_the_first_fee_waits_fourteen_days_whatever_the_debtor_is(on: str, charge: bool) -> None:
    for debtor in ("business", "consumer", "public", "unknown"):
        answer = ask("NO", on, DUE, debtor=debtor)
        assert answer.reminder.may_send and answer.reminder.may_charge is charge
        assert answer.final_notice.may_charge is charge
        assert iso(answer.reminder.opens) == "2026-03-16"
        assert answer.reminder.max_fee == (38 if charge else None)


@pytest.mark.parametrize(("on", "fee"), [("2025-12-31", 35), ("2026-01-01", 38)])
def test_the_fee_is_that_of_the_day_it_is_sent(on: str, fee: int) -> None:
    assert ask("NO", on, "2025-11-03").reminder.max_fee == fee


def test_a_fee_that_opens_next_year_is_announced_for_its_day_and_not_charged_before() -> None:
    answer = ask("NO", "2025-12-30", "2025-12-22")
    assert iso(answer.reminder.opens) == "2026-01-05" and answer.reminder.max_fee is None


@pytest.mark.parametrize(("due", "covered"), [("2020-09-30", False), ("2020-10-01", True)])
def test_fees_of_claims_due_before_october_2020_are_not_covered(due: str, covered: bool) -> None:
    answer = ask("NO", "2020-11-20", due, reminder("2020-10-30", "2020-11-14", "35"))
    assert answer.reminder.may_send
    assert answer.reminder.may_charge is covered and answer.final_notice.may_charge is covered
    assert answer.demand is not None and answer.demand.may_send and answer.demand.may_charge is covered
    assert [int(x.fee) for x in answer.letters] == [35 if covered else 0]
    assert (answer.reminder.opens is not None) is covered


@pytest.mark.parametrize(("on", "charge"), [("2026-03-30", False), ("2026-03-31", True)])
def test_a_second_fee_opens_the_day_after_a_missed_deadline_of_fourteen_days(on: str, charge: bool) -> None:
    answer = ask("NO", on, DUE, FIRST)
    assert answer.reminder.may_charge is charge and answer.final_notice.may_charge is charge
    assert iso(answer.reminder.opens) == iso(answer.final_notice.opens) == "2026-03-31"
    assert "reminder" not in answer.unsure


@pytest.mark.parametrize("first", [SHORT, OPEN_ENDED])
@pytest.mark.parametrize(
    ("on", "charge"), [("2026-04-20", False), ("2026-09-15", False), ("2026-09-16", True)]
)
def test_after_a_shorter_deadline_or_none_fees_rest_for_six_months(
    first: Written, on: str, charge: bool
) -> None:
    answer = ask("NO", on, DUE, first)
    assert answer.reminder.may_charge is answer.final_notice.may_charge is charge
    assert iso(answer.reminder.opens) == "2026-09-16"
    assert ("reminder" in answer.unsure) is ("final_notice" in answer.unsure) is charge


def test_a_free_reminder_neither_uses_a_fee_nor_moves_its_day() -> None:
    answer = ask("NO", "2026-03-17", DUE, reminder("2026-03-05", "2026-03-20"))
    assert answer.reminder.may_charge and iso(answer.reminder.opens) == "2026-03-16"


def test_after_a_charged_final_notice_there_is_no_fee_and_the_reading_is_named() -> None:
    answer = ask("NO", "2026-04-20", DUE, notice("2026-03-16", "2026-03-30", "38"))
    assert not answer.reminder.may_charge and not answer.final_notice.may_charge
    assert answer.unsure == ("reminder",)
    assert iso(answer.reminder.opens) == "2026-09-16"


def test_a_final_notice_without_a_fee_leaves_both_fees() -> None:
    answer = ask("NO", "2026-04-20", DUE, notice("2026-03-16", "2026-03-30"))
    assert answer.reminder.may_charge and answer.final_notice.may_charge and answer.unsure == ()


def test_two_charged_letters_are_the_limit_and_sure() -> None:
    answer = ask("NO", "2026-05-04", DUE, FIRST, notice("2026-04-01", "2026-04-15", "38"))
    assert not answer.reminder.may_charge and answer.unsure == ()
    assert iso(answer.reminder.opens) == "2026-10-01"
    assert answer.owed.fees == 76


def test_a_third_fee_in_a_past_letter_falls_away() -> None:
    letters = (FIRST, reminder("2026-03-31", "2026-04-14", "38"), notice("2026-04-20", "2026-05-04", "38"))
    answer = ask("NO", "2026-05-20", DUE, *letters)
    assert [int(x.fee) for x in answer.letters] == [38, 38, 0]
    assert all(x.valid for x in answer.letters)


def test_six_months_after_the_last_charged_letter_the_count_starts_anew() -> None:
    letters = (
        reminder("2025-11-03", "2025-11-17", "35"),
        reminder("2025-11-24", "2025-12-08", "35"),
        reminder("2026-05-24", "2026-06-08", "38"),
    )
    answer = ask("NO", "2026-06-09", "2025-10-01", *letters)
    assert [int(x.fee) for x in answer.letters] == [35, 35, 38]
    assert answer.reminder.may_charge and iso(answer.reminder.opens) == "2026-06-09"


def test_six_months_end_on_the_last_day_of_a_shorter_month() -> None:
    answer = ask("NO", "2025-12-01", "2025-08-01", notice("2025-08-31", "2025-09-14", "35"))
    assert iso(answer.reminder.opens) == "2026-02-28"


def test_letters_are_judged_in_the_order_they_were_sent_and_told_in_the_order_they_came() -> None:
    later = reminder("2026-03-31", "2026-04-14", "38")
    answer = ask("NO", "2026-05-04", DUE, later, FIRST)
    assert [x.letter for x in answer.letters] == [later, FIRST]
    assert [int(x.fee) for x in answer.letters] == [38, 38]


@pytest.mark.parametrize(
    ("sent", "deadline", "valid"),
    [
        ("2026-03-02", "2026-03-30", False),
        ("2026-03-03", "2026-03-17", True),
        ("2026-03-03", "2026-03-16", False),
        ("2026-03-03", None, False),
    ],
)
def test_a_final_notice_is_sent_after_due_and_gives_fourteen_days(
    sent: str, deadline: str | None, valid: bool
) -> None:
    answer = ask("NO", "2026-05-04", DUE, notice(sent, deadline, "38"))
    assert answer.letters[0].valid is valid and answer.letters[0].fee == 0
    assert answer.escalation.may is valid


def test_letters_later_than_the_day_are_ignored() -> None:
    answer = ask("NO", "2026-03-20", DUE, reminder("2026-03-21", "2026-04-04", "38"))
    assert answer.reminder.may_charge and answer.owed.fees == 0
    assert not answer.letters[0].valid


def test_the_demand_opens_once_after_a_missed_deadline_and_gives_fourteen_days() -> None:
    told = ask("NO", "2026-03-30", DUE, FIRST).demand
    assert told is not None and not told.may_send and iso(told.opens) == "2026-03-31"
    told = ask("NO", "2026-03-31", DUE, FIRST).demand
    assert told is not None and told.may_send and told.may_charge and told.max_fee == 113
    assert iso(told.min_deadline) == "2026-04-14"
    told = ask("NO", "2026-05-04", DUE, FIRST, demand("2026-04-01", "2026-04-15", "113")).demand
    assert told is not None and not told.may_send and told.opens is None


def test_the_demand_is_not_opened_by_a_short_deadline_or_an_invalid_notice() -> None:
    for earlier in (SHORT, OPEN_ENDED, notice("2026-03-02", "2026-03-20")):
        told = ask("NO", "2026-05-04", DUE, earlier).demand
        assert told is not None and not told.may_send and told.opens is None


def test_the_demand_does_not_use_up_a_fee_and_its_own_is_capped_on_its_day() -> None:
    letters = (FIRST, demand("2026-04-01", "2026-04-15", "210"))
    answer = ask("NO", "2026-05-04", DUE, *letters)
    assert [int(x.fee) for x in answer.letters] == [38, 113]
    assert answer.final_notice.may_charge and answer.owed.fees == 151


@pytest.mark.parametrize(
    ("sent", "deadline", "valid"),
    [
        ("2026-03-30", "2026-04-30", False),
        ("2026-03-31", "2026-04-13", False),
        ("2026-03-31", "2026-04-14", True),
    ],
)
def test_a_demand_before_its_day_or_with_too_short_a_deadline_is_not_valid(
    sent: str, deadline: str, valid: bool
) -> None:
    answer = ask("NO", "2026-05-04", DUE, FIRST, demand(sent, deadline, "113"))
    assert answer.letters[1].valid is valid and (answer.letters[1].fee > 0) is valid


def test_a_second_demand_is_not_valid() -> None:
    twice = (demand("2026-04-01", "2026-04-15", "113"), demand("2026-04-20", "2026-05-04", "113"))
    answer = ask("NO", "2026-05-20", DUE, FIRST, *twice)
    assert [x.valid for x in answer.letters] == [True, True, False]


def test_a_demand_that_a_notice_has_opened_too_is_sure() -> None:
    late = notice("2026-03-31", "2026-04-14", "38")
    assert "demand" in ask("NO", "2026-04-14", DUE, FIRST, late).unsure
    assert "demand" not in ask("NO", "2026-04-15", DUE, FIRST, late).unsure


@pytest.mark.parametrize(
    ("on", "flat"),
    [
        ("2019-06-28", None),
        ("2019-07-01", 390),
        ("2021-06-30", None),
        ("2021-07-01", 400),
        ("2026-12-31", 430),
    ],
)
def test_the_compensation_is_that_of_the_half_year_and_one_that_is_not_verified_is_refused(
    on: str, flat: int | None
) -> None:
    answer = ask("NO", on, "2019-03-01")
    assert answer.compensation == flat
    assert ("rate_missing" in answer.refusals) is (flat is None)
    assert (answer.owed.charges is None) is (flat is None)


def test_the_compensation_is_unsure_only_where_the_half_years_differ() -> None:
    assert "compensation" in ask("NO", "2026-07-01", "2026-06-15").unsure
    assert "compensation" not in ask("NO", "2026-07-01", "2025-08-15", debtor="consumer").unsure
    assert "compensation" not in ask("NO", "2026-01-15", "2025-08-15").unsure


@pytest.mark.parametrize(
    ("due", "bars"),
    [
        ("2023-05-17", "2026-05-18"),
        ("2023-05-01", "2026-05-04"),
        ("2023-12-25", "2026-12-28"),
        ("2023-12-24", "2026-12-24"),
        ("2024-02-29", "2027-03-01"),
        ("2023-04-03", "2026-04-07"),
    ],
)
def test_a_period_that_ends_on_a_holiday_ends_the_next_working_day(due: str, bars: str) -> None:
    assert iso(ask("NO", "2026-02-02", due).limitation.bars_on) == bars


@pytest.mark.parametrize(("on", "barred"), [("2026-05-18", False), ("2026-05-19", True)])
def test_the_last_day_is_still_the_creditors(on: str, barred: bool) -> None:
    answer = ask("NO", on, "2023-05-17")
    assert answer.limitation.barred is barred and answer.reminder.may_send is not barred


def test_after_2026_a_free_reminder_is_all_that_is_left() -> None:
    letters = (notice("2026-12-01", "2026-12-15"),)
    answer = ask("NO", "2027-01-02", "2026-11-02", *letters)
    assert answer.reminder.may_send and not answer.reminder.may_charge
    assert not answer.final_notice.may_send and answer.final_notice.min_deadline is None
    assert answer.demand is not None and not answer.demand.may_send
    assert not answer.escalation.may and iso(answer.escalation.opens) == "2026-12-16"
    assert "regime_unreviewed" in answer.refusals


def test_a_day_that_would_lie_beyond_the_reviewed_time_is_not_given() -> None:
    answer = ask("NO", "2026-12-21", "2026-12-18")
    assert answer.reminder.opens is None and "regime_unreviewed" in answer.refusals
    assert answer.final_notice.may_send and iso(answer.final_notice.min_deadline) == "2027-01-04"
    answer = ask("NO", "2026-12-20", "2026-12-17")
    assert iso(answer.reminder.opens) == "2026-12-31" and answer.refusals == ()


def test_a_notice_whose_deadline_ends_with_the_year_opens_nothing_yet() -> None:
    answer = ask("NO", "2026-12-30", "2026-11-02", notice("2026-12-17", "2026-12-31"))
    assert answer.escalation.opens is None and "regime_unreviewed" in answer.refusals


def test_a_notice_sent_in_the_unreviewed_time_is_no_lawful_notice() -> None:
    letters = (reminder("2027-01-04", None, "38"), notice("2027-01-04", "2027-01-18", "38"))
    answer = ask("NO", "2027-02-01", "2026-12-01", *letters)
    assert [x.valid for x in answer.letters] == [True, False]
    assert answer.owed.fees == 0


@pytest.mark.parametrize(
    ("state", "routes"),
    [
        ({}, ("agency", "conciliation")),
        ({"disputed": True}, ("conciliation",)),
        ({"insolvent": True}, ("estate",)),
        ({"handed_over": "2026-04-01"}, ()),
        ({"handed_over": "2026-05-05"}, ("agency", "conciliation")),
        ({"plan_kept": True}, ()),
        ({"paid": {"2026-04-01": "10000.00"}}, ()),
        ({"disputed": True, "disputed_amount": "100.00"}, ("conciliation",)),
    ],
)
def test_the_doors_for_a_claim_in_its_state(state: dict[str, Any], routes: tuple[str, ...]) -> None:
    assert ask("NO", "2026-05-04", DUE, **state).escalation.routes == routes
