"""Causes: asked once about what was really late, and summed up with the one thing that would have helped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest

from bot.causes import CAUSES, Cause, Closing, closed, is_told, summary
from tests.cast import CAFE_NORRSKEN, invoice, settled

TODAY, DAY = date(2026, 11, 25), timedelta(days=1)
PAID = settled(invoice(CAFE_NORRSKEN, "1", "100", TODAY - 20 * DAY), TODAY - DAY)


def closing(cause: Cause | None, day: date = TODAY) -> Closing:
    return Closing(id=f"{cause}{day}", customer="norrsken", day=day, days=9, cause=cause)


def test_every_cause_can_be_chosen_and_passed_over() -> None:
    assert {*CAUSES, "skipped"} == set(get_args(Cause))


def test_what_was_paid_late_and_leaves_nothing_late_is_asked_about() -> None:
    assert closed([PAID], [], TODAY) == (TODAY - DAY, 19)


@pytest.mark.parametrize("days", [0, 1, 3])
def test_what_was_hardly_late_is_not(days: int) -> None:
    assert closed([replace(PAID, due=TODAY - DAY - days * DAY)], [], TODAY) is None


def test_nobody_is_asked_while_something_late_is_open() -> None:
    other = invoice(CAFE_NORRSKEN, "2", "100", TODAY - 9 * DAY)
    assert closed([PAID, other], [], TODAY) is None
    assert closed([PAID, replace(other, due=TODAY + DAY)], [], TODAY) is not None


def test_nobody_is_asked_twice_nor_long_afterwards() -> None:
    assert closed([PAID], [closing(None)], TODAY) is None
    assert closed([PAID], [closing("forgot", TODAY - 30 * DAY)], TODAY) is not None
    assert closed([PAID], [], TODAY + 30 * DAY) is None


def test_a_month_counts_its_causes_the_commonest_first_and_suggests_one_thing() -> None:
    november = [closing(c) for c in ("forgot", "no_invoice", "no_invoice", "no_invoice", "skipped", None)]
    found = summary([*november, closing("cash", TODAY - 40 * DAY)], TODAY)
    assert (found.month, found.count) == (date(2026, 11, 1), 6)
    assert found.causes == (("no_invoice", 3), ("forgot", 1)) and found.suggestion == "no_invoice"


def test_what_happened_once_suggests_nothing() -> None:
    assert summary([closing("forgot"), closing("cash")], TODAY).suggestion is None


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 12, 1), True),
        (date(2026, 12, 2), False),
        (date(2026, 11, 2), True),
        (date(2026, 11, 1), False),
        (date(2027, 1, 4), True),
    ],
)
def test_the_month_is_told_on_the_first_bank_day_of_the_next(day: date, told: bool) -> None:
    assert is_told(day, "SE") is told
