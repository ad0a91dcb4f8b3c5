"""The ladder: what our letters announced holds until it is moved or taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.ladder import announced, in_force, ladder, notice_over, opening
from bot.letters import Kind, Letter
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, invoice, reminder

MONDAY, DAY = date(2026, 11, 16), timedelta(days=1)
CLAIM = invoice(BYGG_OCH_BETONG, "1", "1000", MONDAY - 30 * DAY)
RUNGS = ladder(ASAS_BAGERI)


def letter(kind: Kind, day: date, next_day: date | None = None, pay_by: date | None = None) -> Letter:
    level = 1 if kind == "reminder" else 0
    return replace(
        reminder(CLAIM, level, day), id=f"{kind}{day}", kind=kind, next_day=next_day, pay_by=pay_by
    )


def test_a_day_that_was_moved_is_the_one_that_holds() -> None:
    first = letter("reminder", MONDAY - 14 * DAY, MONDAY)
    later = letter("later", MONDAY, MONDAY + 8 * DAY)
    assert announced([first], {CLAIM.id}) == MONDAY
    assert announced([first, later], {CLAIM.id}) == MONDAY + 8 * DAY
    assert opening(CLAIM, [first, later], RUNGS, "SE") == MONDAY + 8 * DAY


def test_a_word_taken_back_binds_nobody_and_nothing_follows_before_the_gap() -> None:
    first = letter("reminder", MONDAY - 14 * DAY, MONDAY)
    back = letter("taken_back", MONDAY)
    assert announced([first, back], {CLAIM.id}) is None and in_force([first, back]) == []
    assert opening(CLAIM, [first, back], RUNGS, "SE") >= MONDAY + RUNGS.gap * DAY


def test_what_is_announced_after_that_holds_again() -> None:
    back, again = letter("taken_back", MONDAY), letter("reminder", MONDAY + 9 * DAY, MONDAY + 20 * DAY)
    assert announced([back, again], {CLAIM.id}) == MONDAY + 20 * DAY


def test_a_letter_that_never_went_says_nothing() -> None:
    draft = replace(letter("later", MONDAY, MONDAY + 8 * DAY), state="withdrawn")
    assert in_force([draft]) == []


@pytest.mark.parametrize("kind", ["later", "taken_back"])
def test_the_last_deadline_is_over_only_after_what_was_said_about_it_since(kind: Kind) -> None:
    notice = letter("final_notice", MONDAY - 20 * DAY, pay_by=MONDAY - 5 * DAY)
    said = letter(kind, MONDAY - 4 * DAY, pay_by=MONDAY + 4 * DAY if kind == "later" else None)
    assert notice_over(CLAIM.id, [notice], RUNGS, "SE") < MONDAY
    assert notice_over(CLAIM.id, [notice, said], RUNGS, "SE") > MONDAY
