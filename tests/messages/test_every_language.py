"""Every language has the same words, cards and letters, and each of them states the same facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

import pytest
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from bot import countries
from bot.letters import LEGAL
from bot.parties import LANGUAGES
from messages.languages import FOLDER, LAYOUTS, codes, language
from messages.voice import environment

OWN_HABITS = ("dates", "amounts", "you")
"""Tables in which a language may differ: how it writes days and amounts, and its words for the reader."""
GRAMMAR = {"one", "count", "line", "lines", "business", "country"}
"""What a letter's grammar may need in one language and not in another; Finnish names the payee, Swedish is
spoken under two laws."""
PRESCRIBED = (*LEGAL, "_claim")
"""Letters that only the languages of a law have, each with what that law has them say, and English."""
BLOCK = re.compile(r"\{%.*?%\}")
BUTTON_LENGTH = 20


def _keys(table: Mapping[str, object], before: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _keys(value, f"{before}{key}.")
        else:
            yield before + key


def _words(code: str) -> set[str]:
    return {key for key in _keys(language(code).tables) if not key.startswith(OWN_HABITS)}


def _templates(code: str, folder: str) -> set[str]:
    found = {path.name for path in (FOLDER / code / folder).glob("*.j2")}
    return {name for name in found if not name.startswith(PRESCRIBED)}


def _facts(code: str, source: str) -> set[str]:
    """What a template states, without the language's own words for the reader."""
    used = find_undeclared_variables(environment(code).parse(source))
    return used - language(code).table("you").keys() - {"say", "words", "formats"}


def _stated(code: str, path: str) -> set[frozenset[str]]:
    """What a template states in English and in a language: one set when they agree."""
    sources = {each: (FOLDER / each / path).read_text(encoding="utf-8") for each in ("en", code)}
    return {frozenset(_facts(each, source) - GRAMMAR) for each, source in sources.items()}


def test_there_are_the_languages_that_a_business_can_speak() -> None:
    assert set(codes()) == set(LANGUAGES)


@pytest.mark.parametrize("code", codes())
def test_every_language_has_every_word(code: str) -> None:
    assert sorted(_words("en") ^ _words(code)) == []


@pytest.mark.parametrize("code", codes())
def test_every_word_states_the_same_facts_in_every_language(code: str) -> None:
    shared = [key for key in _words("en") & _words(code) if isinstance(language(code).find(key), str)]
    stated = {key: [_facts(each, str(language(each).find(key))) for each in ("en", code)] for key in shared}
    assert {key: pair for key, pair in stated.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("folder", ["cards", "letters"])
@pytest.mark.parametrize("code", codes())
def test_every_language_has_every_template(code: str, folder: str) -> None:
    assert sorted(_templates("en", folder) ^ _templates(code, folder)) == []


@pytest.mark.parametrize("home", countries.codes())
def test_every_law_has_its_letters_in_each_of_its_languages_and_in_english(home: str) -> None:
    law = countries.country(home).law
    kinds = sorted(LEGAL if law and law.demand else LEGAL - {"demand"})
    own = {FOLDER / code / f"letters/{kind}.{home}.j2" for code in _spoken(home) for kind in kinds}
    english = {FOLDER / "en" / f"letters/{kind}.j2" for kind in kinds}
    assert [path for path in own | english if not path.exists()] == []


def _spoken(home: str) -> set[str]:
    return set(countries.country(home).languages) - {"en"}


@pytest.mark.parametrize("code", codes())
def test_every_card_states_the_same_facts_in_every_language(code: str) -> None:
    both = sorted(_templates("en", "cards") & _templates(code, "cards"))
    assert {name: pair for name in both for pair in [_stated(code, f"cards/{name}")] if len(pair) > 1} == {}


@pytest.mark.parametrize("code", codes())
def test_every_letter_states_the_same_facts_in_every_language(code: str) -> None:
    both = sorted(_templates("en", "letters") & _templates(code, "letters"))
    assert {name: pair for name in both for pair in [_stated(code, f"letters/{name}")] if len(pair) > 1} == {}


@pytest.mark.parametrize("code", codes())
def test_every_template_compiles_and_knows_its_filters(code: str) -> None:
    folder = FOLDER / code
    for path in chain(folder.glob("*/*.j2"), LAYOUTS.glob("*.j2")):
        source = path.read_text(encoding="utf-8")
        environment(code).from_string(source)
        used = {found.name for found in environment(code).parse(source).find_all(nodes.Filter)}
        assert used <= environment(code).filters.keys(), path.name


@pytest.mark.parametrize("code", codes())
def test_no_foot_of_a_card_is_glued_to_what_stands_before_it(code: str) -> None:
    """The line break after a block is not kept: words that end in one want an empty line before the foot."""
    glued = [
        path.name
        for path in (FOLDER / code / "cards").glob("*.j2")
        for line, then in pairwise(path.read_text(encoding="utf-8").splitlines())
        if then.startswith("~") and line.endswith("%}") and BLOCK.sub("", line).strip()
    ]
    assert glued == []


@pytest.mark.parametrize("code", codes())
def test_every_button_is_short(code: str) -> None:
    assert [word for word in language(code).table("buttons").values() if len(word) > BUTTON_LENGTH] == []


@pytest.mark.parametrize("code", codes())
def test_every_word_for_the_reader_has_a_form_for_one_and_one_for_several(code: str) -> None:
    assert [forms for forms in language(code).table("you").values() if len(forms) != 2] == []


@pytest.mark.parametrize("code", codes())
def test_every_language_has_a_name_for_every_other(code: str) -> None:
    assert set(language(code).table("languages")) == set(codes())
    assert language(code).table("languages")[code].casefold() == language(code).name.casefold()
