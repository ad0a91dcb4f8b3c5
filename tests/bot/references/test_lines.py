"""Lines that carry several things come apart into just those, and a wrong one says what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.references.checks import FAULTS, Wrong
from bot.references.lines import Barcode, Fik, barcode, parse_barcode, parse_fik
from bot.references.making import make

FOUR = Barcode("FI7944052020036082", 488315, "868516259619897", date(2010, 6, 12))
FIVE = replace(FOUR, reference="RF09868516259619897")
LINES = {
    4: "479440520200360820048831500000000868516259619897100612",
    5: "579440520200360820048831509000000868516259619897100612",
}
days = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
finnish = st.integers(100, 10**19 - 1).map(lambda base: make(str(base), "fi"))


@pytest.mark.parametrize(
    "line",
    [
        Fik("71", "004040400000669", "12345678"),
        Fik("75", "0000000202610473", "87654321"),
        Fik("73", "", "00000000"),
    ],
)
def test_a_line_is_read_as_it_is_written(line: Fik) -> None:
    assert parse_fik(str(line)) == line
    assert parse_fik(str(line).replace("<", " < ").replace("+", " + ")) == line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "format"),
        ("71<004040400000669+12345678<", "format"),
        ("+71<004040400000669+12345678", "format"),
        ("+71<004040400000669+1234567A<", "format"),
        ("+71<00404040000066٩+12345678<", "format"),
        ("+71<+12345678<", "format"),
        ("+04<004040400000669+12345678<", "format"),
        ("+73<1+12345678<", "format"),
        ("+71<04040400000669+12345678<", "length"),
        ("+75<004040400000669+12345678<", "length"),
        ("+71<004040400000668+1234567<", "length"),
        ("+73<+123456789<", "length"),
        ("+71<004040400000668+12345678<", "check_digit"),
        ("+75<0000000202610474+12345678<", "check_digit"),
    ],
)
def test_a_wrong_danish_line_says_what_is_wrong(line: str, expected: str) -> None:
    with pytest.raises(Wrong, match=expected):
        parse_fik(line)


def test_the_examples_of_the_finnish_banks_come_out() -> None:
    second = Barcode("FI58 1017 1000 0001 22", 48299, "55958 22432 94671", date(2010, 1, 31))
    assert barcode(4, FOUR) == LINES[4]
    assert barcode(5, FIVE) == LINES[5]
    assert barcode(4, second) == "458101710000001220004829900000000559582243294671100131"


def test_a_barcode_may_leave_the_day_open() -> None:
    assert barcode(4, replace(FOUR, due=None)) == LINES[4][:-6] + "000000"
    assert parse_barcode(LINES[5][:-6] + "000000") == replace(FIVE, due=None)


@given(finnish, st.integers(0, 99_999_999), days)
def test_a_barcode_gives_back_what_went_in(reference: str, cents: int, due: date | None) -> None:
    four = replace(FOUR, reference=reference, cents=cents, due=due)
    five = replace(four, reference=make(reference, "rf"))
    assert parse_barcode(barcode(4, four)) == four
    assert parse_barcode(barcode(5, five)) == five
    assert len(barcode(4, four)) == len(barcode(5, five)) == 54


@pytest.mark.parametrize(
    ("version", "said", "expected"),
    [
        (4, replace(FOUR, reference="RF09868516259619897"), "character"),
        (4, replace(FOUR, reference="868516259619898"), "check_digit"),
        (4, replace(FOUR, reference="1" * 21), "length"),
        (4, replace(FOUR, reference=""), "format"),
        (5, replace(FIVE, reference="868516259619897"), "format"),
        (5, replace(FIVE, reference="RF18539007547034Y"), "format"),
        (5, replace(FIVE, reference="RF10868516259619897"), "check_digit"),
        (4, replace(FOUR, iban="NO9386011117947"), "format"),
        (4, replace(FOUR, iban="FI794405202003608"), "length"),
        (4, replace(FOUR, iban="FI7844052020036082"), "check_digit"),
        (4, replace(FOUR, cents=100_000_000), "amount"),
        (4, replace(FOUR, cents=-1), "amount"),
        (4, replace(FOUR, due=date(1999, 12, 31)), "format"),
        (4, replace(FOUR, due=date(2100, 1, 1)), "format"),
        (4, replace(FOUR, iban="FI7844052020036082", reference="1" * 21, cents=-1), "length"),
        (4, replace(FOUR, iban="FI7844052020036082", reference="X", cents=-1), "character"),
        (4, replace(FOUR, iban="FI7844052020036082", cents=-1), "check_digit"),
    ],
)
def test_a_barcode_is_not_made_of_what_does_not_hold(version: int, said: Barcode, expected: str) -> None:
    with pytest.raises(Wrong, match=expected):
        barcode(version, said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "format"),
        (LINES[4][:-2], "format"),
        (LINES[4] + "0", "format"),
        ("6" + LINES[4][1:], "format"),
        (LINES[4][:-1] + "X", "format"),
        (LINES[4][:-1] + "\u0662", "format"),
        (LINES[4][:-6] + "101301", "format"),
        (LINES[4][:25] + "100" + LINES[4][28:], "format"),
        (LINES[4][:25] + "0" * 23 + LINES[4][-6:], "format"),
        (LINES[5][:27] + "0" * 21 + LINES[5][-6:], "format"),
        ("478" + LINES[4][3:], "check_digit"),
        (LINES[5][:25] + "10" + LINES[5][27:], "check_digit"),
        (LINES[4][:47] + "8" + LINES[4][48:], "check_digit"),
    ],
)
def test_a_wrong_barcode_says_what_is_wrong(text: str, expected: str) -> None:
    with pytest.raises(Wrong, match=expected):
        parse_barcode(text)


def test_blanks_in_a_barcode_are_layout() -> None:
    assert parse_barcode(" ".join((LINES[4][:20], LINES[4][20:40], LINES[4][40:]))) == FOUR


@given(st.text("0123456789+<", max_size=60))
def test_any_line_is_read_or_refused_by_name(text: str) -> None:
    for parse in (parse_fik, parse_barcode):
        try:
            parse(text)
        except Wrong as wrong:
            named = wrong.fault
        else:
            named = FAULTS[0]
        assert named in FAULTS
