"""Dates: the day before the month, or the year first; never one that does not exist."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.readers._dates import from_serial, month_comes_first, read_date, written_dates

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-11-03",
            "2026-11-03T00:00:00",
            "2026-11-03 00:00:00",
            "2026-11-03+01:00",
            "2026/11/3",
            "20261103",
        ),
        *(
            "03.11.2026",
            "3.11.2026",
            "3/11-2026",
            "3/11/2026",
            "03-11-2026",
            "3.11.26",
            "03.11.2026 00:00",
            "46329",
        ),
        *(
            "3. november 2026",
            "3 nov 2026",
            "den 3 november 2026",
            "3. marraskuuta 2026",
            "3rd".replace("rd", " Nov 2026"),
        ),
    ],
)
def test_every_nordic_way_of_writing_a_day(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "30.02.2026",
        "31.11.2026",
        "11/25/2026",
        "2026-13-01",
        "20231401",
        "0",
        "soon",
        "12345678",
        "999",
    ],
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no date|day|month|out of range"):
        read_date(text)


@given(
    st.dates(date(1960, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m-%Y", "%Y%m%d"]),
)
def test_a_written_day_reads_back(day: date, form: str) -> None:
    assert read_date(day.strftime(form)) == day


def test_a_spreadsheet_counts_days_from_the_end_of_1899() -> None:
    assert from_serial(46329.75) == DAY


@pytest.mark.parametrize(
    "text", ["Bis zum 14.08.2016 ohne Abzug", "Forfall 14. august 2016.", "due 2016-08-14"]
)
def test_a_day_is_found_in_running_text(text: str) -> None:
    assert written_dates(text) == [date(2016, 8, 14)]


def test_one_impossible_day_shows_an_american_column() -> None:
    assert month_comes_first(["03/04/2026", "11/25/2026"])
    assert not month_comes_first(["03/04/2026", "25/11/2026", "2026-11-25"])


def test_a_long_number_in_running_text_is_no_date() -> None:
    assert written_dates("Faktura 20161114, KID 14.08.20161, konto 1234.08.2016") == []
