"""Notes on the way: a day that does not exist is written down and is no day."""

from __future__ import annotations

from datetime import date

from bot.documents import Problem
from storage.readers._notes import Notes


def test_a_day_is_read_and_an_empty_one_is_none() -> None:
    notes = Notes()
    assert notes.day("2026-10-31", "DueDate", 3) == date(2026, 10, 31)
    assert notes.day("", "DueDate", 3) is None
    assert notes.problems == []


def test_an_impossible_day_is_a_problem_with_its_line() -> None:
    notes = Notes()
    assert notes.day("2026-02-30", "DueDate", 3) is None
    assert notes.problems == [Problem("bad_date", 3, {"value": "2026-02-30", "field": "DueDate"})]
