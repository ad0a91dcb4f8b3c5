"""Matching: where a cue stands in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from messages.ear.answers.lexicon import GAPS, Cue, Item, lexicon
from messages.ear.answers.sentences import Sentence

WIDE = GAPS["~~"]
Span = tuple[int, int]
ANYWHERE = frozenset({"NOT", "INVOICE", "WARD", "OTHERS", "DAY", "PAYDAY", "APPROVAL"})
"""Kinds that bar a cue wherever they stand in its clause; the others only before its end."""


@lru_cache(maxsize=4096)
def found(sentence: Sentence) -> Mapping[str, Span]:
    """The cues that stand in a sentence, and where the first of each kind does."""
    known = lexicon(sentence.spoken)
    begun = {at for label in sentence.places for at in known.beginning_with.get(label, ())}
    spans: dict[str, Span] = {}
    for at in sorted(begun):
        name, cue = known.rows[at]
        span = None if name in spans else _stands(cue, sentence)
        if span:
            spans[name] = span
    return spans


def _stands(cue: Cue, sentence: Sentence) -> Span | None:
    places = sentence.places
    if any(item.labels.isdisjoint(places) for item in cue.items):
        return None
    for start in _at(cue.items[0], sentence):
        end = _rest(cue.items, 1, start, sentence)
        if end is not None and not _vetoed(cue, (start, end), sentence):
            return start, end
    return None


def _at(item: Item, sentence: Sentence) -> list[int]:
    return sorted({at for label in item.labels for at in sentence.places.get(label, ())})


def _rest(items: tuple[Item, ...], number: int, last: int, sentence: Sentence) -> int | None:
    """Where the last item stands, if the items from `number` on follow the word at `last`."""
    if number == len(items):
        return last
    item = items[number]
    for at in range(last + 1, min(last + 2 + item.gap, len(sentence.words))):
        if item.gap < WIDE and sentence.clauses[at] != sentence.clauses[last]:
            break
        if not item.labels.isdisjoint(sentence.labels[at]):
            end = _rest(items, number + 1, at, sentence)
            if end is not None:
                return end
    return None


def _vetoed(cue: Cue, span: Span, sentence: Sentence) -> bool:
    """Whether its clause turns it round: a denial stands anywhere, an *if* or a *thought* before it."""
    if not cue.vetoes:
        return False
    touched = {sentence.clauses[span[0]], sentence.clauses[span[1]]}
    for at, labels in enumerate(sentence.labels):
        barred = cue.vetoes if at <= span[1] else cue.vetoes & ANYWHERE
        if sentence.clauses[at] in touched and not barred.isdisjoint(labels):
            return True
    return False
