"""The law of Finland, as the compass answers it: distances, two kinds of debtor, due dates, receipts."""

from __future__ import annotations

import pytest

from tests.bot.asked import ask, demand, iso, notice, reminder

DUE = "2026-03-02"


@pytest.mark.parametrize(
    ("debtor", "opens", "fee"),
    [
        ("consumer", "2026-03-17", 5),
        ("unknown", "2026-03-17", 5),
        ("business", "2026-03-03", 12),
        ("public", "2026-03-03", 12),
    ],
)
def test_a_consumers_fee_waits_until_the_fifteenth_day_and_a_businesss_does_not(
    debtor: str, opens: str, fee: int
) -> None:
    answer = ask("FI", opens, DUE, debtor=debtor)
    assert answer.reminder.max_fee == answer.final_notice.max_fee == fee
    assert iso(answer.reminder.opens) == opens
    assert not ask("FI", "2026-03-16", DUE, debtor="consumer").reminder.may_charge


@pytest.mark.parametrize(("debtor", "opens"), [("consumer", "2026-04-15"), ("business", "2026-04-11")])
@pytest.mark.parametrize("fee", [None, "5"])
def test_each_letter_charged_or_free_starts_the_distance(debtor: str, opens: str, fee: str | None) -> None:
    for letter in (reminder("2026-03-31", None, fee), notice("2026-03-31", "2026-04-14", fee)):
        answer = ask("FI", "2026-04-05", DUE, letter, debtor=debtor)
        assert iso(answer.reminder.opens) == iso(answer.final_notice.opens) == opens
        assert ask("FI", opens, DUE, letter, debtor=debtor).reminder.may_charge


def test_a_friendly_word_before_due_is_no_reminder() -> None:
    answer = ask("FI", "2026-03-03", DUE, reminder("2026-03-02"))
    assert answer.reminder.may_charge and not answer.letters[0].valid


def test_a_notice_with_too_short_a_time_keeps_its_distance_and_opens_no_door() -> None:
    answer = ask("FI", "2026-05-04", DUE, notice("2026-03-31", "2026-04-13", "12"))
    assert not answer.letters[0].valid and answer.letters[0].fee == 0
    assert iso(answer.reminder.opens) == "2026-04-11" and answer.escalation.opens is None


def test_fees_are_not_limited_by_number() -> None:
    letters = [reminder(f"2026-{month}-20", None, "12") for month in ("03", "04", "05", "06", "07")]
    answer = ask("FI", "2026-08-20", DUE, *letters)
    assert answer.owed.fees == 60 and answer.reminder.may_charge


def test_fees_above_forty_take_the_place_of_the_compensation() -> None:
    letters = [reminder(f"2026-{month}-20", None, "12") for month in ("03", "04", "05", "06")]
    answer = ask("FI", "2026-06-29", DUE, *letters)
    assert answer.compensation == 40 and answer.owed.charges == 48 and "charges" in answer.unsure


def test_a_fee_above_the_most_is_cut_to_it() -> None:
    answer = ask("FI", "2026-06-29", DUE, reminder("2026-03-20", None, "12"), debtor="consumer")
    assert answer.owed.fees == answer.owed.charges == 5 and answer.compensation is None


@pytest.mark.parametrize(
    ("due", "moved"),
    [
        ("2026-05-09", "2026-05-11"),
        ("2026-05-01", "2026-05-04"),
        ("2026-06-19", "2026-06-22"),
        ("2026-12-24", "2026-12-28"),
        ("2026-12-31", "2026-12-31"),
        ("2026-04-06", "2026-04-07"),
        ("2026-05-14", "2026-05-15"),
        ("2026-12-25", "2026-12-28"),
    ],
)
def test_a_due_date_on_a_day_of_rest_is_the_next_weekday_for_sure(due: str, moved: str) -> None:
    answer = ask("FI", moved, due)
    assert iso(answer.due) == moved and not answer.overdue and "due" not in answer.unsure
    assert any("velkakirjalaki" in x for x in answer.citations) is (due != moved)


def test_a_consumer_owes_one_point_less_than_a_business() -> None:
    rates = {}
    for debtor in ("consumer", "business", "public"):
        interest = ask("FI", "2024-03-14", "2024-02-14", debtor=debtor).interest
        assert interest
        rates[debtor] = str(interest.segments[0].rate)
    assert rates == {"consumer": "11.5", "business": "12.5", "public": "12.5"}


def test_each_kind_of_debtor_has_its_paragraph() -> None:
    assert "korkolaki 4 §" in ask("FI", "2024-03-14", "2024-02-14", debtor="consumer").citations
    assert "korkolaki 4 a §" in ask("FI", "2024-03-14", "2024-02-14").citations


@pytest.mark.parametrize(
    ("received", "bars"),
    [("2026-03-02", "2029-03-02"), ("2026-03-03", "2026-03-02"), (None, "2026-03-02")],
)
def test_a_received_letter_restarts_three_years_while_the_claim_lives(
    received: str | None, bars: str
) -> None:
    letter = reminder("2026-02-20", received=received)
    assert iso(ask("FI", "2026-06-01", "2023-03-02", letter).limitation.bars_on) == bars


def test_the_time_runs_from_the_moved_due_date_and_ends_as_it_falls() -> None:
    assert iso(ask("FI", "2026-03-02", "2023-05-06").limitation.bars_on) == "2026-05-08"
    assert iso(ask("FI", "2026-03-02", "2023-06-20").limitation.bars_on) == "2026-06-20"


def test_the_sums_of_2022_are_not_applied_before_their_day() -> None:
    answer = ask("FI", "2022-04-25", "2022-04-11", reminder("2022-04-13", None, "12"))
    assert not answer.reminder.may_charge and iso(answer.reminder.opens) == "2022-05-01"
    assert answer.owed.fees == 0


def test_a_norwegian_demand_is_no_letter_of_this_law() -> None:
    answer = ask("FI", "2026-03-20", DUE, demand("2026-03-10", "2026-03-30", "100"))
    assert not answer.letters[0].valid and iso(answer.reminder.opens) == "2026-03-03"


def test_a_denied_claim_leaves_the_court_and_a_living_one_the_agency_too() -> None:
    assert ask("FI", "2026-03-20", DUE, disputed=True).escalation.routes == ("court",)
    assert ask("FI", "2026-03-20", DUE).escalation.routes == ("agency", "court")
