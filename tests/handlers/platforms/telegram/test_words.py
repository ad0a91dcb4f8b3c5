from __future__ import annotations

import re
from string import Formatter

import pytest

from handlers.platforms.telegram.words import meanings, spoken, tongues


@pytest.mark.parametrize("language", ["nb", "sv", "da", "fi"])
def test_every_language_says_everything(language: str) -> None:
    words, english = tongues()[language], tongues()["en"]
    assert words.words.keys() == english.words.keys()
    assert [c.verb for c in words.commands] == [c.verb for c in english.commands]


@pytest.mark.parametrize("language", ["nb", "sv", "da", "fi", "en"])
def test_every_word_has_the_same_facts_and_telegram_takes_it(language: str) -> None:
    words, english = tongues()[language], tongues()["en"]
    for key, text in words.words.items():
        assert facts(text) == facts(english[key])
        assert text.strip() and len(text) <= {"short": 120, "about": 512}.get(key, 4096)
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", command.word) for command in words.commands)
    assert len({command.word for command in words.commands}) == len(words.commands)


def facts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("code", "language"),
    [("nb", "nb"), ("no", "nb"), ("nn-NO", "nb"), ("sv-FI", "sv"), ("", "en")],
)
def test_a_phone_is_met_in_its_language_or_in_english(code: str, language: str) -> None:
    assert spoken(code) == language


def test_a_command_means_one_thing_whatever_the_language() -> None:
    known = [(c.word, c.verb) for each in tongues().values() for c in each.commands]
    assert all(meanings()[word].verb == verb for word, verb in known)
