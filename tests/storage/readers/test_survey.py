"""What a whole table tells: its decimal sign, American dates, and numbers that stand in several rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storage.readers._survey import Line, Seen, repeating, survey

COLUMNS = {"number": 0, "due": 1, "amount": 2}
ROWS: list[Line] = [
    (2, ["1", "31/10/2026", "5,00"]),
    (3, ["2", "1/11/2026", "1.000"]),
    (4, [" 1", "", "6,50"]),
]


def test_the_sign_and_the_numbers_that_may_repeat_are_those_of_all_rows() -> None:
    found = survey(ROWS, COLUMNS, 100)
    assert (found.sign, found.american, found.suspects) == (",", False, {"1"})
    assert survey([(5, ["9", "1/31/2026", "5"])], COLUMNS, 100).american


def test_rows_of_one_number_stand_together_and_a_suspect_of_one_row_is_none() -> None:
    assert repeating(ROWS, 0, {"1", "2"}) == [[ROWS[0], ROWS[2]]]
    assert repeating(ROWS, 0, set()) == []


@given(st.lists(st.text(), unique=True), st.integers(0, 10_000))
def test_a_text_that_came_before_is_never_missed(texts: list[str], size: int) -> None:
    seen = Seen(size)
    for text in texts:
        seen.before(text)
    assert all(map(seen.before, texts))


def test_however_big_the_file_the_memory_of_numbers_is_eight_megabytes() -> None:
    assert len(Seen(10**12).bits) == 8 * 1024 * 1024
