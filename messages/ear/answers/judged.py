"""Judged: the intents that cues tell, weighed against what the words of a reply make likely."""

from __future__ import annotations

from collections.abc import Mapping

from bot.disputes import Reason
from bot.hearing import STOPS, Intent
from messages.ear.answers.evidence import Evidence
from messages.ear.answers.intents import REASONS as REASON_OF
from messages.ear.answers.weights import INTENTS, chances, weights

DOUBT, DOUBT_STOP = 0.03, 0.2
"""A cue counts unless the words make its intent less likely than this; what would stop all asks for more."""
LIKELY, LIKELY_STOP = 0.6, 0.5
"""An intent without a cue counts from here on."""
BESIDE, BESIDE_STOP = 0.65, 0.8
"""The same beside others that have a cue, or where the cue is denied."""
GUESS = 0.14
MOST = 80
"""Sentences that are weighed; a longer reply says what it says before."""
CUED, LEAST_REASON = 0.4, 0.1
DENIED: Mapping[Intent, tuple[frozenset[str], frozenset[str]]] = {
    "paid_claim": (frozenset({"PAID"}), frozenset({"NOT", "THOUGHT", "SHOULD", "IF", "WILL", "BE"})),
    "dispute": (frozenset({"DISPUTES", "DEFECT", "WRONG"}), frozenset({"NOT"})),
}
"""Words that tell of an intent, and words beside them by which it is not meant."""
OFFERED: frozenset[Intent] = frozenset({"plan_accept", "plan_reject"})
"""What only an offer makes sense of: the words alone, such as `ok`, are not held against it."""
ACCEPTED: frozenset[Intent] = frozenset(
    {"plan_request", "promise_to_pay", "extension_request", "partial_payment", "acknowledgement"}
)
"""What an accepted plan already says."""
WEAK: frozenset[Intent] = frozenset({"acknowledgement", "unrelated"})


def judged(said: Evidence, heard: Mapping[Intent, int]) -> dict[Intent, int]:
    """The intents that remain and those that are added, each with the sentence it rests on."""
    if not weights() or not said.rows:
        return dict(heard)
    rows = [chances(row) for row in said.rows[:MOST]]
    where = {one: max(range(len(rows)), key=lambda at: rows[at][one]) for one in INTENTS}
    likely = {one: rows[at][one] for one, at in where.items() if said.offered or one not in OFFERED}
    best = max((one for one in likely if not _denied(said, one)), key=lambda one: likely[one])
    if heard.keys() <= WEAK and likely[best] > GUESS:
        heard = {best: where[best]}
    kept = {one: at for one, at in heard.items() if likely.get(one, 0) >= _doubt(one)}
    added = [one for one, much in likely.items() if much > _needed(said, one, beside=bool(kept))]
    if "paid_claim" in kept:
        added = [one for one in added if one != "promise_to_pay"]
    found = kept | {one: where[one] for one in added if one not in kept}
    if "plan_accept" in found:
        found = {one: at for one, at in found.items() if one not in ACCEPTED}
    if found.keys() <= WEAK:
        found = {one: at for one, at in heard.items() if one in STOPS} or found
    if "unrelated" in found:
        found = {one: at for one, at in found.items() if one in STOPS or likely[one] > GUESS}
    if len(found) > 1:
        found = {one: at for one, at in found.items() if one not in WEAK or likely[one] > LIKELY}
    return found or dict(heard)


def reason(said: Evidence) -> Reason:
    """Why a dispute: what the cues tell, and what the words make likely; to contest it tells nothing."""
    rows = [chances(row) for row in said.rows[:MOST]]
    cued = {REASON_OF[cue] for cue in said.cues if cue in REASON_OF}
    scores = {one: max(row[one] for row in rows) + CUED * (one in cued) for one in REASON_OF.values()}
    if "quality" in cued:
        scores["wrong_amount"] -= CUED
    if cued - {"other"}:
        scores["other"] -= CUED
    best = max(scores, key=lambda one: scores[one])
    return best if scores[best] > LEAST_REASON else "other"


def _doubt(intent: Intent) -> float:
    if intent in OFFERED:
        return 0.0
    return DOUBT_STOP if intent in STOPS else DOUBT


def _denied(said: Evidence, intent: Intent) -> bool:
    """Whether the sentences that could mean an intent all turn it round: `I thought I had paid`."""
    telling, turning = DENIED.get(intent, (frozenset(), frozenset()))
    places = [row.sentence.places for row in said.rows if row.sentence.places.keys() & telling]
    return bool(places) and all(_turned(one, telling, turning) for one in places)


def _turned(places: Mapping[str, tuple[int, ...]], telling: frozenset[str], turning: frozenset[str]) -> bool:
    """Whether a sentence denies what it tells, or has a word before it by which it is not meant."""
    last = max(at for label in telling for at in places.get(label, ()))
    return "NOT" in places or any(at < last for label in turning for at in places.get(label, ()))


def _needed(said: Evidence, intent: Intent, *, beside: bool) -> float:
    """How likely an intent must be to count without a cue."""
    if beside or _denied(said, intent):
        return BESIDE_STOP if intent in STOPS else BESIDE
    return LIKELY_STOP if intent in STOPS else LIKELY
