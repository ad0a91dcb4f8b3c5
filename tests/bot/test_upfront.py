"""Part payment up front: told with its reasons where the past speaks for it, never after one late invoice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases import Case
from bot.invoices import Invoice
from bot.payments import Payment
from bot.plans import Plan
from bot.promises import Promise
from bot.upfront import BROKEN, ENOUGH, GRACE, LAST, Reason, reasons
from tests.cast import CAFE_NORRSKEN, blomman, invoice, norrsken, settled

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


def paid(*days_late: int) -> tuple[Invoice, ...]:
    """Invoices of a month each, the latest paid last, each so many days late."""
    found = []
    for n, days in enumerate(days_late):
        due = TODAY - (len(days_late) - n) * 30 * DAY - 40 * DAY
        found.append(settled(invoice(CAFE_NORRSKEN, f"{n}", "1000", due), due + days * DAY))
    return tuple(found)


def told(*invoices: Invoice, **known: Any) -> tuple[Reason, ...]:
    return reasons(Case(customer=CAFE_NORRSKEN, invoices=invoices, **known), TODAY)


def broken(days_ago: int, **more: Any) -> Promise:
    day = TODAY - days_ago * DAY
    known: dict[str, Any] = {"id": f"{days_ago}", "customer": "norrsken", "day": day, "made": day, **more}
    return Promise(**{"state": "broken", **known})


def test_who_paid_long_after_the_day_five_times_of_six_is_told_of() -> None:
    (reason,) = told(*paid(34, 40, 0, 34, 21, 60))
    assert reason == Reason("late", {"late": 5, "count": 6, "days": 34})


@pytest.mark.parametrize(
    "days",
    [
        (34, 40, 38),
        (34, 40, 0, 0, 34, 0),
        (18, 20, 18, 20, 20, 20),
        (3, 2, 3, 1, 3, 3),
        (60,) * 12 + (0,) * 6,
    ],
    ids=["too few", "half", "not long", "hardly", "long ago"],
)
def test_a_past_that_says_less_is_not_told_of(days: tuple[int, ...]) -> None:
    assert told(*paid(*days)) == ()


def test_an_invoice_with_a_credit_note_is_not_held_against_them() -> None:
    late = paid(34, 40, 38, 34)
    notes = tuple(
        Payment(id=i.id, customer=i.customer, invoice=i.id, day=TODAY, amount=i.amount, kind="credit_note")
        for i in late
    )
    assert told(*late) and told(*late, payments=tuple(replace(each, kind="payment") for each in notes))
    assert told(*late, payments=notes[:1]) == ()
    assert told(*late, promises=(broken(5), broken(9)), payments=notes) == ()


@given(st.integers(0, 400), st.lists(st.integers(0, 3), max_size=8))
def test_one_late_invoice_is_never_enough_whatever_came_of_it(days: int, others: list[int]) -> None:
    (late,) = paid(days)
    for one in (late, replace(late, settled=None, paid=late.amount - late.amount, state="handed_over")):
        assert told(replace(one, id="x"), *paid(*others), promises=(broken(5), broken(9))) == ()


def test_two_promises_broken_within_a_year_are_told_of() -> None:
    assert told(*paid(9, 9), promises=(broken(5), broken(200))) == (Reason("broken", {"count": 2}),)
    assert told(*paid(9, 9), promises=(broken(5), broken(366))) == ()
    assert told(*paid(9, 9), promises=(broken(5), broken(9, state="kept"))) == ()
    assert told(*paid(9, 9), promises=(broken(5), broken(9, kind="waiver"))) == ()


def test_a_plan_that_was_given_up_counts_with_the_promises() -> None:
    plan: Plan = replace(blomman(TODAY).plans[0], state="in_default", agreed=TODAY - 30 * DAY)
    assert told(*paid(9, 9), promises=(broken(5),), plans=(plan,)) == (Reason("broken", {"count": 2}),)
    assert told(*paid(9, 9), promises=(broken(5),), plans=(replace(plan, state="active"),)) == ()


def test_a_claim_that_was_handed_over_is_told_of_and_one_written_off_is_not() -> None:
    first, second = paid(40, 9)
    gone = replace(first, settled=None, paid=first.amount - first.amount, state="handed_over")
    assert told(gone, second) == (Reason("handed_over", {"count": 1}),)
    assert told(replace(gone, state="written_off"), second) == ()


def test_several_reasons_stand_together() -> None:
    keys = [r.key for r in told(*paid(34, 34, 34, 34), promises=(broken(5), broken(9)))]
    assert keys == ["late", "broken"]


def test_who_is_always_late_by_little_and_always_pays_is_not_told_of() -> None:
    assert reasons(norrsken(TODAY), TODAY) == ()
    assert ENOUGH <= LAST and min(BROKEN, GRACE) > 1
