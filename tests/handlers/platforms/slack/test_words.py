from __future__ import annotations

from string import Formatter

import pytest

from bot.parties import LANGUAGES
from handlers.platforms.slack.text import units
from handlers.platforms.slack.words import own_texts, words_of


def facts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_facts_in_order(language: str) -> None:
    english, words = own_texts()["en"], own_texts()[language]
    assert list(words) == sorted(english)
    assert {key: facts(text) for key, text in words.items()} == {
        key: facts(text) for key, text in english.items()
    }
    assert all(text.strip() for text in words.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_buttons_fit_on_them(language: str) -> None:
    words = words_of(language)
    assert units(words["close"]) <= 24
    assert units(words["fill_in"]) <= 75


def test_a_language_that_is_none_of_ours_is_english() -> None:
    assert words_of("de") == own_texts()["en"]
