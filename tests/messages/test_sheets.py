"""Sheets as CSV: opened by any spreadsheet, and by none as a formula."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from messages.sheets import Cell, Sheet, as_csv, harmless, is_live, on_one_line

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(
    "=+-@\t\r\n;,'\" 1a", max_size=8
)
AMOUNTS = st.decimals(-(10**9), 10**9, places=2)
LIVE = ("=", "+", "-", "@", "\t", "\r")


def opened(content: bytes, separator: str = ";") -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=separator))


def table(*rows: tuple[Cell, ...]) -> Sheet:
    return Sheet("Ageing", tuple("abcdef"[: len(rows[0])]), rows)


def test_it_has_a_mark_semicolons_and_amounts_as_its_readers_write_them() -> None:
    sheet = table(("Café", Decimal("-1250.50"), 3, date(2026, 11, 25), None, "x;y"))
    content = as_csv(sheet, "sv_SE")
    assert content == '\ufeffa;b;c;d;e;f\r\nCafé;-1250,50;3;2026-11-25;;"x;y"\r\n'.encode()
    assert b"-1250.50" in as_csv(sheet, "en_GB")


@pytest.mark.parametrize("words", ["=1+1", "+47 22", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"])
def test_words_that_could_become_a_formula_stand_behind_an_apostrophe(words: str) -> None:
    assert harmless(words).startswith("'")
    assert opened(as_csv(table((words,)), "sv_SE"))[1][0][0] == "'"


@pytest.mark.parametrize("words", ["Bygg & Betong", "A-B", "1042", "a = b", "Åsa, 5 + 5", "'quoted'"])
def test_other_words_are_left_as_they_are(words: str) -> None:
    assert harmless(words) == words


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, AMOUNTS, WORDS), min_size=1, max_size=4))
@example([("a,=1", Decimal("-5"), 'x";=1'), ("\x00=1", Decimal(0), ',,@"')])
def test_no_cell_is_live_whatever_a_spreadsheet_takes_for_the_separator(
    rows: list[tuple[str, Decimal, str]],
) -> None:
    content = as_csv(table(*rows), "sv_SE")
    read = opened(content)[1:]
    assert len(read) == len(rows)
    for (first, amount, last), (before, number, after) in zip(rows, read, strict=True):
        assert Decimal(number.replace(",", ".")) == amount
        for said, kept in ((first, before), (last, after)):
            assert not kept.startswith(LIVE)
            assert kept.replace("'", "") == on_one_line(said).replace("'", "")
    for separator in ",\t":
        cells = [cell for row in opened(content, separator) for cell in row]
        assert not [cell for cell in cells if is_live(cell)]
