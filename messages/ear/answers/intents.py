"""Intents: what the cues of a reply amount to, and which of it matters most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bot.disputes import Reason
from bot.hearing import Intent
from messages.ear.amounts import stated
from messages.ear.answers.evidence import Evidence, Row

REASONS: Mapping[str, Reason] = {
    "dispute_duplicate": "duplicate",
    "dispute_not_ordered": "not_ordered",
    "dispute_cancelled": "cancelled",
    "dispute_not_received": "not_received",
    "dispute_quality": "quality",
    "dispute_wrong_amount": "wrong_amount",
    "dispute_other": "other",
}
"""The cues of a dispute, the telling ones first."""
ORDER: Sequence[Intent] = (
    "bounce", "insolvency", "wrong_recipient", "dispute", "paid_claim", "legal_threat", "do_not_contact",
    "plan_accept", "plan_reject",
)  # fmt: skip
REQUESTS: Sequence[Intent] = ("extension_request", "plan_request")
REST: Sequence[Intent] = (
    "partial_payment", "invoice_copy_request", "promise_to_pay", "details_question", "hardship",
    "callback_request", "auto_reply", "acknowledgement", "unrelated",
)  # fmt: skip
PLAIN: Mapping[str, Intent] = {
    "insolvency": "insolvency",
    "wrong_recipient": "wrong_recipient",
    "legal_threat": "legal_threat",
    "do_not_contact": "do_not_contact",
    "copy": "invoice_copy_request",
    "details": "details_question",
    "hardship": "hardship",
    "callback": "callback_request",
}
"""Cues that mean an intent wherever they stand."""


def intents(said: Evidence, owed: Decimal) -> dict[Intent, int]:
    """What a reply says, most important first, and in which of its sentences."""
    if "bounce" in said.cues:
        return {"bounce": said.first("bounce")}
    heard = dict(_heard(said, owed))
    if "auto_reply" in said.cues and not heard.keys() & {"dispute", "paid_claim", "insolvency"}:
        return {"auto_reply": said.first("auto_reply")}
    if not heard:
        heard = {"acknowledgement": 0} if _nods(said) else {"unrelated": 0}
    return {intent: heard[intent] for intent in _ordered(said, heard)}


def _heard(said: Evidence, owed: Decimal) -> Iterator[tuple[Intent, int]]:
    for cue, intent in PLAIN.items():
        if cue in said.cues:
            yield intent, said.first(cue)
    disputed = [at for at, row in enumerate(said.rows) if row.cues.keys() & REASONS.keys()]
    if disputed:
        yield "dispute", disputed[0]
    yield from _money(said, owed)
    yield from _plans(said)


def _money(said: Evidence, owed: Decimal) -> Iterator[tuple[Intent, int]]:
    rows = list(enumerate(said.rows))
    part = [at for at, row in rows if "partial" in row.cues or ("paid" in row.cues and _is_part(row, owed))]
    paid = [at for at, row in rows if "paid" in row.cues and at not in part]
    promised = [at for at, row in rows if promises(row)]
    asked = [at for at, row in rows if asks_for_time(row)]
    parts = [at for at, row in rows if at in promised and _is_part(row, owed)]
    if paid and not (promised and "unpaid" in said.cues):
        yield "paid_claim", paid[0]
    elif "settled" in said.cues and said.words < 12 and not promised:
        yield "paid_claim", said.first("settled")
    if part or parts:
        yield "partial_payment", (part or parts)[0]
    if asked:
        yield "extension_request", asked[0]
    if [at for at in promised if at not in asked]:
        yield "promise_to_pay", promised[0]


def promises(row: Row) -> bool:
    """Whether a sentence says that they will pay."""
    if row.sentence.asks and "promise" not in row.cues:
        return False
    return bool(row.cues.keys() & {"pays", "promise"}) and "asks_pay" not in row.cues


def asks_for_time(row: Row) -> bool:
    """Whether a sentence asks to pay later."""
    return "extension" in row.cues or ("asks_pay" in row.cues and row.sentence.asks and bool(row.days))


def _is_part(row: Row, owed: Decimal) -> bool:
    values = [one.value for one in stated(row.sentence.text) if one.value is not None and one.marked]
    return any(value < owed for value in values)


def _plans(said: Evidence) -> Iterator[tuple[Intent, int]]:
    if said.offered and "plan_reject" in said.cues:
        yield "plan_reject", said.first("plan_reject")
    elif said.offered and "plan_accept" in said.cues:
        yield "plan_accept", said.first("plan_accept")
        return
    if "plan_request" in said.cues:
        yield "plan_request", said.first("plan_request")


def _nods(said: Evidence) -> bool:
    return bool(said.cues & {"acknowledgement", "plan_accept"}) or any(
        "THANKS" in x.sentence.places for x in said.rows
    )


def _ordered(said: Evidence, heard: Mapping[Intent, int]) -> Iterator[Intent]:
    yield from (intent for intent in ORDER if intent in heard)
    yield from sorted((intent for intent in REQUESTS if intent in heard), key=lambda intent: heard[intent])
    yield from (intent for intent in REST if intent in heard)
