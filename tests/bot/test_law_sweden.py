"""The law of Sweden, as the compass answers it: agreed fees, the inkassokrav, disputes, moved due dates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.asked import ask, demand, iso, notice, reminder

DUE = "2026-09-15"


@pytest.mark.parametrize("debtor", ["business", "consumer", "public", "unknown"])
def test_a_reminder_fee_needs_an_agreement_and_an_inkassokrav_none(debtor: str) -> None:
    answer = ask("SE", "2026-09-16", DUE, debtor=debtor)
    assert answer.reminder.may_send and not answer.reminder.may_charge and answer.reminder.opens is None
    assert answer.final_notice.may_charge and answer.final_notice.max_fee == 180
    answer = ask("SE", "2026-09-16", DUE, debtor=debtor, fee_agreed=True)
    assert answer.reminder.max_fee == 60 and iso(answer.reminder.opens) == "2026-09-16"


def test_on_the_due_date_nothing_may_be_sent_yet_and_the_days_are_named() -> None:
    answer = ask("SE", DUE, DUE, fee_agreed=True)
    assert not answer.overdue and not answer.reminder.may_send and not answer.final_notice.may_send
    assert iso(answer.reminder.opens) == iso(answer.final_notice.opens) == "2026-09-16"
    assert answer.final_notice.min_deadline is None and answer.plan_fee is None
    assert answer.escalation.routes == ("agency", "payment_order")


def test_each_kind_bears_one_fee_and_the_practice_is_named() -> None:
    letters = (reminder("2026-09-17", None, "60"), notice("2026-09-28", "2026-10-06", "180"))
    answer = ask("SE", "2026-10-20", DUE, *letters, fee_agreed=True)
    assert [int(x.fee) for x in answer.letters] == [60, 180]
    assert not answer.reminder.may_charge and not answer.final_notice.may_charge
    assert answer.reminder.opens is None and answer.final_notice.opens is None
    assert {"reminder", "final_notice"} <= set(answer.unsure)
    assert answer.final_notice.may_send


def test_a_reminder_fee_does_not_use_up_that_of_the_inkassokrav() -> None:
    answer = ask("SE", "2026-10-20", DUE, reminder("2026-09-17", None, "60"), fee_agreed=True)
    assert answer.final_notice.max_fee == 180 and "final_notice" not in answer.unsure


def test_a_fee_that_was_not_agreed_is_not_lawful_in_a_letter_sent() -> None:
    answer = ask("SE", "2026-10-20", DUE, reminder("2026-09-17", None, "60"))
    assert answer.letters[0].valid and answer.letters[0].fee == 0


@pytest.mark.parametrize(("deadline", "valid"), [("2026-09-24", False), ("2026-09-25", True)])
def test_an_inkassokrav_gives_eight_days(deadline: str, valid: bool) -> None:
    answer = ask("SE", "2026-10-20", DUE, notice("2026-09-17", deadline, "180"))
    assert answer.letters[0].valid is valid
    assert int(answer.letters[0].fee) == (180 if valid else 0)
    assert iso(answer.escalation.opens) == ("2026-09-26" if valid else None)


def test_a_norwegian_demand_is_no_letter_of_this_law() -> None:
    answer = ask("SE", "2026-10-20", DUE, demand("2026-10-01", "2026-10-20", "100"))
    assert answer.demand is None and not answer.letters[0].valid and answer.letters[0].fee == 0


@pytest.mark.parametrize(
    ("part", "refusal", "claimable", "may"),
    [
        ("2500.00", "disputed_part", "7500.00", True),
        ("9999.99", "disputed_part", "0.01", True),
        ("10000.00", "disputed", "0.00", False),
        ("12000.00", "disputed", "0.00", False),
        (None, "disputed", "0.00", False),
    ],
)
def test_the_undisputed_part_goes_on(part: str | None, refusal: str, claimable: str, may: bool) -> None:
    answer = ask("SE", "2026-10-20", DUE, disputed=True, disputed_amount=part)
    assert answer.refusals == (refusal,)
    assert answer.owed.claimable is not None and str(answer.owed.claimable.decimal) == claimable
    assert answer.reminder.may_send is answer.final_notice.may_charge is may
    assert answer.escalation.routes == (("agency", "payment_order") if may else ("court",))


def test_the_disputed_part_is_held_against_what_is_open() -> None:
    paid = {"2026-09-20": "6000.00"}
    answer = ask("SE", "2026-10-20", DUE, disputed=True, disputed_amount="4000.00", paid=paid)
    assert answer.refusals == ("disputed",)


def test_a_disputed_amount_without_a_dispute_says_nothing() -> None:
    assert ask("SE", "2026-10-20", DUE, disputed_amount="4000.00").refusals == ()


@pytest.mark.parametrize(
    ("state", "fee"),
    [({}, 170), ({"disputed": True}, None), ({"plan_kept": True}, None), ({"insolvent": True}, None)],
)
def test_a_written_plan_may_cost_170_for_an_overdue_claim_that_is_not_stopped(
    state: dict[str, Any], fee: int | None
) -> None:
    assert ask("SE", "2026-10-20", DUE, **state).plan_fee == fee
    assert ask("NO", "2026-10-20", DUE, **state).plan_fee is None


@pytest.mark.parametrize(
    ("due", "moved"),
    [
        ("2026-10-03", "2026-10-05"),
        ("2026-10-04", "2026-10-05"),
        ("2026-06-19", "2026-06-22"),
        ("2026-12-24", "2026-12-28"),
        ("2026-12-31", "2027-01-04"),
        ("2026-01-06", "2026-01-07"),
        ("2026-04-03", "2026-04-07"),
        ("2025-06-06", "2025-06-09"),
        ("2026-06-18", "2026-06-18"),
    ],
)
def test_a_due_date_on_a_day_of_rest_is_the_next_weekday_and_that_is_named_unsure(
    due: str, moved: str
) -> None:
    answer = ask("SE", moved, due)
    assert iso(answer.due) == moved and not answer.overdue
    assert ("due" in answer.unsure) is (due != moved)
    assert any("skuldebrevslagen" in x for x in answer.citations) is (due != moved)


def test_the_450_takes_in_the_fees_and_says_that_this_is_unsure() -> None:
    fees = (reminder("2026-09-17", None, "60"), notice("2026-09-28", "2026-10-06", "180"))
    answer = ask("SE", "2026-10-20", DUE, *fees, fee_agreed=True)
    assert answer.compensation == 450 and answer.owed.fees == 240 and answer.owed.charges == 450
    assert "charges" in answer.unsure
    assert "charges" not in ask("SE", "2026-10-20", DUE).unsure


@pytest.mark.parametrize(
    ("debtor", "mentions", "start"),
    [("business", False, "2026-10-01"), ("public", False, "2026-10-01"), ("consumer", True, "2026-10-01"),
     ("consumer", False, None), ("unknown", False, None), ("unknown", True, "2026-10-01")],
)  # fmt: skip
def test_a_consumers_demand_must_mention_interest(debtor: str, mentions: bool, start: str | None) -> None:
    answer = ask(
        "SE", "2026-11-02", DUE, debtor=debtor, agreed=False, demanded="2026-09-01", mentions=mentions
    )
    assert answer.interest and iso(answer.interest.start) == start
    assert ("interest" in answer.unsure) is (start is not None)


@pytest.mark.parametrize(
    ("debtor", "agreed", "rate"),
    [("business", "0.00", "10.00"), ("business", "4.00", "4.00"), ("business", "18.00", "18.00"),
     ("public", "0.00", "10.00"), ("public", "4.00", "10.00"), ("public", "18.00", "18.00"),
     ("consumer", "0.00", "0.00"), ("consumer", "4.00", "4.00"), ("consumer", "18.00", "10.00")],
)  # fmt: skip
def test_which_agreed_rates_hold(debtor: str, agreed: str, rate: str) -> None:
    answer = ask("SE", "2026-10-20", DUE, debtor=debtor, rate=agreed)
    assert answer.interest and {f"{s.rate:.2f}" for s in answer.interest.segments} == {rate}
    assert any("räntelagen 4 a §" in x for x in answer.citations)


def test_without_a_day_on_which_the_claim_arose_its_end_is_not_known() -> None:
    answer = ask("SE", "2026-10-20", "2010-01-04")
    assert answer.limitation.bars_on is None and not answer.limitation.barred


@pytest.mark.parametrize(
    ("debtor", "bars"),
    [
        ("consumer", "2026-02-28"),
        ("unknown", "2026-02-28"),
        ("business", "2033-02-28"),
        ("public", "2033-02-28"),
    ],
)
def test_the_period_runs_from_the_day_the_claim_arose_and_ends_as_it_falls(debtor: str, bars: str) -> None:
    answer = ask("SE", "2026-01-05", "2023-03-30", debtor=debtor, arose="2023-02-28")
    assert iso(answer.limitation.bars_on) == bars


def test_a_received_letter_restarts_the_time_on_its_day_of_receipt_and_not_once_it_is_over() -> None:
    def bars(received: str) -> str | None:
        letter = reminder("2026-02-20", received=received)
        return iso(
            ask("SE", "2026-06-01", "2023-03-30", letter, debtor="consumer", arose="2023-02-28")
            .limitation.bars_on
        )  # fmt: skip

    assert bars("2026-02-28") == "2029-02-28"
    assert bars("2026-03-01") == "2026-02-28"
