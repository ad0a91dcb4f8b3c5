"""The words of the ear: one file a language, and every file whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parties import LANGUAGES
from messages.ear.words import languages, nearest_first, plain, words


def test_there_is_an_ear_for_every_language() -> None:
    assert set(languages()) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_names_seven_weekdays_twelve_months_and_the_numbers(language: str) -> None:
    known = words(language)
    assert (len(known.weekdays), len(known.months)) == (7, 12)
    assert set(range(1, 13)) <= set(known.numbers.values())


OF_LETTERS = {
    "final_notice", "hand_over", "to_collection", "avoids", "court", "calls", "reach", "label", "counted",
    "fell_due", "reminder", "this", "such", "of", "fee", "interest", "compensation", "adds_fee",
    "adds_interest", "adds_compensation", "adds_nothing", "of_it",
}  # fmt: skip
SOME_LANGUAGES = {"not_asked", "steps_at_law"}
"""That a charge is not asked for stands behind it in Finnish; only a Norwegian demand names legal steps."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_knows_what_the_review_asks_of_letters(language: str) -> None:
    assert set(words(language).review) - SOME_LANGUAGES == OF_LETTERS


def test_the_owners_own_language_is_tried_first_then_english() -> None:
    assert nearest_first("fi")[:2] == ("fi", "en") and set(nearest_first("fi")) == set(LANGUAGES)


def test_plain_text_has_small_letters_without_accents() -> None:
    assert plain("TÄNÄÄN på Højgård, ÆØÅ é") == "tanaan pa hojgard, aoa e"


@given(st.text())
def test_plain_text_is_letter_for_letter_as_long(text: str) -> None:
    assert len(plain(plain(text))) == len(plain(text))
