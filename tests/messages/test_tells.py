"""Tells: what in a text states something that only the books may say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parties import LANGUAGES
from messages.tells import tells


def told(text: str, code: str = "en", *names: str, openings: bool = False) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in tells(text, code, names, openings=openings)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is NOK 1,250 in all.", [("SUM", "NOK 1,250")]),
        ("Please pay by Friday 20 November.", [("DAY", "Friday 20 November")]),
        ("See 1503.11.12345 for it.", [("NUMBER", "1503.11.12345")]),
        ("It is on www.purr.example now.", [("LINK", "www.purr.example")]),
        ("Write to asa@bageri.example please.", [("LINK", "asa@bageri.example")]),
        ("You wrote “it never came” to me.", [("WORDS", "“it never came”")]),
        ("We have three invoices here.", [("NUMBER", "three")]),
        ("It may take a fortnight.", [("DAY", "fortnight")]),
        ("I spoke with Kari about it.", [("NAME", "Kari")]),
        ("I'll do it now, and I'm glad to.", []),
        ("If one of them is paid, leave it out.", []),
        ("Half of it is paid (⅔, that is).", [("NUMBER", "Half"), ("NUMBER", "⅔")]),
        ("Look at {this} and <that>.", [("WORDS", "{this}"), ("WORDS", "<that>")]),
    ],
)
def test_figures_days_names_links_and_quotations_are_told(text: str, found: list[tuple[str, str]]) -> None:
    assert told(text) == found


def test_a_known_name_is_told_in_every_form_and_in_part() -> None:
    text = "norrskens kaffe, Norrskenin kahvila och Café Norrsken AB"
    assert [each for _, each in told(text, "sv", "Café Norrsken")] == ["Norrskenin", "Café Norrsken AB"]
    assert told("it is café norrsken's", "en", "Café Norrsken") == [("NAME", "café norrsken")]


def test_a_capital_letter_at_the_start_of_a_sentence_is_a_name_only_if_asked_for() -> None:
    assert told("Ole said so. Please look.") == []
    assert told("Ole said so. Please look.", openings=True) == [("NAME", "Ole")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("nb", "Betal innen en uke."), ("nb", "Det er femti kroner."), ("sv", "Hälften räcker."),
        ("da", "Det er halvtreds."), ("da", "Inden næste måned."), ("fi", "Maksa kahden viikon päästä."),
        ("fi", "Se on viisikymmentä euroa."), ("en", "Within a week, please."),
    ],
)  # fmt: skip
def test_numbers_and_days_in_words_are_told(code: str, text: str) -> None:
    assert told(text, code)


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_places_stand_in_order_and_apart_and_leave_no_figure(text: str, code: str) -> None:
    found = tells(text, code)
    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = {at for each in found for at in range(each.start, each.end)}
    assert not [letter for at, letter in enumerate(text) if at not in covered and letter.isnumeric()]
