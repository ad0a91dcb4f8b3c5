"""Judged: the intents that cues tell, weighed against what the words of a reply make likely."""

from __future__ import annotations

from collections.abc import Mapping

from bot.disputes import Reason
from bot.hearing import STOPS, Intent
from messages.ear.answers.evidence import Evidence
from messages.ear.answers.features import features, of_row
from messages.ear.answers.intents import REASONS as REASON_OF
from messages.ear.answers.weights import chances, reasons, weights

DOUBT, DOUBT_STOP = 0.08, 0.04
"""A cue counts unless the words make its intent less likely than this; a reason to stop is given up later."""
LIKELY, LIKELY_STOP, BESIDE = 0.5, 0.28, 0.75
"""An intent without a cue counts from here on: a reason to stop earlier, one beside others later."""
GUESS = 0.3
CUED, LEAST_REASON = 0.4, 0.1
DENIED: Mapping[Intent, tuple[frozenset[str], frozenset[str]]] = {
    "paid_claim": (frozenset({"PAID"}), frozenset({"NOT", "THOUGHT", "SHOULD", "IF", "WILL", "BE"})),
    "dispute": (frozenset({"DISPUTES", "DEFECT", "WRONG"}), frozenset({"NOT"})),
}
"""Words that tell of an intent, and words beside them by which it is not meant."""
OFFERED: frozenset[Intent] = frozenset({"plan_accept", "plan_reject"})
CERTAIN: frozenset[Intent] = (STOPS - {"dispute", "paid_claim"}) | {"partial_payment"}
"""What is told by words that hardly mean anything else, or by a sum: no chance outweighs it."""
WEAK: frozenset[Intent] = frozenset({"acknowledgement", "unrelated"})


def judged(said: Evidence, heard: Mapping[Intent, int]) -> dict[Intent, int]:
    """The intents that remain and those that are added, each with the sentence it rests on."""
    if not weights() or not said.rows:
        return dict(heard)
    likely = {
        one: much for one, much in chances(features(said)).items() if said.offered or one not in OFFERED
    }
    best = max((one for one in likely if not _denied(said, one)), key=lambda one: likely[one])
    if heard.keys() <= WEAK and likely[best] > GUESS:
        heard = {best: _where(said, best)}
    kept = {one: at for one, at in heard.items() if one in CERTAIN or likely.get(one, 0) > _doubt(one)}
    added = [one for one, much in likely.items() if much > _needed(said, one, beside=bool(kept))]
    if "paid_claim" in kept:
        added = [one for one in added if one != "promise_to_pay"]
    found = kept | {one: _where(said, one) for one in added if one not in kept}
    if len(found) > 1:
        found = {one: at for one, at in found.items() if one not in WEAK or likely[one] > LIKELY}
    return found or dict(heard)


def reason(said: Evidence) -> Reason:
    """Why a dispute: what the cues tell, and what the words make likely; to contest it tells nothing."""
    likely = reasons(features(said))
    cued = {REASON_OF[cue] for cue in said.cues if cue in REASON_OF}
    scores = {one: likely[one] + CUED * (one in cued) for one in REASON_OF.values()}
    if "quality" in cued:
        scores["wrong_amount"] -= CUED
    if cued - {"other"}:
        scores["other"] -= CUED
    best = max(scores, key=lambda one: scores[one])
    return best if scores[best] > LEAST_REASON else "other"


def _doubt(intent: Intent) -> float:
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
        return BESIDE
    return LIKELY_STOP if intent in STOPS - {"bounce"} else LIKELY


def _where(said: Evidence, intent: Intent) -> int:
    """The sentence that speaks most for an intent."""
    scores = [chances(of_row(row))[intent] for row in said.rows[:60]]
    return scores.index(max(scores))
