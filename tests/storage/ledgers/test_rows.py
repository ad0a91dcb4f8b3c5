from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import Document, Party
from bot.ledgers import LedgerError, Pulled
from bot.money import Money
from storage.ledgers._rows import Row, day, gather, left, money, only, rows, text

TODAY = date(2026, 11, 26)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def document(number: str, minor: int = 100) -> Document:
    whole = Document("invoice", number, Money(100, "NOK"), buyer=Party(name="Norrsken"))
    return left(whole, Money(minor, "NOK"))


def gathered(listed: list[Row], cursor: str = "", asked: dict[str, Row] | None = None) -> Pulled:
    return gather(
        listed,
        lambda row: document(row["id"], row["left"]),
        (asked or {}).get,
        cursor,
        TODAY,
        name=lambda row: text(row, "id"),
        number=lambda row: text(row, "id"),
    )


def test_a_text_is_found_at_any_depth_and_empty_where_there_is_none() -> None:
    row = {"a": {"b": " x "}, "n": 7, "list": [1]}
    assert (text(row, "a", "b"), text(row, "n"), text(row, "a"), text(row, "list")) == ("x", "7", "", "")
    assert text(row, "a", "b", "c") == text(row, "z") == ""


def test_a_day_with_an_hour_is_that_day() -> None:
    assert day({"d": "2026-11-26T23:00:00Z"}, "d") == TODAY
    assert day({}, "d") is None


@pytest.mark.parametrize("amount", [True, None, 1.5, [], {}])
def test_what_is_no_amount_is_never_taken_for_one(amount: object) -> None:
    with pytest.raises(TypeError):
        money(amount, "NOK")


@pytest.mark.parametrize("amount", [10**13, Decimal("-1e99999"), "NaN", "Infinity"])
def test_an_amount_that_cannot_be_meant_is_refused(amount: object) -> None:
    with pytest.raises((ArithmeticError, ValueError)):
        money(amount, "NOK")


@given(st.integers(-(10**12), 10**12))
def test_minor_units_come_through_as_they_are(minor: int) -> None:
    assert money(minor, "nok", 2) == Money(minor, "NOK")
    assert money(Decimal(minor).scaleb(-2), "NOK") == Money(minor, "NOK")


@given(ANYTHING)
def test_anything_else_than_rows_is_trouble_and_no_crash(body: object) -> None:
    for found in (partial(rows, body), partial(rows, body, "x"), partial(only, body, "x")):
        with contextlib.suppress(LedgerError):
            assert isinstance(found(), list | Mapping | None)


def test_more_paid_than_owed_leaves_nothing() -> None:
    assert document("1", -50).amount == Money(0, "NOK")


def test_a_row_that_comes_on_two_pages_counts_once() -> None:
    row = {"id": "1", "left": 100}
    assert len(gathered([row, row]).documents) == 1


def test_one_that_slipped_between_two_pages_is_asked_for_and_still_open() -> None:
    found = gathered([], "1", {"1": {"id": "1", "left": 60}})
    assert (found.documents[0].amount, found.cursor) == (Money(60, "NOK"), "1")


def test_a_row_without_a_number_is_told() -> None:
    assert [p.code for p in gathered([{"id": "", "left": 1}]).problems] == ["ledger_row"]
