"""Announcements: by when to pay, and only steps that are set up and may be taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import workdays
from bot.announcements import announce, check_word, of_notice, still_set_up, word_given
from bot.cases import Case
from bot.countries import codes, country
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.ladder import ladder
from bot.letters import Letter, NextStep
from bot.notices import is_reviewed
from bot.parties import Business
from bot.replies import Call
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, invoice, reminder, settled

MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)
CLAIM = invoice(BYGG_OCH_BETONG, "1", "1000", MONDAY)
days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
countries = st.sampled_from(codes())
levels = st.integers(1, 3)


def house(code: str) -> Business:
    return replace(ASAS_BAGERI, country=code)


def late(days_late: int) -> Invoice:
    return replace(CLAIM, due=MONDAY - days_late * DAY)


@given(days, countries, levels, st.integers(1, 120))
def test_what_is_announced_comes_after_the_day_to_pay_and_both_are_bank_days(
    today: date, code: str, level: int, overdue: int
) -> None:
    said = announce([replace(CLAIM, due=today - overdue * DAY)], level, house(code), today)
    assert today + 7 * DAY <= said.pay_by < said.day
    assert workdays.is_bank_day(said.pay_by, code) and workdays.is_bank_day(said.day, code)
    assert said.day - today >= ladder(house(code)).gap * DAY
    assert said.step == ("calls" if level == 3 else "writes")


def test_a_final_notice_is_announced_only_where_it_is_set_up() -> None:
    armed = replace(ASAS_BAGERI, final_notice=True)
    assert announce([late(25)], 3, armed, MONDAY).step == "final_notice"
    assert announce([late(25)], 2, armed, MONDAY).step == "writes"


def test_norway_s_final_notice_is_announced_for_no_day_whose_rules_nobody_has_reviewed() -> None:
    armed = replace(house("NO"), final_notice=True)
    assert announce([late(25)], 3, armed, MONDAY).step == "final_notice"
    assert announce([late(25)], 3, armed, date(2026, 12, 20)).step == "calls"


def test_a_norwegian_letter_with_a_fee_gives_the_time_after_which_another_fee_may_follow() -> None:
    assert announce([late(16)], 1, house("NO"), MONDAY).pay_by == MONDAY + 7 * DAY
    assert announce([late(16)], 1, house("NO"), MONDAY, charged=True).pay_by == MONDAY + 15 * DAY


def test_a_finnish_letter_gives_the_time_that_good_practice_asks_for() -> None:
    assert announce([late(6)], 1, house("FI"), MONDAY).pay_by == MONDAY + 14 * DAY


@given(days, countries)
def test_a_final_notice_gives_its_time_also_when_it_leaves_after_midnight(day: date, code: str) -> None:
    said = of_notice("final_notice", house(code), day)
    assert said.pay_by >= day + (country(code).notice.value + 1) * DAY
    assert workdays.is_bank_day(said.pay_by, code)
    assert said.day == workdays.after(said.pay_by, code)
    assert said.step == "hand_over"


@given(days, countries)
def test_a_final_notice_is_announced_only_for_a_day_on_which_it_may_be_sent(day: date, code: str) -> None:
    said = announce([replace(CLAIM, due=day - 25 * DAY)], 3, replace(house(code), final_notice=True), day)
    assert (said.step == "final_notice") is is_reviewed("final_notice", code, said.day)


STEPS: tuple[NextStep, ...] = ("writes", "calls", "final_notice", "hand_over")


def wrote(step: NextStep, day: date = MONDAY) -> Letter:
    """A letter of two weeks ago that announced a step for a day."""
    return replace(reminder(CLAIM, 1, MONDAY - 14 * DAY), next_step=step, next_day=day)


@pytest.mark.parametrize("step", STEPS)
def test_whatever_was_announced_comes_up_on_its_day_and_until_it_is_done(step: NextStep) -> None:
    said = wrote(step)
    case = Case(customer=BYGG_OCH_BETONG, invoices=(late(30),), letters=(said,))
    assert word_given(case, MONDAY - DAY) is None
    assert word_given(case, MONDAY) == said and word_given(case, MONDAY + 9 * DAY) == said


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_announced_any_more_once_it_is_paid_or_handed_over(step: NextStep) -> None:
    case = Case(customer=BYGG_OCH_BETONG, letters=(wrote(step),))
    for gone in (settled(late(30), MONDAY), replace(late(30), state="handed_over")):
        assert word_given(replace(case, invoices=(gone,)), MONDAY) is None


def test_a_call_that_was_announced_is_done_by_calling() -> None:
    call = Call(id="c", customer=BYGG_OCH_BETONG.id, day=MONDAY, outcome="voicemail")
    case = Case(customer=BYGG_OCH_BETONG, invoices=(late(30),), letters=(wrote("calls"),), calls=(call,))
    assert word_given(case, MONDAY) is None


def test_a_word_that_is_no_longer_the_last_is_neither_moved_nor_taken_back() -> None:
    said, newer = wrote("writes"), replace(wrote("calls"), id="newer")
    case = Case(customer=BYGG_OCH_BETONG, invoices=(late(30),), letters=(said, newer))
    check_word(newer, case, MONDAY)
    with pytest.raises(Refusal, match="word_gone"):
        check_word(said, case, MONDAY)


def test_a_step_that_is_no_longer_set_up_is_not_announced_again() -> None:
    armed = replace(ASAS_BAGERI, final_notice=True)
    assert still_set_up("final_notice", MONDAY, armed) == "final_notice"
    assert still_set_up("final_notice", MONDAY, ASAS_BAGERI) == "calls"
    assert still_set_up("writes", MONDAY, ASAS_BAGERI) == "writes"
