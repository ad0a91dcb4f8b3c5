"""Dates written with a number are found where they stand."""

from __future__ import annotations

from datetime import date

import pytest

from messages.ear.dates import written

TODAY = date(2026, 11, 18)


def test_dates_are_found_in_their_order_and_place() -> None:
    text = "Forfalt 3. november, betal senest 2026-11-20 eller 1.12.2026."
    assert [text[one.start : one.end] for one in written(text)] == ["3. november", "2026-11-20", "1.12.2026"]


@pytest.mark.parametrize(
    "text",
    [
        "12.25 kr",
        "kl. 10.10",
        "5.5 %",
        "1503.40.12345",
        "1.2.3.4",
        "070-174 06 05",
        "+71<0001+12345678<",
        "v. 48",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert not written(text)


def test_a_day_that_does_not_exist_is_found_and_says_so() -> None:
    (found,) = written("31. november")
    assert not found.exists


def test_a_day_without_a_year_is_the_next_unless_that_is_half_a_year_away() -> None:
    (november, february, leap) = written("1. november, 1. februar, 29. februar")
    assert november.on(TODAY) == date(2026, 11, 1) and february.on(TODAY) == date(2027, 2, 1)
    assert leap.on(TODAY) == date(2028, 2, 29)


def test_a_day_fits_how_it_was_written() -> None:
    (bare, full) = written("20. november, 20.11.2026")
    assert (
        bare.fits(date(2027, 11, 20)) and not full.fits(date(2027, 11, 20)) and full.fits(date(2026, 11, 20))
    )
