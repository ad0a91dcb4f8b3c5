"""Totals that must agree, problems of single lines, and files that lost or changed a byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Problem, Reading
from bot.money import Money, totals
from storage.readers import read
from storage.readers._control import Notes, check_count, check_sum, named
from storage.readers._records import Record
from storage.readers._source import Unreadable

OWN = Path(__file__).resolve().parents[2] / "samples"
SAMPLES = [
    path.read_bytes() for name in ("bgmax", "ktl", "ocr-giro", "tito") for path in (OWN / name).iterdir()
]
EACH = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample[:6].decode())


def record(row: str) -> Record:
    return Record(row.ljust(20), 7)


def money(reading: Reading) -> tuple[Money, ...]:
    return totals(receipt.amount for receipt in reading.receipts)


def test_notes_keep_what_is_wrong_and_give_nothing_for_it() -> None:
    notes = Notes()
    assert notes.day(record("260231"), (1, 6)) is None
    assert notes.text(record("A\tB"), (1, 5)) == ""
    assert notes.text(record("A\tB"), (1, 1)) == "A"
    assert [p.code for p in notes.problems] == ["bad_date", "broken_row"]


def test_totals_that_agree_are_passed_over() -> None:
    notes = Notes()
    notes.count(2, 2)
    check_count(2, 2)
    check_sum(Money(100, "SEK"), Money(100, "SEK"))
    assert notes.problems == []


def test_totals_that_disagree_say_both() -> None:
    counts = {"stated": "2", "found": "3"}
    with pytest.raises(Unreadable) as raised:
        check_count(2, 3)
    assert raised.value.problem == Problem("statement_incomplete", facts=counts)
    with pytest.raises(Unreadable) as raised:
        check_sum(Money(100, "SEK"), Money(-5, "SEK"))
    sums = {"stated": "1.00 SEK", "found": "-0.05 SEK"}
    assert raised.value.problem == Problem("statement_wrong", facts=sums)


def test_a_count_that_disagrees_while_the_money_holds_is_noted() -> None:
    notes = Notes()
    notes.count(2, 3)
    assert notes.problems == [Problem("statement_incomplete", facts={"stated": "2", "found": "3"})]


def test_lines_before_the_first_that_opens_are_noted_one_by_one() -> None:
    notes = Notes()
    rows = [Record(each, at) for at, each in enumerate("xyaba", 1)]
    led = notes.led(rows, lambda row: row.row == "a")
    assert [[row.row for row in group] for group in led] == [["a", "b"], ["a"]]
    assert [p.line for p in notes.problems] == [1, 2]


def test_what_makes_a_file_unreadable_is_told_with_its_format() -> None:
    with pytest.raises(Unreadable) as raised, named("bgmax"):
        raise Unreadable("bad_date")
    assert raised.value.format == "bgmax"


@EACH
@given(data=st.data())
@settings(deadline=None)
def test_a_file_cut_short_anywhere_gives_all_or_says_what_is_missing(
    sample: bytes, data: st.DataObject
) -> None:
    reading, whole = read(sample[: data.draw(st.integers(0, len(sample)))]), read(sample)
    assert reading.problems or (reading.receipts, reading.through) == (whole.receipts, whole.through)
    assert reading.receipts in ((), whole.receipts)


@EACH
@given(data=st.data())
@settings(deadline=None)
def test_a_changed_digit_never_changes_the_money(sample: bytes, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([at for at, byte in enumerate(sample) if chr(byte).isdecimal()]))
    digit = data.draw(st.sampled_from("0123456789")).encode()
    changed = read(sample[:at] + digit + sample[at + 1 :])
    assert changed.problems or money(changed) == money(read(sample))


@EACH
@given(data=st.data())
@settings(deadline=None)
def test_a_lost_or_shifted_line_never_goes_unsaid(sample: bytes, data: st.DataObject) -> None:
    rows = sample.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(rows) - 1))
    for damaged in (rows[:at] + rows[at + 1 :], [*rows[:at], b"  " + rows[at], *rows[at + 1 :]]):
        reading = read(b"".join(damaged))
        assert reading.problems or money(reading) == money(read(sample))
