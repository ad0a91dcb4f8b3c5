"""The owner's own words on the desk: what was looked over is not looked over again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.letters import Facts, Letter
from handlers.desk import drafts as table
from handlers.desk import own
from handlers.desk.own import OwnWords
from messages.review import Finding
from messages.voice import Text
from tests.handlers.talk import Talk

MINDED = Finding("mass", "advice", "Dear customer")
"""What was said of their words when they were looked over."""


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
