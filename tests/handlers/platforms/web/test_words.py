from __future__ import annotations

from string import Formatter

import pytest

from handlers.platforms.web.words import best_language, own_texts


def facts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["nb", "sv", "da", "fi", "en"])
def test_every_language_says_everything_with_the_same_facts(language: str) -> None:
    english, words = own_texts()["en"], own_texts()[language]
    assert words.keys() == english.keys()
    assert {key: facts(text) for key, text in words.items()} == {
        key: facts(text) for key, text in english.items()
    }
    assert all(text.strip() for text in words.values())


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("nn-NO,en;q=0.5", "nb"),
        ("no", "nb"),
        ("de-DE,fi;q=0.3", "fi"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_a_browser_is_met_in_the_first_language_it_asks_for(asked: str, language: str) -> None:
    assert best_language(asked, own_texts()) == language
