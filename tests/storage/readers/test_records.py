"""Lines with fields at fixed places: what stands where, and how lines belong together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from storage.readers._records import FINNISH, Record, batches, groups, records, reference
from storage.readers._source import Unreadable


def record(row: str) -> Record:
    return Record(row.ljust(20), 7)


def reason(act: Callable[[], Any]) -> tuple[str, int | None, dict[str, str]]:
    with pytest.raises(Unreadable) as raised:
        act()
    problem = raised.value.problem
    return problem.code, problem.line, problem.facts


def test_fields_are_counted_from_one_and_their_last_column_is_theirs() -> None:
    assert record("AB 12 cd").text((1, 3)) == "AB"
    assert record("AB 12 cd").number((4, 5)) == 12


@pytest.mark.parametrize("field", ["1234 ", "12 34", "12.34", "x1234", "     ", "١٢٣٤٥"])
def test_a_number_that_is_cut_off_or_holds_anything_else_is_none(field: str) -> None:
    assert reason(lambda: record(field).number((1, 5))) == ("bad_amount", 7, {"value": field.strip()})


def test_a_number_may_have_blanks_before_it() -> None:
    assert record("   45").number((1, 5)) == 45


def test_a_tab_before_a_number_has_shifted_it_and_one_behind_it_has_not() -> None:
    assert reason(lambda: record("A\t345").number((3, 5)))[0] == "bad_amount"
    assert record("A 345\tB").number((3, 5)) == 345


def test_a_sign_is_plus_minus_or_left_out() -> None:
    assert [record(each).signed((1, 4)) for each in ("+012", "-012", " 012")] == [12, -12, 12]
    assert reason(lambda: record("*012").signed((1, 4))) == ("bad_amount", 7, {"value": "*012"})


def test_a_total_that_is_not_there_means_the_end_is_missing() -> None:
    assert reason(lambda: record("12").total((1, 8))) == (
        "statement_incomplete",
        7,
        {"stated": "", "found": ""},
    )


def test_days_are_written_with_two_or_four_digits_of_the_year_at_either_end() -> None:
    assert record("261102").day((1, 6)) == date(2026, 11, 2)
    assert record("20261102").day((1, 8)) == date(2026, 11, 2)
    assert record("021126").day((1, 6), "dmy") == date(2026, 11, 2)
    assert record("02112026").day((1, 8), "dmy") == date(2026, 11, 2)
    assert record("800101").day((1, 6)) == date(1980, 1, 1)
    assert record("791231").day((1, 6)) == date(2079, 12, 31)


@pytest.mark.parametrize("field", ["260231", "000000", "2611", "2611 2", "26-11-", ""])
def test_a_day_that_does_not_exist_is_told_with_its_line(field: str) -> None:
    assert reason(lambda: record(field).day((1, 6))) == ("bad_date", 7, {"value": field})


def test_lines_are_numbered_filled_up_and_left_out_when_empty() -> None:
    assert records(b"ab\r\n\r\ncd\n\x1a", 4) == [Record("ab  ", 1), Record("cd  ", 3)]


def test_one_long_line_is_cut_into_records() -> None:
    assert [each.row for each in records(b"abcdefghij", 4)] == ["abcd", "efgh", "ij  "]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp850", "latin-1", "cp1252"])
def test_letters_are_known_in_every_usual_encoding(encoding: str) -> None:
    assert records("Åsa Sjöbäck æø".encode(encoding), 20)[0].text((1, 14)) == "Åsa Sjöbäck æø"


def test_seven_bit_letters_are_known_where_there_are_no_others() -> None:
    assert records(b"M{{r{ys ]BO |", 4, FINNISH)[0].row.startswith("Määr")
    assert records("M{{rå".encode(), 5, FINNISH)[0].row == "M{{rå"


def test_a_batch_needs_its_first_and_its_last_line() -> None:
    def cut(text: str) -> list[list[str]]:
        rows = [Record(each, at) for at, each in enumerate(text, 1)]
        found = batches(rows, lambda row: row.row == "(", lambda row: row.row == ")")
        return [[row.row for row in batch] for batch in found]

    assert cut("(a)(b)") == [["(", "a", ")"], ["(", "b", ")"]]
    assert [reason(partial(cut, text))[:2] for text in ("a)", "((", "(a", "(a)b")] == [
        ("statement_incomplete", 1), ("statement_incomplete", 2),
        ("statement_incomplete", 2), ("statement_incomplete", 4),
    ]  # fmt: skip


def test_groups_begin_anew_and_keep_what_stands_before_the_first() -> None:
    assert list(groups("xaabab", lambda each: each == "a")) == [["x"], ["a"], ["a", "b"], ["a", "b"]]


def test_a_reference_loses_the_zeros_that_only_fill_its_field() -> None:
    assert [reference(each) for each in ("0000123", "RF0012", "0000", "")] == [("123",), ("RF0012",), (), ()]
