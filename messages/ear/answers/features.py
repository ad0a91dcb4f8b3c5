"""Features: what of a reply its weights go by — words, pairs of words, kinds of words, cues, days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from messages.ear.answers.evidence import Evidence, Row
from messages.ear.answers.sentences import Sentence

STEM = 6
"""Longer words count by their beginning: endings say little here."""
LENGTHS = (4, 10, 25)
NEAR = 4


def features(said: Evidence) -> frozenset[str]:
    """The features of a whole reply."""
    length = sum(said.words >= least for least in LENGTHS)
    whole = {"any", f"length:{length}", *(("offered",) if said.offered else ())}
    return frozenset(whole.union(*(_of_row(row, offered=said.offered) for row in said.rows)))


def of_row(row: Row) -> frozenset[str]:
    """The features of one sentence alone."""
    return frozenset(_of_row(row, offered=False))


def _of_row(row: Row, *, offered: bool) -> Iterator[str]:
    mark = "?" if row.sentence.asks else ""
    for cue in row.cues:
        yield f"cue:{cue}"
        if mark:
            yield f"cue:{cue}?"
        if offered and cue.startswith("plan"):
            yield f"cue:offered_{cue}"
    for day in row.days:
        yield f"day:{day.fault or day.meaning}"
        yield f"day{mark}"
    if mark:
        yield "asks"
    kinds = [[kind for kind in labels if kind.isupper()] for labels in row.sentence.labels]
    yield from (f"kind:{kind}" for found in kinds for kind in found)
    yield from _beside(kinds, row.sentence)
    yield from _words(row.sentence)


def _beside(kinds: Sequence[Sequence[str]], sentence: Sentence) -> Iterator[str]:
    """Kinds that follow one another closely in a clause, whatever the language: NOT … GOT."""
    for at, found in enumerate(kinds):
        for later in range(at + 1, min(at + 1 + NEAR, len(kinds))):
            if sentence.clauses[later] == sentence.clauses[at]:
                yield from (f"kinds:{one} {other}" for one in found for other in kinds[later])


def _words(sentence: Sentence) -> Iterator[str]:
    stems = list(_stems(sentence.words))
    yield from (f"word:{stem}" for stem in stems)
    yield from (f"pair:{first} {second}" for first, second in zip(["^", *stems], stems, strict=False))


def _stems(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word[0].isdigit():
            yield "#"
        elif word[0].isalpha() or len(word) > 1 or ord(word[0]) > ord("\u2000"):
            yield word if len(word) <= STEM else f"{word[:STEM]}~"
