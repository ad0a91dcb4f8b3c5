"""Marks: what is put behind them comes back as it was, and greeting, tables and signature are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parties import LANGUAGES
from messages.marks import MARK, hidden, veil

BODY = """Hi Maja,

Invoice 1042 for NOK 1,250 was due on 3 November, and I can't see a payment yet.

Due: 3 November
1042 · Bread · NOK 1,250
Account: 1503.11.12345. Please use the reference.

Best wishes,
Åsa Lind"""


def test_only_running_text_gets_marks_each_of_its_own() -> None:
    (passage,) = veil(BODY, "en").passages
    assert (
        passage.text
        == "Invoice [[NUMBER-A]] for [[SUM-B]] was due on [[DAY-C]], and I can't see a payment yet."
    )
    assert dict(passage.behind) == {
        "[[NUMBER-A]]": "1042", "[[SUM-B]]": "NOK 1,250", "[[DAY-C]]": "3 November",
    }  # fmt: skip


def test_other_words_around_the_marks_keep_what_stands_behind_them() -> None:
    said = veil(BODY, "en").put_back(["For invoice [[NUMBER-A]] I still miss [[SUM-B]] from [[DAY-C]]."])
    assert said == BODY.replace(
        BODY.split("\n")[2], "For invoice 1042 I still miss NOK 1,250 from 3 November."
    )


def test_a_mark_that_somebody_wrote_themself_is_no_mark() -> None:
    veiled = veil("You wrote [[DAY-A]] to me about 1042, as I remember it.", "en")
    (passage,) = veiled.passages
    assert passage.behind["[[WORDS-A]]"] == "[[DAY-A]]"
    assert veiled.put_back([passage.text]) == veiled.lines[0]


def test_there_are_marks_enough_for_a_long_letter() -> None:
    (passage,) = veil("and ".join(["we have seen 1042 here "] * 800) + "so it is.", "en").passages
    assert len(passage.marks) == len(set(passage.marks)) == 800


def test_what_a_customer_wrote_is_hidden_for_good_but_for_what_they_quote() -> None:
    said = hidden("You said “it is free”. I pay 500 kr on Friday. Ring me on 070-174 06 05, says Bo.", "en")
    assert (
        said
        == "You said “it is free”. I pay [[SUM-A]] on [[DAY-B]]. Ring me on [[NUMBER-C]], says [[NAME-D]]."
    )


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_whatever_is_veiled_comes_back_as_it_was(text: str, code: str) -> None:
    veiled = veil(text, code)
    assert veiled.put_back([passage.text for passage in veiled.passages]) == "\n".join(veiled.lines)
    assert all(len(MARK.findall(p.text)) == len(p.behind) for p in veiled.passages)


@pytest.mark.parametrize("signed", ["Tiina", "Kari Nordmann", "– Bo Ek", "Ødegård"])
def test_who_signs_an_answer_is_hidden_though_nobody_knows_the_name(signed: str) -> None:
    said = hidden(f"Hei!\nJeg betaler snart.\n\nMvh\n{signed}\n", "nb")
    assert "Jeg betaler snart." in said
    assert not any(part in said for part in signed.split() if part != "–")


def test_an_answer_of_one_word_is_no_signature() -> None:
    assert hidden("Betalt", "nb") == "Betalt"
    assert hidden("Hei\nJa\n", "nb") == "Hei\nJa\n"
