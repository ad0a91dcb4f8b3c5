"""The words of answers: every language names the same kinds and cues, and a row means what it says."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from messages.ear.answers.lexicon import SHARED, lexicon
from messages.ear.answers.matching import found
from messages.ear.answers.sentences import FAMILIES, sentences
from messages.ear.words import FOLDER, languages

THURSDAY = date(2026, 11, 26)


def words_of(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / language / "answers.toml").read_text(encoding="utf-8"))


def test_every_language_has_an_ear_for_answers() -> None:
    assert {language for family in FAMILIES for language in family} == set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_kind_and_cue_that_is_shared_is_said_in_each_language(language: str) -> None:
    shared = tomllib.loads(SHARED.read_text(encoding="utf-8"))
    free = {"FIGURE", "AMOUNT", "NUM", "DAY", "NAME", "OTHERS", "TRADE"}
    named = {
        form
        for rows in shared["says"].values()
        for row in rows
        for item in row.split()
        for form in item.lstrip("-").split("|")
        if form.isupper()
    }
    assert named - free <= set(words_of(language)["words"])
    assert set(words_of(language)["says"]) <= set(shared["says"]) | set(words_of("nb")["says"])


@pytest.mark.parametrize("language", languages())
def test_no_kind_is_empty(language: str) -> None:
    assert all(words.split() for words in words_of(language)["words"].values())


def cues(text: str) -> set[str]:
    return {cue for sentence in sentences(text, THURSDAY) for cue in found(sentence)}


def test_a_denial_counts_in_its_clause_alone() -> None:
    assert "paid" in cues("Jeg har betalt, så jeg forstår ikke purringen.")
    assert "paid" not in cues("Jeg har ikke betalt, så jeg forstår purringen.")


def test_a_text_without_accents_is_understood() -> None:
    assert "pays" in cues("jag betalar pa mandag") and "not_paid" not in cues("betalt for lenge siden")
    assert "paid" in cues("har betalt for lenge siden")


def test_a_point_in_a_day_or_a_figure_ends_no_sentence() -> None:
    assert len(sentences("Betaler kr. 1.500,00 den 15. desember kl. 10. Hilsen Kari", THURSDAY)) == 2


def test_a_language_is_read_alone_where_it_is_clear() -> None:
    assert sentences("En maksa tätä laskua", THURSDAY)[0].spoken == ("fi",)
    assert sentences("I am not going to pay this", THURSDAY)[0].spoken == ("en",)
    assert set(sentences("Jeg skal ikke betale dette", THURSDAY)[0].spoken) == {"nb", "sv", "da"}


def test_a_lexicon_is_made_once() -> None:
    assert lexicon(("en",)) is lexicon(("en",))
