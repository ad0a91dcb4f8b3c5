"""Wording is judged by the word lists, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.letters import Facts, Line
from bot.money import Money
from messages.terms import step as term
from messages.wording import Remark, remarks, sentences

FACTS = Facts(
    kind="reminder", language="nb", today=date(2026, 11, 10), country="NO", business="Fjell Bakeri AS",
    owner="Kari",
    customer="Norrsken", totals=(), lines=(Line(number="1042", amount=Money.of("500", "NOK"), due=None),),
    next_step="final_notice", next_day=date(2026, 11, 24), fields={"final_notice_term": "inkassovarsel"},
)  # fmt: skip


def test_a_sentence_does_not_end_inside_a_date_or_an_amount() -> None:
    text = "Betal 500 kr. Vi ses fredag 20. november.\nHilsen Kari"
    assert sentences(text) == ("Betal 500 kr.", "Vi ses fredag 20. november.", "Hilsen Kari")


def test_a_remark_quotes_the_place_and_keeps_the_suggestion() -> None:
    (found,) = remarks("Du er etter med betalingen.", FACTS)
    assert found == Remark("blame", "Du er etter", "Betalingen har ikke kommet ennå.")


def test_the_final_notice_has_a_name_only_where_it_is_set_up() -> None:
    assert (term(FACTS), term(replace(FACTS, next_step="calls")), term(replace(FACTS, fields={}))) == (
        "et inkassovarsel",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Da sender jeg et inkassovarsel tirsdag 24. november.", []),
        ("Da sender jeg et inkassovarsel torsdag 26. november.", ["legal"]),
        ("Dette er et inkassovarsel.", ["legal"]),
        ("Ellers ringer jeg deg.", ["call"]),
        ("Da tar et inkassobyrå over.", ["step"]),
    ],
)
def test_only_the_step_that_is_set_up_may_be_announced(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in remarks(text, FACTS)] == kinds


def test_other_letters_than_reminders_may_speak_of_calls() -> None:
    assert not list(remarks("Da ringer jeg deg.", replace(FACTS, kind="plan")))
