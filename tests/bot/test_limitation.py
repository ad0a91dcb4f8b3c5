"""Limitation: when a period ends, and what starts it anew."""

from __future__ import annotations

from typing import Any

import pytest

from bot.questions import Written
from tests.bot.asked import ask, iso, reminder

DUE = "2023-03-02"
END = "2026-03-02"


def bars(where: str, on: str, *letters: Written, **more: Any) -> str | None:
    debtor = {"debtor": "consumer", "arose": DUE}
    return iso(ask(where, on, DUE, *letters, **debtor | more).limitation.bars_on)


@pytest.mark.parametrize("where", ["NO", "SE", "DK", "FI"])
def test_it_ends_on_the_day_of_the_same_number_and_that_day_is_not_too_late(where: str) -> None:
    assert bars(where, "2026-01-05") == END
    assert not ask(where, END, DUE, debtor="consumer", arose=DUE).limitation.barred
    after = ask(where, "2026-03-03", DUE, debtor="consumer", arose=DUE)
    assert after.limitation.barred and after.refusals[0] == "barred"


@pytest.mark.parametrize("where", ["NO", "SE", "DK", "FI"])
@pytest.mark.parametrize(
    ("day", "end"),
    [("2026-03-02", "2029-03-02"), ("2026-03-03", END), ("2024-02-29", "2027-02-28"), ("2023-01-05", END)],
)
def test_an_acknowledgement_or_a_part_payment_starts_it_anew_up_to_its_last_day(
    where: str, day: str, end: str
) -> None:
    if where in ("NO", "DK") and end == "2027-02-28":
        end = "2027-03-01"
    assert bars(where, "2026-06-01", acknowledged=day) == end
    assert bars(where, "2026-06-01", paid={day: "1.00"}) == end


@pytest.mark.parametrize(
    ("where", "end"), [("NO", END), ("DK", END), ("SE", "2029-01-08"), ("FI", "2029-01-08")]
)
def test_a_provable_receipt_starts_it_anew_in_sweden_and_finland(where: str, end: str) -> None:
    assert bars(where, "2026-06-01", reminder("2026-01-05", received="2026-01-08")) == end
    assert bars(where, "2026-06-01", reminder("2026-01-05")) == END


@pytest.mark.parametrize("where", ["NO", "SE", "DK", "FI"])
def test_one_restart_carries_to_the_next(where: str) -> None:
    paid = {"2026-03-02": "1.00", "2029-02-01": "1.00"}
    assert bars(where, "2030-06-03", paid=paid) == "2032-02-02" if where in ("NO", "DK") else "2032-02-01"
    assert bars(where, "2030-06-03", paid={"2029-02-01": "1.00"}) == END


@pytest.mark.parametrize("where", ["NO", "SE", "DK", "FI"])
def test_what_lies_after_the_day_asked_about_is_not_known_yet(where: str) -> None:
    letter = reminder("2026-01-05", received="2026-01-08")
    assert bars(where, "2026-01-07", letter, acknowledged="2026-01-09", paid={"2026-01-08": "1.00"}) == END


def test_a_letter_on_an_earlier_invoice_says_nothing_of_this_one() -> None:
    assert (
        bars("SE", "2026-06-01", reminder("2026-01-05", received="2026-01-08", earlier_invoice=True)) == END
    )


@pytest.mark.parametrize("where", ["NO", "SE", "DK", "FI"])
def test_a_barred_claim_is_left_alone_and_still_counted(where: str) -> None:
    answer = ask(where, "2026-03-03", DUE, arose=DUE, debtor="consumer")
    assert not answer.reminder.may_send and not answer.final_notice.may_send and not answer.escalation.may
    assert answer.reminder.opens is None and answer.escalation.routes == ()
    assert answer.owed.principal and answer.owed.claimable is not None and not answer.owed.claimable
