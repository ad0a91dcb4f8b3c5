"""Presses: what a customer says on their page, tidied but not twisted, and once however often it comes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages import Sheet
from bot.presses import KINDS, MOST_WORDS, flaw, ident, kind, mailbox, reason, said, tidy

TODAY = date(2026, 11, 25)
SHEET = Sheet(numbers=("1058", "1060"))
VALUES = {"words": "Hei", "invoice": "1058", "reason": "quality", "to": "ny@firma.example"}


@given(st.text(max_size=3 * MOST_WORDS))
def test_words_are_kept_without_what_steers_the_screen(text: str) -> None:
    kept = tidy(text)
    assert len(kept) <= MOST_WORDS and kept == kept.strip()
    assert all(c.isprintable() or c in "\n\u200d" for c in kept)
    assert tidy(kept) == kept


def test_ordinary_words_stay_as_they_were_written() -> None:
    text = "Hei!\n\nBeløpet er feil – det skulle vært 1 200 kr 🙂 👩‍👧\nMvh Åse"
    assert tidy(text) == text
    assert tidy("a\r\nb\rc") == "a\nb\nc"
    assert tidy("a\x00b\x1b[31mc\u202ed") == "a b [31mc d"


def test_a_line_stays_a_line() -> None:
    assert tidy(" a\n b\tc ", lines=False) == "a b c"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("ny@firma.example", "ny@firma.example"), ("  ny@firma.example\n", "ny@firma.example"), ("", ""),
     ("firma", ""), ("a@b", ""), ("a@b.no, c@d.no", ""), ("<x>@b.no", "")],
)  # fmt: skip
def test_an_address_is_one_that_somebody_may_have_meant(written: str, kept: str) -> None:
    assert mailbox(written) == kept


def test_only_what_was_offered_can_be_pressed() -> None:
    assert [kind(each) for each in KINDS] == list(KINDS)
    assert kind("delete") is None
    assert (reason("quality"), reason("nonsense"), reason("")) == ("quality", "other", "other")


def test_time_is_asked_for_ahead_and_no_day_lies_too_far_off() -> None:
    yesterday, far = TODAY - timedelta(days=1), TODAY + timedelta(days=400)
    assert flaw("more_time", TODAY, TODAY) == flaw("paid", yesterday, TODAY) == ""
    assert flaw("more_time", yesterday, TODAY) == "day_past"
    assert flaw("more_time", far, TODAY) == flaw("paid", TODAY - timedelta(days=400), TODAY) == "day_far"


def test_each_part_counts_only_where_it_belongs() -> None:
    paid = said("paid", TODAY, VALUES, SHEET)
    assert (paid.day, paid.numbers, paid.reason, paid.to, paid.words) == (TODAY, (), "", "", "Hei")
    wrong = said("wrong", TODAY, VALUES, SHEET)
    assert (wrong.day, wrong.numbers, wrong.reason, wrong.to) == (None, ("1058",), "quality", "")
    copy = said("copy", TODAY, VALUES, SHEET)
    assert (copy.day, copy.numbers, copy.reason, copy.to) == (None, (), "", "ny@firma.example")


def test_all_are_meant_where_none_is_named_that_the_page_shows() -> None:
    for invoice in ("2042", ""):
        assert said("wrong", None, VALUES | {"invoice": invoice}, SHEET).numbers == ("1058", "1060")


def test_the_same_words_are_one_answer_until_they_are_read() -> None:
    first = ident("letter", "Jeg har betalt.", 0)
    assert first == ident("letter", "Jeg har betalt.", 0)
    again, other, elsewhere = (
        ident("letter", "Jeg har betalt.", 1),
        ident("letter", "Jeg har betalt nå.", 0),
        ident("another", "Jeg har betalt.", 0),
    )
    assert len({first, again, other, elsewhere}) == 4
