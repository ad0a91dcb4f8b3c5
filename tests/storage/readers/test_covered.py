"""How far several statements go: as far as every account is told of."""

from __future__ import annotations

from datetime import date

from storage.readers._covered import covered

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def test_the_latest_statement_of_an_account_counts() -> None:
    assert covered([("A", MONDAY), ("A", TUESDAY)]) == TUESDAY


def test_the_account_that_goes_the_least_far_sets_the_day() -> None:
    assert covered([("A", MONDAY), ("A", TUESDAY), ("B", MONDAY)]) == MONDAY


def test_a_gap_in_one_statement_leaves_no_day() -> None:
    assert covered([("A", MONDAY), ("B", None)]) is None
    assert covered([]) is None
