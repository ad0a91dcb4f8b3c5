"""Announcements: by when to pay, and only steps that are set up and may be taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot import workdays
from bot.announcements import announce, of_notice
from bot.countries import codes, country
from bot.invoices import Invoice
from bot.ladder import ladder
from bot.notices import is_reviewed
from bot.parties import Business
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, invoice

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
