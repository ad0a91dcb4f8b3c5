from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.countries import codes, country
from bot.retention import PERIODS, kept_through, over_before

DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
CODES = st.sampled_from(codes())


def test_every_country_says_how_long_its_bookkeeping_is_kept_and_where_that_stands() -> None:
    for figure in (country(code).bookkeeping for code in codes()):
        assert figure.source and figure.verified <= date.today() and figure.value >= 5


@pytest.mark.parametrize(("code", "last"), [("NO", 2032), ("SE", 2034), ("DK", 2032), ("FI", 2037)])
def test_it_is_kept_for_the_years_of_the_law_after_the_latest_end_of_the_financial_year(
    code: str, last: int
) -> None:
    assert kept_through(date(2026, 5, 3), code) == date(last, 12, 31)


@given(DAYS, DAYS, CODES)
def test_nothing_is_over_before_its_last_day_and_all_is_over_after_it(
    day: date, today: date, code: str
) -> None:
    assert (day < over_before(today, code)) == (today > kept_through(day, code))


@given(DAYS, CODES)
def test_what_bookkeeping_asks_for_outlives_all_that_is_let_go_of_sooner(today: date, code: str) -> None:
    assert all(over_before(today, code) < period.before(today) for period in PERIODS.values())
    assert all(period.days >= timedelta(days=30).days for period in PERIODS.values())
