"""Freshness: a figure that holds for a time is pointed out before that time ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.freshness import stale


def parts(code: str, today: date, within: int = 45) -> list[tuple[str, date]]:
    return [(x.part, x.through) for x in stale(code, today, timedelta(days=within))]


@pytest.mark.parametrize(("today", "known"), [(date(2026, 11, 16), True), (date(2026, 11, 17), False)])
def test_the_end_of_the_half_year_is_seen_forty_five_days_ahead(today: date, known: bool) -> None:
    assert (parts("SE", today) == []) is known
    assert (parts("NO", today) == []) is known


def test_norway_names_all_three_parts_that_end_with_the_year() -> None:
    end = date(2026, 12, 31)
    assert parts("NO", date(2026, 12, 1)) == [("interest", end), ("compensation", end), ("regime", end)]


@pytest.mark.parametrize("code", ["DK", "FI"])
def test_a_rate_that_nobody_has_verified_has_run_out_with_the_one_before(code: str) -> None:
    assert parts(code, date(2026, 11, 25), within=0) == [("interest", date(2026, 6, 30))]


def test_what_is_stale_says_where_its_last_value_stands() -> None:
    assert stale("NO", date(2026, 12, 1))[0].source == "FOR-2026-06-25-1372"
