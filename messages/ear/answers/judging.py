"""Judging: what is known of a whole reply, by which each intent is judged; the weights are learnt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import log

from bot.hearing import Intent
from messages.ear.answers.evidence import Evidence
from messages.ear.answers.weights import INTENTS

DENIED: Mapping[Intent, tuple[frozenset[str], frozenset[str]]] = {
    "paid_claim": (frozenset({"PAID"}), frozenset({"NOT", "THOUGHT", "SHOULD", "IF", "WILL", "BE"})),
    "dispute": (frozenset({"DISPUTES", "DEFECT", "WRONG"}), frozenset({"NOT"})),
}
"""Words that tell of an intent, and words beside them by which it is not meant."""
MOST, SCALE = 8.0, 4.0
"""How far a score counts, and by how much it is made smaller, so that it weighs like a yes or no."""
ALL = "reply"
"""The feature that every reply has."""


def judging(
    rows: Sequence[Mapping[str, float]], cued: Collection[str], denied: Collection[str], *, offered: bool
) -> Mapping[str, float]:
    """The features of a reply: how much its sentences say each thing, and what cues tell of it."""
    found = {ALL: 1.0, "reply long": log(len(rows))}
    if offered:
        found["reply offered"] = 1.0
    for one in INTENTS:
        found.update(_of(one, [row[one] for row in rows], cued=one in cued, offered=offered))
        if one in denied:
            found[f"reply denied {one}"] = 1.0
            if one in cued:
                found[f"reply cued denied {one}"] = 1.0
    return found


def _of(one: Intent, scores: Sequence[float], *, cued: bool, offered: bool) -> Iterator[tuple[str, float]]:
    """What is known of one intent: its likeliest sentence, the next, its cue."""
    most, again, *_ = *sorted(map(_bounded, scores), reverse=True), -MOST / SCALE
    yield f"reply says {one}", most
    yield f"reply again {one}", again
    if cued:
        yield f"reply cued {one}", 1.0
        yield f"reply cued says {one}", most
    if offered:
        yield f"reply offered says {one}", most
        if cued:
            yield f"reply offered cued {one}", 1.0


def _bounded(score: float) -> float:
    return max(-MOST, min(MOST, score)) / SCALE


def denied(said: Evidence) -> frozenset[Intent]:
    """What the sentences that could mean it all turn round: `I thought I had paid`."""
    return frozenset(one for one in DENIED if _denied(said, one))


def _denied(said: Evidence, intent: Intent) -> bool:
    telling, turning = DENIED[intent]
    places = [row.sentence.places for row in said.rows if row.sentence.places.keys() & telling]
    return bool(places) and all(_turned(one, telling, turning) for one in places)


def _turned(places: Mapping[str, tuple[int, ...]], telling: frozenset[str], turning: frozenset[str]) -> bool:
    """Whether a sentence denies what it tells, or has a word before it by which it is not meant."""
    last = max(at for label in telling for at in places.get(label, ()))
    return "NOT" in places or any(at < last for label in turning for at in places.get(label, ()))
