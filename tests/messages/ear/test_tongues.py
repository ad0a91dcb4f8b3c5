"""A sentence in another language is noticed; one that could be in ours is not."""

from __future__ import annotations

from itertools import permutations

import pytest

from bot.parties import LANGUAGES
from messages.ear.tongues import foreign

SAME = {
    "nb": "Er det noe som ikke stemmer, eller trenger du noen dager til, er det bare å svare her.",
    "sv": "Är det något som inte stämmer, eller behöver du några dagar till, så svara bara här.",
    "da": "Er der noget, der ikke passer, eller har du brug for et par dage mere, så svar bare her.",
    "fi": "Jos laskussa on jotain epäselvää tai tarvitset lisää aikaa, vastaa vain tähän viestiin.",
    "en": "If something isn't right, or you need a few more days, just reply to this email.",
}


@pytest.mark.parametrize(("ours", "theirs"), list(permutations(LANGUAGES, 2)))
def test_a_sentence_of_another_language_is_told(ours: str, theirs: str) -> None:
    assert foreign(SAME[theirs], ours) == theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_of_ones_own_is_none(language: str) -> None:
    assert not foreign(SAME[language], language)


@pytest.mark.parametrize(
    "words", ["", "KID: 104208", "Café Norrsken", "OK", "The Oslo Company AS", "Best Western Hotel"]
)
def test_names_and_labels_are_of_no_language(words: str) -> None:
    assert not foreign(words, "nb")
