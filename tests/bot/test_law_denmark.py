"""The law of Denmark, as the compass answers it: three letters eleven days apart, the notice, ten years."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.asked import ask, demand, iso, notice, reminder

DUE = "2026-03-02"
THREE = (
    reminder("2026-03-03", None, "100"),
    reminder("2026-03-14", None, "100"),
    reminder("2026-03-25", None, "100"),
)


@pytest.mark.parametrize("debtor", ["business", "consumer", "public", "unknown"])
def test_a_fee_opens_the_day_after_due_without_an_agreement(debtor: str) -> None:
    assert not ask("DK", DUE, DUE, debtor=debtor).reminder.may_charge
    answer = ask("DK", "2026-03-03", DUE, debtor=debtor)
    assert answer.reminder.max_fee == answer.final_notice.max_fee == 100
    assert iso(answer.final_notice.min_deadline) == "2026-03-13"


@pytest.mark.parametrize(("on", "charge"), [("2026-03-13", False), ("2026-03-14", True)])
def test_the_next_fee_comes_eleven_days_after_the_last(on: str, charge: bool) -> None:
    answer = ask("DK", on, DUE, THREE[0])
    assert answer.reminder.may_charge is answer.final_notice.may_charge is charge
    assert iso(answer.reminder.opens) == "2026-03-14" and answer.unsure == ()


@pytest.mark.parametrize(("second", "fees"), [("2026-03-13", [100, 0]), ("2026-03-14", [100, 100])])
def test_a_fee_asked_too_soon_falls_away_and_does_not_count(second: str, fees: list[int]) -> None:
    answer = ask("DK", "2026-04-20", DUE, THREE[0], reminder(second, None, "100"))
    assert [int(x.fee) for x in answer.letters] == fees
    assert all(x.valid for x in answer.letters)


def test_two_letters_of_one_day_bear_one_fee() -> None:
    answer = ask("DK", "2026-04-20", DUE, THREE[0], THREE[0])
    assert [int(x.fee) for x in answer.letters] == [100, 0]


def test_a_free_letter_moves_nothing() -> None:
    answer = ask("DK", "2026-03-06", DUE, reminder("2026-03-05"))
    assert answer.reminder.may_charge and iso(answer.reminder.opens) == "2026-03-03"


def test_after_three_charged_letters_no_day_follows() -> None:
    answer = ask("DK", "2026-06-20", DUE, *THREE)
    assert answer.reminder.may_send and not answer.reminder.may_charge and answer.reminder.opens is None
    assert answer.final_notice.may_send and answer.final_notice.opens is None
    assert answer.owed.fees == 300 and answer.unsure == ()


def test_a_fourth_fee_in_a_past_letter_falls_away() -> None:
    answer = ask("DK", "2026-06-20", DUE, *THREE, notice("2026-04-20", "2026-04-30", "100"))
    assert answer.owed.fees == 300 and answer.letters[3].valid and answer.letters[3].fee == 0


@pytest.mark.parametrize(("on", "charge"), [("2026-03-24", False), ("2026-03-25", True)])
def test_no_fee_while_a_valid_notice_runs_even_a_free_one(on: str, charge: bool) -> None:
    answer = ask("DK", on, DUE, notice("2026-03-10", "2026-03-24"))
    assert answer.reminder.may_charge is answer.final_notice.may_charge is charge
    assert iso(answer.reminder.opens) == "2026-03-25"
    assert ("reminder" in answer.unsure) is not charge


def test_a_notice_that_is_not_valid_does_not_hold_a_fee_back() -> None:
    answer = ask("DK", "2026-03-15", DUE, notice("2026-03-10", "2026-03-19"))
    assert answer.reminder.may_charge and answer.unsure == ()


def test_where_the_distance_is_longer_than_the_notice_the_answer_is_sure() -> None:
    answer = ask("DK", "2026-03-15", DUE, notice("2026-03-10", "2026-03-20", "100"))
    assert iso(answer.reminder.opens) == "2026-03-21" and answer.unsure == ()


def test_a_fee_in_a_letter_sent_while_a_notice_ran_falls_away() -> None:
    letters = (notice("2026-03-03", "2026-03-20", "100"), reminder("2026-03-19", None, "100"))
    answer = ask("DK", "2026-04-20", DUE, *letters)
    assert [int(x.fee) for x in answer.letters] == [100, 0]


def test_charged_letters_on_earlier_invoices_of_a_subscription_count_but_are_not_owed_here() -> None:
    earlier = [
        reminder(sent, None, "100", earlier_invoice=True)
        for sent in ("2026-01-10", "2026-02-10", "2026-03-02")
    ]
    two = ask("DK", "2026-03-03", DUE, *earlier[1:], subscription=True)
    assert two.reminder.may_charge and two.owed.fees == 0
    assert [(x.valid, int(x.fee)) for x in two.letters] == [(True, 100), (True, 100)]
    three = ask("DK", "2026-03-03", DUE, *earlier, subscription=True)
    assert not three.reminder.may_charge and three.reminder.opens is None
    own = ask("DK", "2026-03-20", DUE, *earlier[1:], THREE[0], subscription=True)
    assert own.reminder.opens is None and own.owed.fees == 100
    assert ask("DK", "2026-03-03", DUE, *earlier).reminder.may_charge


def test_a_notice_on_an_earlier_invoice_opens_no_door() -> None:
    letter = notice("2026-03-04", "2026-03-20", "100", earlier_invoice=True)
    answer = ask("DK", "2026-04-20", DUE, letter, subscription=True)
    assert answer.escalation.opens is None and not answer.escalation.may


def test_handing_over_costs_a_hundred_once_the_notice_has_run_out() -> None:
    letter = notice("2026-03-10", "2026-03-20", "100")
    last_day = ask("DK", "2026-03-20", DUE, letter).escalation
    assert not last_day.may and last_day.max_fee is None and iso(last_day.opens) == "2026-03-21"
    assert ask("DK", "2026-03-21", DUE, letter).escalation.max_fee == 100


@pytest.mark.parametrize(
    ("amount", "more", "routes"),
    [
        ("100000.00", {}, ("agency", "payment_order")),
        ("100000.01", {}, ("agency", "court")),
        ("130000.00", {"paid": {"2026-03-10": "30000.00"}}, ("agency", "payment_order")),
        ("130000.00", {"disputed": True}, ("court",)),
        ("100.00", {"insolvent": True}, ("estate",)),
        ("100.00", {"plan_kept": True}, ()),
        ("100.00", {"currency": "EUR"}, ("agency", "court")),
    ],
)
def test_the_payment_order_ends_at_a_hundred_thousand(
    amount: str, more: dict[str, Any], routes: tuple[str, ...]
) -> None:
    assert ask("DK", "2026-04-20", DUE, amount=amount, **more).escalation.routes == routes


def test_the_310_is_added_to_the_fees() -> None:
    answer = ask("DK", "2026-06-20", DUE, *THREE)
    assert answer.compensation == 310 and answer.owed.charges == 610 and "charges" not in answer.unsure
    assert any("§ 9 a" in x for x in answer.citations)


@pytest.mark.parametrize(("on", "known"), [("2026-06-30", True), ("2026-07-01", False)])
def test_a_day_of_the_half_year_nobody_has_verified_is_refused(on: str, known: bool) -> None:
    answer = ask("DK", on, DUE)
    assert (answer.interest is not None) is known
    assert ("rate_missing" in answer.refusals) is not known
    assert (answer.owed.total is not None) is known


def test_days_without_open_principal_need_no_rate() -> None:
    answer = ask("DK", "2026-10-20", DUE, paid={"2026-06-30": "10000.00"})
    assert answer.interest and answer.refusals == ()
    assert ask("DK", "2026-10-20", DUE, paid={"2026-07-01": "10000.00"}).interest is None


def test_a_rate_agreed_between_businesses_needs_no_row_and_one_agreed_with_a_consumer_does() -> None:
    assert ask("DK", "2026-10-20", DUE, rate="12.00").interest
    assert ask("DK", "2026-10-20", DUE, rate="12.00", debtor="public").interest
    assert ask("DK", "2026-10-20", DUE, rate="12.00", debtor="consumer").interest is None


def test_terms_without_interest_hold_between_businesses() -> None:
    answer = ask("DK", "2026-10-20", DUE, rate="0.00")
    assert answer.interest and not answer.interest.amount
    assert {s.rate for s in answer.interest.segments} == {0}


@pytest.mark.parametrize(
    ("due", "bars"),
    [
        ("2021-06-05", "2024-06-06"),
        ("2022-06-05", "2025-06-06"),
        ("2020-12-31", "2024-01-02"),
        ("2022-12-24", "2025-12-29"),
        ("2020-05-05", "2023-05-08"),
        ("2022-05-05", "2025-05-05"),
        ("2023-05-15", "2026-05-15"),
    ],
)
def test_a_period_ends_on_a_weekday(due: str, bars: str) -> None:
    assert iso(ask("DK", "2022-12-30", due).limitation.bars_on) == bars


@pytest.mark.parametrize(("acknowledged", "stated", "bars"), [
    ("2025-05-01", True, "2035-05-01"),
    ("2025-05-01", False, "2028-05-01"),
    (None, True, "2027-11-01"),
])  # fmt: skip
def test_ten_years_follow_an_acknowledgement_of_the_sum(
    acknowledged: str | None, stated: bool, bars: str
) -> None:
    answer = ask("DK", "2025-06-02", "2024-11-01", acknowledged=acknowledged, acknowledged_sum=stated)
    assert iso(answer.limitation.bars_on) == bars


def test_an_instalment_does_not_shorten_the_ten_years() -> None:
    answer = ask(
        "DK", "2026-03-02", "2024-11-01",
        acknowledged="2025-05-01", acknowledged_sum=True, paid={"2025-09-01": "100.00"},
    )  # fmt: skip
    assert iso(answer.limitation.bars_on) == "2035-05-01"


def test_a_receipt_restarts_nothing() -> None:
    answer = ask("DK", "2026-03-20", "2024-11-01", reminder("2026-01-05", received="2026-01-06"))
    assert iso(answer.limitation.bars_on) == "2027-11-01"


def test_a_norwegian_demand_is_no_letter_of_this_law() -> None:
    answer = ask("DK", "2026-03-20", DUE, demand("2026-03-10", "2026-03-30", "100"))
    assert not answer.letters[0].valid and answer.owed.fees == 0
