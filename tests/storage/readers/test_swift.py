"""The fields of a SWIFT message, to the letter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from storage.readers._source import Unreadable
from storage.readers._swift import Balance, Field, balance, messages, statement_line


def line_of(written: str) -> Field:
    return Field("61", [written], 7)


def test_fields_run_over_lines_and_end_with_the_message() -> None:
    (first, second) = messages("{1:X}{4:\n:20:A\n:86:one\n- two\n-}\nnoise\n:20:B\n:NS:01x")
    assert [(each.tag, each.lines, each.line) for each in first] == [
        ("20", ["A"], 2),
        ("86", ["one", "- two"], 3),
    ]
    assert [(each.tag, each.lines) for each in second] == [("20", ["B"]), ("NS", ["01x"])]


def test_a_balance_is_below_zero_when_the_account_is_overdrawn() -> None:
    assert balance(Field("60F", ["D261125NOK12,5"], 1)) == Balance(
        Decimal("-12.5"), date(2026, 11, 25), "NOK"
    )
    assert balance(Field("62F", ["C99123110,"], 1)) == Balance(Decimal(10), date(1999, 12, 31), "")


def test_a_line_in_all_its_parts() -> None:
    found = statement_line(Field("61", ["2611251125CK450,NTRF100107//88001", "Giro inn"], 7))
    assert found is not None
    assert (found.amount, found.day, found.kind) == (Decimal(450), date(2026, 11, 25), "NTRF")
    assert (found.reference, found.bank_reference, found.aside) == ("100107", "88001", "Giro inn")


@pytest.mark.parametrize("mark", ["EC", "ED"])
def test_what_is_only_expected_is_no_line(mark: str) -> None:
    assert statement_line(line_of(f"2611251125{mark}450,00NTRFNONREF")) is None


@pytest.mark.parametrize(
    ("value", "entry", "day"),
    [
        ("251231", "0102", date(2026, 1, 2)),
        ("260102", "1231", date(2025, 12, 31)),
        ("240228", "0229", date(2024, 2, 29)),
        ("250101", "0229", date(2024, 2, 29)),
    ],
)
def test_a_booking_day_is_the_nearest_to_the_value_day(value: str, entry: str, day: date) -> None:
    found = statement_line(line_of(f"{value}{entry}C450,00NTRFNONREF"))
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize("amount", ["450", "4,5,0", "1.450,00", "450.5", "450,001", "4..50"])
def test_an_amount_in_doubt_is_refused(amount: str) -> None:
    with pytest.raises(Unreadable) as raised:
        statement_line(line_of(f"261125C{amount}NTRFNONREF"))
    assert (raised.value.problem.code, raised.value.problem.line) == ("bad_amount", 7)
