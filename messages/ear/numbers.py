"""Numbers in words: femhundre, två och ett halvt tusen, halvanden tusind, sataviisikymmentä, half a grand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache

from messages.ear.words import languages, words

THOUSAND = 1000
TENS = 20
MOST, LONGEST = 8, 24
"""So many words more can belong to a number, of so many letters at most."""
GLUED = ("hundr", "tusen", "tusin", "sata", "sada", "tuha", "kymp")
"""How words begin that are written in one with what they count (femhundre, kaksituhatta); slang is not."""
JOINS = ("og", "och", "and", "ja")


@cache
def units() -> Mapping[str, int]:
    """The words that count, in every language: tusen, hundrelapp, tonni."""
    return {name: worth for language in languages() for name, worth in words(language).units.items()}


@cache
def small() -> Mapping[str, int]:
    """The plain numbers of every language."""
    return {name: number for language in languages() for name, number in words(language).numbers.items()}


@cache
def halves() -> Mapping[str, Decimal]:
    """The words for a half and for one and a half, in every language."""
    return {name: worth for language in languages() for name, worth in words(language).halves.items()}


def any_of(names: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@cache
def pattern() -> str:
    """A pattern for numbers in words: words in a row, of which some are written as one."""
    few = any_of(name for name in small() if len(name) > 1)
    tens = any_of(name for name, number in small().items() if number >= TENS)
    many = any_of(name for name in units() if name.startswith(GLUED) and "lap" not in name)
    tight = rf"(?:{'|'.join(JOINS)})?"
    one = (
        rf"(?:{few})?(?:{many})(?:{tight}(?:{many}|{few})){{0,{MOST}}}|(?:{few}){tight}(?:{tens})|(?:{tens})(?:{few})"
        rf"|{any_of(units())}|{any_of(halves())}|{any_of(small())}"
    )
    return rf"(?<!\w)(?:{one})(?!\w)(?:[ -](?:(?:{'|'.join(JOINS)}) )?(?:{one})(?!\w)){{0,{MOST}}}"


@lru_cache(maxsize=1024)
def worth(said: str) -> Decimal:
    """What a number in words is worth: each word that counts takes what stands before it."""
    total = group = few = Decimal(0)
    for atom in _atoms(said):
        unit = units().get(atom, 0)
        if unit >= THOUSAND:
            total, group, few = total + ((group + few) or 1) * unit, Decimal(0), Decimal(0)
        elif unit:
            group, few = group + (few or 1) * unit, Decimal(0)
        else:
            few += halves().get(atom) or small()[atom]
    return total + group + few


@lru_cache(maxsize=1024)
def counts(said: str) -> bool:
    """Whether a number in words has a word that counts, by which it can be money without saying so."""
    return any(atom in units() for atom in _atoms(said))


def _atoms(said: str) -> tuple[str, ...]:
    """The words that a number is made of, without what joins them."""
    return _parted(re.sub(r"[ -]+", " ", said)) or ()


def _parted(said: str) -> tuple[str, ...] | None:
    """The known words a text consists of, the longest first; None when it is not made of known words."""
    if not said:
        return ()
    ends = (end for end in range(min(len(said), LONGEST), 0, -1) if said[:end] in _known())
    for end in ends:
        rest = _parted(said[end:].removeprefix(" "))
        if rest is not None:
            return rest if said[:end] in JOINS else (said[:end], *rest)
    return None


@cache
def _known() -> frozenset[str]:
    return frozenset((*small(), *units(), *halves(), *JOINS))
