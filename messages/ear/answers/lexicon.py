"""The lexicon of answers: kinds of words and cues, each language's own and those all share."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from messages.ear.words import FOLDER, plain, tongue_words

SHARED = Path(__file__).with_name("cues.toml")
LONG_STEM = 5
"""Beginnings longer than this are known without their accents too."""
GAPS = {"~": 3, "~~": 8}
"""So many words may stand between two items of a cue; the wide gap also crosses commas."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a cue: any of these labels, after a gap of so many words at most."""

    labels: frozenset[str]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of items, and the labels its clause must not have."""

    items: tuple[Item, ...]
    vetoes: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """What some languages together say: labels of words, whole, by beginning or any part; and cues."""

    exact: Mapping[str, frozenset[str]]
    bare: Mapping[str, frozenset[str]]
    beginnings: Mapping[str, frozenset[str]]
    bare_beginnings: Mapping[str, frozenset[str]]
    inner: tuple[tuple[str, str, str], ...]
    bare_inner: tuple[tuple[str, str, str], ...]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    cues: Mapping[str, tuple[Cue, ...]]

    @cached_property
    def rows(self) -> tuple[tuple[str, Cue], ...]:
        """All cues, each with what it is a cue of."""
        return tuple((name, cue) for name, cues in self.cues.items() for cue in cues)

    @cached_property
    def beginning_with(self) -> Mapping[str, tuple[int, ...]]:
        """Which rows begin with a label, so that only those are tried whose first word is said."""
        found: dict[str, list[int]] = {}
        for at, (_, cue) in enumerate(self.rows):
            for label in cue.items[0].labels:
                found.setdefault(label, []).append(at)
        return {label: tuple(at) for label, at in found.items()}

    def labels(self, word: str, *, bare: bool = False) -> frozenset[str]:
        """The kinds of word that a word is; `bare`: of a text written without accents."""
        return _labels(self, word, bare)

    def __hash__(self) -> int:
        return id(self)


@cache
def lexicon(languages: tuple[str, ...]) -> Lexicon:
    """The lexicon of some languages together."""
    files = [_read(FOLDER / language / "answers.toml") for language in languages]
    shared = _read(SHARED)
    rows = [(cue, row) for file in (shared, *files) for cue, row in _rows(file["says"])]
    written = [
        *((kind, word) for file in files for kind, words in file["words"].items() for word in words.split()),
        *((form, form) for _, row in rows for form in _forms(row)),
    ]
    spelt = [(kind, small(word)) for kind, word in written]
    whole = [(word, kind) for kind, word in spelt if not {"*", "_"} & set(word)]
    return Lexicon(
        exact=_grouped(whole),
        bare=_grouped((plain(word), kind) for word, kind in whole if plain(word) not in _common(languages)),
        beginnings=_grouped((word[:-1], kind) for kind, word in spelt if _is_beginning(word)),
        bare_beginnings=_grouped(
            (plain(word[:-1]), kind) for kind, word in spelt if _is_beginning(word) and len(word) > LONG_STEM
        ),
        inner=tuple(_inner(word, kind) for kind, word in spelt if word.startswith("*")),
        bare_inner=tuple(
            _inner(plain(word), kind)
            for kind, word in spelt
            if word.startswith("*") and len(word) > LONG_STEM and plain(word) != word
        ),
        phrases=_phrases((kind, word) for kind, word in spelt if "_" in word and "*" not in word),
        cues=_cues(rows, shared["not_where"]),
    )


def small(text: str) -> str:
    """A text in small letters, letter for letter as long as it was."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text).replace("’", "'")


@cache
def _common(languages: tuple[str, ...]) -> frozenset[str]:
    """Small words without accents, which no other word is meant by."""
    said = (tongue_words(language) for language in languages)
    return frozenset(word for words in said for word in words if word.isascii())


def _read(path: Path) -> Mapping[str, Mapping[str, str]]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _rows(says: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    yield from ((cue, row) for cue, rows in says.items() for row in rows)


def _forms(row: str) -> Iterator[str]:
    """The words of a cue that are no kinds of word but themselves."""
    for item in row.split():
        yield from (
            form for form in item.lstrip("-").split("|") if form and not form.isupper() and form[0] != "~"
        )


def _is_beginning(word: str) -> bool:
    return word.endswith("*") and not word.startswith("*")


def _inner(word: str, kind: str) -> tuple[str, str, str]:
    """A word that may begin with any letters: what it holds or how it ends, and its kind."""
    return (word.strip("*"), "", kind) if word.endswith("*") else ("", word.strip("*"), kind)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _phrases(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrase in pairs:
        first, *rest = phrase.strip("_").split("_")
        found.setdefault(first, []).append((tuple(rest), kind))
    return {first: tuple(rests) for first, rests in found.items()}


def _cues(rows: Iterable[tuple[str, str]], not_where: Mapping[str, str]) -> Mapping[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for name, row in rows:
        cue = _cue(row)
        usual = frozenset(not_where.get(name, "").split())
        found.setdefault(name, []).append(cue if row.startswith("-") else Cue(cue.items, usual))
    return {name: tuple(cues) for name, cues in found.items()}


def _cue(row: str) -> Cue:
    """A cue as it is written in a file."""
    items: list[Item] = []
    vetoes: set[str] = set()
    gap = 0
    for item in row.split():
        if item in GAPS:
            gap = GAPS[item]
        elif item.startswith("-"):
            vetoes.update(_label(kind) for kind in (item[1:],) if kind)
        else:
            items.append(Item(frozenset(map(_label, item.split("|"))), gap))
            gap = 0
    return Cue(tuple(items), frozenset(vetoes))


def _label(form: str) -> str:
    return form if form.isupper() else small(form)


@lru_cache(maxsize=20_000)
def _labels(known: Lexicon, word: str, bare: bool) -> frozenset[str]:
    found = set(known.exact.get(word, ()))
    if bare:
        found |= known.bare.get(word, frozenset()) | known.exact.get(_accented(word), frozenset())
    for end in range(2, len(word) + 1):
        found |= known.beginnings.get(word[:end], frozenset())
        if bare:
            found |= known.bare_beginnings.get(word[:end], frozenset())
    found.update(kind for part, tail, kind in known.inner if part in word and word.endswith(tail))
    if bare:
        found.update(kind for part, tail, kind in known.bare_inner if part in word and word.endswith(tail))
    return frozenset({word, *found})


def _accented(word: str) -> str:
    """A word that was written with two letters for one: foer, paa."""
    return word.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")
