"""Final notices: they give at least what the law asks for, and name no step in a time nobody has reviewed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot import workdays
from bot.countries import codes, country
from bot.notices import deadline, is_reviewed


@given(st.dates(date(2024, 1, 1), date(2031, 12, 31)), st.sampled_from(codes()))
def test_the_deadline_is_a_bank_day_and_long_enough_also_from_the_day_after(day: date, code: str) -> None:
    last = deadline("final_notice", code, day)
    assert workdays.is_bank_day(last, code)
    assert last >= day + timedelta(days=country(code).notice.value + 1)


def test_in_norway_the_last_notice_of_the_reviewed_rules_runs_out_within_them() -> None:
    assert is_reviewed("final_notice", "NO", date(2026, 12, 10))
    assert not is_reviewed("final_notice", "NO", date(2026, 12, 20))
    assert is_reviewed("final_notice", "SE", date(2027, 6, 1))
