"""The owner's own words on the desk: what was looked over is not looked over again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot import drafts
from bot.letters import Facts, Letter
from bot.parties import LANGUAGES
from bot.specimens import specimen
from handlers.desk import drafts as table
from handlers.desk import own
from handlers.desk.own import OwnWords
from messages.review import Finding
from messages.voice import Text
from tests.handlers.talk import Talk

MINDED = Finding("mass", "advice", "Dear customer")
"""What was said of their words when they were looked over."""

SAID = {
    "nb": ["Slik lyder det på engelsk:"],
    "sv": [],
    "da": ["Sådan lyder det på engelsk:"],
    "fi": ["Englanniksi se on:"],
    "en": ["In English it says:"],
}
"""How a letter of Swedish law is shown to owners of each language: in English, as no other has one."""


@pytest.fixture
def drafted(talk: Talk) -> tuple[Letter, Facts]:
    """A draft in Purr's words, and what it may state."""
    talk.acts("letter.draft", "norrsken")
    with talk.desk() as desk:
        letter = desk.books.letters.draft("norrsken")
        assert letter
        return letter, table.facts_of(letter, desk.books.case("norrsken"), desk)


def test_what_was_said_of_their_words_is_said_of_the_draft_in_them(drafted: tuple[Letter, Facts]) -> None:
    letter, facts = drafted
    theirs = OwnWords(Text(letter.subject, letter.body), (MINDED,))
    assert table.findings(letter, facts, theirs) == (MINDED,)
    assert table.findings(replace(letter, body=letter.body + " Thanks!"), facts, theirs) != (MINDED,)
    assert table.findings(letter, facts) == ()


def test_words_are_ours_while_nothing_in_them_is_changed(drafted: tuple[Letter, Facts]) -> None:
    letter, facts = drafted
    assert own.is_ours(letter, facts)
    assert not own.is_ours(replace(letter, subject="Bread"), facts)
    assert not own.is_ours(replace(letter, body=f"{letter.body}\nBread"), facts)


@pytest.mark.parametrize("spoken", [*LANGUAGES])
def test_the_letter_beside_is_said_to_be_in_the_language_it_is_in(spoken: str, tmp_path: Path) -> None:
    talk = Talk.about(tmp_path, language=spoken)
    with talk.desk() as desk:
        about = specimen(1, desk.business, desk.today, "sv")
        asks = table.asking(table.Rung("final_notice", 3, "firm", ()), about.claims, about.case, desk, ())
        facts = drafts.facts(about.case, about.claims, desk.business, asks, desk.today, "sv")
        cards = own.beside(facts, desk, theirs=False)
    assert [card.text.rsplit(". ", 1)[-1] for card in cards] == SAID[spoken]
    assert [card.paper.language for card in cards if card.paper] == (["en"] if spoken != "sv" else [])
