"""Statutes: figures by their day, half-years, and months that are shorter."""

from __future__ import annotations

from datetime import date

import pytest

from bot.money import Money
from bot.statutes import Doors, Figure, HalfYear, amount, charging, half_year_end, months_later

CHECKED = date(2026, 11, 21)
FIGURES = (
    Figure(35, "§ 1", CHECKED, since=date(2020, 10, 1)),
    Figure(38, "§ 1", CHECKED, since=date(2026, 1, 1)),
)


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2020, 9, 30), None), (date(2020, 10, 1), 35), (date(2025, 12, 31), 35), (date(2026, 1, 1), 38)],
)
def test_the_figure_in_force_is_the_last_that_had_begun(day: date, value: int | None) -> None:
    assert amount(FIGURES, day) == value


def test_a_figure_without_a_first_day_is_older_than_any_question() -> None:
    assert amount((Figure(100, "§ 9", CHECKED),), date(1900, 1, 1)) == 100


def test_a_fee_opens_no_sooner_than_its_first_figure_and_is_that_of_the_later_day() -> None:
    assert charging(date(2020, 9, 1), FIGURES, date(2020, 9, 15)).opens == date(2020, 10, 1)
    assert charging(date(2025, 12, 30), FIGURES, date(2025, 12, 1)).most == 35
    assert charging(date(2025, 12, 30), FIGURES, date(2026, 1, 1)).most == 38
    assert charging(date(2026, 1, 5), FIGURES, date(2025, 12, 1)).most == 38


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 6, 30), 6, date(2025, 12, 30)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
    ],
)
def test_months_keep_the_number_of_the_day_or_end_with_the_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_a_half_year_knows_its_days() -> None:
    first, second = HalfYear(2026, 1, "2.00", "", CHECKED), HalfYear(2026, 2, None, "", CHECKED)
    assert (first.first, first.last) == (date(2026, 1, 1), date(2026, 6, 30))
    assert (second.first, second.last) == (date(2026, 7, 1), date(2026, 12, 31))
    assert half_year_end(date(2026, 6, 30)) == first.last


def test_a_sum_that_cannot_be_compared_with_the_ceiling_is_above_it() -> None:
    doors = Doors(("order",), ("court",), Figure(100, "§ 1", CHECKED), above=("court",))
    assert doors.for_principal(Money.of(100, "DKK"), "DKK") == ("order",)
    assert doors.for_principal(Money.of("100.01", "DKK"), "DKK") == ("court",)
    assert doors.for_principal(Money.of(1, "EUR"), "DKK") == ("court",)
