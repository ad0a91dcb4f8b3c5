"""Judged: the intents of a reply, by what its sentences say most likely and what cues tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.disputes import Reason
from bot.hearing import STOPS, Intent
from messages.ear.answers.evidence import Evidence
from messages.ear.answers.intents import REASONS as REASON_OF
from messages.ear.answers.judging import denied, judging
from messages.ear.answers.payments import future
from messages.ear.answers.weights import INTENTS, chance, chances, scores, summed, weights

ENOUGH, ENOUGH_CUED = 0.5, 0.3
"""How likely an intent must be to count, and how likely where a cue tells it with a day or a sum."""
ENOUGH_STOP, ENOUGH_STOP_CUED = 0.3, 0.1
"""A reason to stop counts sooner, and hardly needs more than its cue."""
NAMING: frozenset[Intent] = frozenset({"promise_to_pay", "extension_request", "plan_request"})
LONGEST = 80
"""Sentences that are weighed; a longer reply says what it says before."""
CUED, LEAST_REASON, ASIDE = 0.6, 0.1, 0.5
OFFERED: frozenset[Intent] = frozenset({"plan_accept", "plan_reject"})
"""What only an offer makes sense of."""
ACCEPTED: frozenset[Intent] = frozenset(
    {"plan_request", "promise_to_pay", "extension_request", "partial_payment", "acknowledgement"}
)
"""What an accepted plan already says."""


def judged(said: Evidence, heard: Mapping[Intent, int]) -> dict[Intent, int]:
    """The intents of a reply, each with the sentence it rests on; without weights those that cues tell."""
    if not weights() or not said.rows:
        return dict(heard)
    rows = [scores(row) for row in said.rows[:LONGEST]]
    sums = summed(judging(rows, heard, denied(said), offered=said.offered))
    likely = {one: chance(sums[one]) for one in INTENTS if said.offered or one not in OFFERED}
    found = [one for one, much in likely.items() if much > _enough(said, heard, one)]
    if "plan_accept" in found:
        found = [one for one in found if one not in ACCEPTED]
    if "paid_claim" in found and "promise_to_pay" not in heard:
        found = [one for one in found if one != "promise_to_pay"]
    if not found:
        found = [max(likely, key=lambda one: likely[one])]
    return {one: heard.get(one, max(range(len(rows)), key=lambda at: rows[at][one])) for one in found}


def _enough(said: Evidence, heard: Mapping[Intent, int], one: Intent) -> float:
    """How likely an intent must be to count."""
    if one in STOPS:
        return ENOUGH_STOP_CUED if one in heard else ENOUGH_STOP
    row = said.rows[heard[one]] if one in NAMING and one in heard else None
    return ENOUGH_CUED if row and (future(row) or "FIGURE" in row.sentence.places) else ENOUGH


def reason(said: Evidence) -> Reason:
    """Why a dispute: what the cues tell, and what the words make likely; to contest it tells nothing."""
    rows = [chances(row) for row in said.rows[:LONGEST]]
    cued = {REASON_OF[cue] for cue in said.cues if cue in REASON_OF}
    found = {one: _told(one, rows) + CUED * (one in cued) for one in REASON_OF.values()}
    if "quality" in cued:
        found["wrong_amount"] -= CUED
    if cued - {"other"}:
        found["other"] -= CUED
    best = max(found, key=lambda one: found[one])
    return best if found[best] > LEAST_REASON else "other"


def _told(one: Reason, rows: Sequence[Mapping[str, float]]) -> float:
    """How likely a sentence tells a reason; one that contests nothing says less of why."""
    return max(row[one] * (ASIDE + (1 - ASIDE) * row["dispute"]) for row in rows)
