"""Features: what of a sentence its weights go by — words, their pairs and pieces, kinds, cues, days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import sqrt

from messages.ear.answers.evidence import Row
from messages.ear.answers.sentences import Sentence

TOKEN = re.compile(r"[^\W\d_]+|\d+|[?!]")
PIECE = range(3, 6)
"""How many letters a piece of a word has; its ends count as one each."""
CUE, WORD, PART = 0.3, 0.7, 1.0
"""How much each sort weighs: a cue stands for itself, words and pieces share theirs among many."""
NEAR = 4
SPELT = ("word:", "pair:", "part:")
"""How the features begin that go by letters, in one language or some; the others hold in all."""


def features(row: Row) -> Mapping[str, float]:
    """The features of a sentence, each with how much it counts."""
    tokens = ["0" if token[0].isdigit() else token for token in TOKEN.findall(row.sentence.text.lower())]
    words = {f"word:{token}" for token in tokens}
    words.update(f"pair:{one} {two}" for one, two in zip(["^", *tokens], tokens, strict=False))
    parts = {piece for token in tokens for piece in _pieces(token)}
    found = dict.fromkeys(_told(row), CUE)
    found.update(dict.fromkeys(words, WORD / sqrt(len(words) or 1)))
    found.update(dict.fromkeys(parts, PART / sqrt(len(parts) or 1)))
    return found


@lru_cache(maxsize=20_000)
def _pieces(token: str) -> tuple[str, ...]:
    whole = f"<{token}>"
    return tuple(f"part:{whole[at : at + n]}" for n in PIECE for at in range(len(whole) - n + 1))


def _told(row: Row) -> Iterator[str]:
    """What is known of a sentence in any language."""
    mark = "?" if row.sentence.asks else ""
    for cue in row.cues:
        yield f"cue:{cue}"
        if mark:
            yield f"cue:{cue}?"
    for day in row.days:
        yield f"day:{day.fault or day.meaning}"
        yield f"day{mark}"
    if mark:
        yield "asks"
    kinds = [[kind for kind in labels if kind.isupper()] for labels in row.sentence.labels]
    yield from (f"kind:{kind}" for found in kinds for kind in found)
    yield from _beside(kinds, row.sentence)


def _beside(kinds: Sequence[Sequence[str]], sentence: Sentence) -> Iterator[str]:
    """Kinds that follow one another closely in a clause, whatever the language: NOT … GOT."""
    for at, found in enumerate(kinds):
        for later in range(at + 1, min(at + 1 + NEAR, len(kinds))):
            if sentence.clauses[later] == sentence.clauses[at]:
                yield from (f"kinds:{one} {other}" for one in found for other in kinds[later])
