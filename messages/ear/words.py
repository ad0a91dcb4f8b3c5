"""The words the ear knows: one file of data a language, and how phrases become patterns."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1]
LETTERS = {"ø": "o", "æ": "a", "ð": "d", "đ": "d", "’": "'", "\xa0": " ", "\u202f": " "}
SLOTS = {
    "x": r"(?P<subject>[^\n]+?)",
    "y": r"(?P<value>[^\n]+)",
    "until": r"(?P<until>[^\n]+)",
    "paid": r"(?P<paid>[^\n]+)",
    "name": r"(?P<subject>[^:\n]+?)",
    "text": r"(?P<value>[\s\S]+)",
    "day": r"(?P<day>\d{1,2})",
    "digits": r"(?P<n>\d{1,2})",
}
"""What a {slot} of a phrase stands for: who or what (`x`; `name` ends at a colon), the rest of a line (`y`)
or of everything (`text`), who and until when (`until`), who and how much (`paid`), a day of a month (`day`),
a number in figures alone (`digits`);
besides, from the language's own words, a `weekday`, a `month`, a number `n` in figures or words, and the
`nth` day of a month in words (`later`: from the third on, since `the other` is no day)."""


@dataclass(frozen=True, slots=True)
class Words:
    """What one language says. Patterns are in plain letters, and so is the text they are tried on.

    `days` and `commands` map a meaning to its patterns, and `any_day` tells whether any of the days is said;
    `money` maps a currency (`crown`: whichever the business uses) to its names; `units` are words that count
    (`tusen`: 1000), `halves` those for a half, `ordinals` those for days of the month; `people` are the words
    by which somebody speaks of themselves, tried on the text as it is; `review` is for letters.
    """

    language: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    ordinals: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, int]
    halves: Mapping[str, Decimal]
    money: Mapping[str, str]
    days: Mapping[str, tuple[re.Pattern[str], ...]]
    any_day: re.Pattern[str]
    until: str
    commands: Mapping[str, tuple[re.Pattern[str], ...]]
    people: re.Pattern[str]
    tongue: frozenset[str]
    review: Mapping[str, re.Pattern[str]]


def plain(text: str) -> str:
    """A text in small letters without accents, letter for letter as long as it was composed (NFC)."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


@cache
def languages() -> tuple[str, ...]:
    """The languages there is an ear for: those whose folder holds its words."""
    return tuple(sorted(file.parent.name for file in FOLDER.glob("*/ear.toml")))


def nearest_first(language: str) -> tuple[str, ...]:
    """All languages in the order in which words are tried: the owner's own, English, the others."""
    return tuple(sorted(languages(), key=lambda other: (other != language, other != "en", other)))


@cache
def tongue_words(language: str) -> frozenset[str]:
    """The small words of a language as they are spelt."""
    with (FOLDER / language / "ear.toml").open("rb") as file:
        return frozenset(" ".join(tomllib.load(file)["tongue"]["words"]).split())


@cache
def words(language: str) -> Words:
    """The words of a language; `FileNotFoundError` when there is no ear for it."""
    with (FOLDER / language / "ear.toml").open("rb") as file:
        data = tomllib.load(file)
    slots = SLOTS | {
        "weekday": _named("weekday", data["weekdays"]),
        "month": _named("month", data["months"]),
        "n": rf"\(?(?P<n>\d{{1,3}}|{'|'.join(map(plain, data['numbers']))})\)?",
        "nth": rf"(?P<nth>{plain('|'.join(data['ordinals']))})",
        "later": rf"(?P<nth>{plain('|'.join(data['ordinals'][2:]))})",
    }
    return Words(
        language=language,
        weekdays=tuple(map(plain, data["weekdays"])),
        months=tuple(map(plain, data["months"])),
        ordinals={
            plain(word): number
            for number, words_ in enumerate(data["ordinals"], 1)
            for word in words_.split("|")
        },
        numbers={plain(word): int(value) for word, value in data["numbers"].items()},
        units={plain(word): int(value) for word, value in data["units"].items()},
        halves={plain(word): Decimal(value) for word, value in data["halves"].items()},
        money={currency: plain("|".join(names)) for currency, names in data["money"].items()},
        days={meaning: _patterns(phrases, slots) for meaning, phrases in data["days"].items()},
        any_day=_any((phrase for phrases in data["days"].values() for phrase in phrases), slots),
        until=plain("|".join(data["until"])).replace(" ", r"\s+"),
        commands={verb: _patterns(phrases, slots) for verb, phrases in data["commands"].items()},
        people=re.compile(rf"(?<!\w)(?:{'|'.join(data['people'])})(?!\w)", re.IGNORECASE),
        tongue=frozenset(plain(" ".join(data["tongue"]["words"])).split()),
        review={kind: _pattern("|".join(phrases), {}) for kind, phrases in data["review"].items()},
    )


class _Plain(dict[int, str]):
    """What each letter becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        small = letter.lower() if len(letter.lower()) == 1 else letter
        bare = unicodedata.normalize("NFKD", small)[0] if small.isalpha() else small
        self[code] = LETTERS.get(small, bare)
        return self[code]


_PLAIN = _Plain()


def _named(slot: str, names: list[str]) -> str:
    """A group for each name, so that the one that matched tells its number."""
    groups = "|".join(f"(?P<{slot}{number}>{plain(name)})" for number, name in enumerate(names))
    return rf"(?:{groups})"


def _patterns(phrases: list[str], slots: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(phrase, slots) for phrase in phrases)


def _pattern(phrase: str, slots: Mapping[str, str]) -> re.Pattern[str]:
    """A phrase as a pattern of whole words: a blank is any run of blanks, a slot what its name stands for."""
    return re.compile(rf"(?<!\w)(?:{_filled(phrase, slots)})(?!\w)")


def _filled(phrase: str, slots: Mapping[str, str]) -> str:
    spaced = plain(phrase).replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.sub(r"\{([a-z]+)\}", lambda slot: slots[slot[1]], spaced)


def _any(phrases: Iterable[str], slots: Mapping[str, str]) -> re.Pattern[str]:
    """What tells fast whether any of some phrases is said at all."""
    whole = "|".join(_filled(phrase, slots) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', whole)})(?!\w)")
