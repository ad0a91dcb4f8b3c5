"""Tongues: in which of our languages a sentence is, told by its small words."""

from __future__ import annotations

import re
from functools import cache

from messages.ear.words import languages, plain, words

FEWEST = 2
"""So many words are needed: a single one may be a name, or borrowed."""


def foreign(sentence: str, language: str) -> str:
    """The other language a sentence is clearly in; empty when it can be of the one it should be."""
    said = re.findall(r"[^\W\d_]+(?:['’][a-z]+)?", sentence)
    spoken = {plain(word) for word in said if not (word.isupper() and len(word) > 1)}
    found = [(_lead(spoken, other, language), other) for other in languages() if other != language]
    lead, other = max(found)
    return other if lead > 0 else ""


def _lead(spoken: set[str], other: str, language: str) -> int:
    """By how much the words that only another language has outnumber those that only this one has."""
    away = len(spoken & _apart(other, language))
    home = len(spoken & _apart(language, other))
    return away - 2 * home if away >= FEWEST else 0


@cache
def _apart(language: str, other: str) -> frozenset[str]:
    """The small words that one language has and another has not."""
    return words(language).tongue - words(other).tongue
