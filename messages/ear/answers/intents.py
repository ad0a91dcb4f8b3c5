"""Intents: what the cues of a reply amount to, and which of it matters most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bot.disputes import Reason
from bot.hearing import STOPS, Intent
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
DROPS: Sequence[tuple[Intent, Intent]] = (
    ("insolvency", "legal_threat"),
    ("wrong_recipient", "invoice_copy_request"),
    ("wrong_recipient", "extension_request"),
)
"""What is part of something else: a bankrupt's lawyer threatens nobody; nobody asks for another's invoice."""
FEW_WORDS = 12
COUNTING_TO = frozenset("om in within innen inom inden".split())
FEW_KINDS, FEW_OTHERS = 2, 4
MONEY = frozenset({"PAYDAY", "MONEY", "PAY", "PAYS", "PAYMENT", "FIGURE", "HALF", "REST", "INVOICE"})


def hearing_of(said: Evidence, owed: Decimal) -> dict[Intent, int]:
    """The intents of a reply, each with the first of its sentences; in no order."""
    if "bounce" in said.cues:
        return {"bounce": said.first("bounce")}
    if "auto_reply" in said.cues:
        found: dict[Intent, int] = {"auto_reply": said.first("auto_reply")}
        if "wrong_recipient" in said.cues:
            found["wrong_recipient"] = said.first("wrong_recipient")
        return found
    if said.granted and not said.offered:
        return {"promise_to_pay": said.first("yes")}
    heard = {**_plain(said), **_money(said, owed), **_plans(said)}
    if not heard:
        heard = dict(_bare(said, owed))
    return _sensible(said, heard) or {"unrelated": 0}


def plans(row: Row) -> bool:
    """Whether a sentence speaks of paying in parts; a single part that is paid on a day is a payment."""
    said = row.sentence.places
    if "plan_request" not in row.cues or "counts" in row.cues or recurs(row):
        return "plan_request" in row.cues
    single = "pays" in row.cues and "FIGURE" in said and "DAY" in said
    return not (single or (_sums(row) > 1 and len(row.days) > 1))


def recurs(row: Row) -> bool:
    """Whether a sentence says that something comes every month or week (`in a month` is a day)."""
    labels = row.sentence.labels
    return any(
        again(row, at)
        and any(not {"EVERY", "FIGURE"}.isdisjoint(labels[before]) for before in range(max(0, at - 3), at))
        for at in range(len(labels))
    )


def again(row: Row, at: int) -> bool:
    """Whether a word says by the month or week, and does not count to a day."""
    kinds, words = row.sentence.labels[at], row.sentence.words
    counted = "DAY" in kinds and not COUNTING_TO.isdisjoint(words[max(0, at - 2) : at])
    return not {"MONTHLY", "WEEKLY"}.isdisjoint(kinds) and not counted


def _sums(row: Row) -> int:
    """How many sums a sentence names."""
    places = row.sentence.places.get("FIGURE", ())
    return sum(at - 1 not in places for at in places)


def waits(row: Row) -> bool:
    """Whether a sentence about a plan asks first to be waited for: `until the 25th, else in two parts`."""
    said = row.sentence.places
    later = "extension" in row.cues or not {"WAIT", "DELAY"}.isdisjoint(said)
    return plans(row) and later and "DAY" in said and "FIGURE" not in said and "EVERY" not in said


def promises(row: Row) -> bool:
    """Whether a sentence says that they will pay."""
    if plans(row):
        return False
    said = row.sentence.places
    if row.days and "REST" in said and not {"FIGURE", "HALF"}.isdisjoint(said):
        return True
    if row.sentence.asks and "promise" not in row.cues:
        return False
    return bool(row.cues.keys() & {"pays", "promise"}) and not asks_for_time(row)


def asks_for_time(row: Row) -> bool:
    """Whether a sentence asks to pay later."""
    if plans(row):
        return waits(row)
    return "extension" in row.cues or ("asks_pay" in row.cues and row.sentence.asks and bool(row.days))


def _plain(said: Evidence) -> dict[Intent, int]:
    found = {intent: said.first(cue) for cue, intent in PLAIN.items() if cue in said.cues}
    if said.cues & REASONS.keys():
        found["dispute"] = said.first(*REASONS)
    return found


def _money(said: Evidence, owed: Decimal) -> dict[Intent, int]:
    """What is said of paying: done, promised, asked to wait for, or only in part."""
    rows = list(enumerate(said.rows))
    part = [at for at, row in rows if is_part(row, owed) and row.cues.keys() & {"paid", "partial"}]
    paid = [at for at, row in rows if "paid" in row.cues and at not in part]
    promised = [at for at, row in rows if promises(row)]
    asked = [at for at, row in rows if asks_for_time(row)]
    ahead = [at for at in promised if is_part(said.rows[at], owed)]
    found: dict[Intent, int] = {}
    if paid and not (promised and "unpaid" in said.cues):
        found["paid_claim"] = paid[0]
    elif "settled" in said.cues and said.words < FEW_WORDS and not promised and not part:
        found["paid_claim"] = said.first("settled")
    if part or ahead:
        found["partial_payment"] = (part or ahead)[0]
    if asked:
        found["extension_request"] = asked[0]
    if promised:
        found["promise_to_pay"] = promised[0]
    return found


def is_part(row: Row, owed: Decimal) -> bool:
    """Whether a sentence names less than what is owed, or says that it is a part."""
    if "HALF" in row.sentence.places or ("partial" in row.cues and "FIGURE" not in row.sentence.places):
        return True
    figures = [one.value for one in stated(row.sentence.text) if one.value is not None]
    return "FIGURE" in row.sentence.places and any(20 <= value < owed for value in figures)


def _plans(said: Evidence) -> dict[Intent, int]:
    found: dict[Intent, int] = {}
    asked = [at for at, row in enumerate(said.rows) if plans(row) and _names_terms(said, row)]
    if asked:
        found["plan_request"] = asked[0]
    if said.offered and "plan_reject" in said.cues:
        found["plan_reject"] = said.first("plan_reject")
    elif said.offered and "plan_accept" in said.cues:
        return {"plan_accept": said.first("plan_accept")}
    return found


def _names_terms(said: Evidence, row: Row) -> bool:
    """Whether a sentence about a plan asks for one; where one is offered, only if it names other terms."""
    return (
        not said.offered or "FIGURE" in row.sentence.places or "counts" in row.cues or "asks_pay" in row.cues
    )


def _bare(said: Evidence, owed: Decimal) -> Iterator[tuple[Intent, int]]:
    """What a reply of few words means that has no cue: a day alone is a promise, or a request if it asks."""
    for at, row in enumerate(said.rows):
        if _names_day_or_sum(row) and len(row.sentence.words) < 2 * FEW_WORDS:
            yield ("extension_request" if row.sentence.asks else "promise_to_pay"), at
            if not row.sentence.asks and "DAY" in row.sentence.places and is_part(row, owed):
                yield "partial_payment", at
            return
    thanks = any("THANKS" in row.sentence.places for row in said.rows) and said.words < 2 * FEW_WORDS
    if said.cues & {"acknowledgement", "plan_accept"} or thanks:
        yield "acknowledgement", 0
    elif said.rows and any(row.sentence.asks and "ASKWHAT" in row.sentence.places for row in said.rows):
        yield "details_question", 0


def _names_day_or_sum(row: Row) -> bool:
    """Whether a sentence names a day or a sum and little else, unless money is spoken of."""
    others = [labels for labels in row.sentence.labels if "DAY" not in labels and len(labels) < FEW_KINDS]
    if MONEY.isdisjoint(row.sentence.places) and len(others) > FEW_OTHERS:
        return False
    if "acknowledgement" in row.cues or ("TRADE" in row.sentence.places and "pay_word" not in row.cues):
        return False
    ahead = any(one.day and not one.fault and one.meaning != "today" for one in row.days)
    return (ahead or "FIGURE" in row.sentence.places) and "NOT" not in row.sentence.places


def _sensible(said: Evidence, heard: Mapping[Intent, int]) -> dict[Intent, int]:
    """Without what another intent says better: `we pay once it is put right` is no promise."""
    found = dict(heard)
    if "plan_accept" in found:
        for weaker in ("plan_request", "promise_to_pay", "extension_request", "acknowledgement"):
            found.pop(weaker, None)
    for stronger, weaker in DROPS:
        if stronger in found:
            found.pop(weaker, None)
    if "dispute_not_received" in said.cues and not any(row.sentence.asks for row in said.rows_with("copy")):
        found.pop("invoice_copy_request", None)
    if "insolvency" in found and said.cues & REASONS.keys() <= {"dispute_other"}:
        found.pop("dispute", None)
    promise = found.get("promise_to_pay")
    if promise is not None and STOPS & found.keys() and "partial_payment" not in found:
        row = said.rows[promise] if promise < len(said.rows) else None
        if (
            row
            and not row.days
            and "FIGURE" not in row.sentence.places
            and "invoice_copy_request" not in found
        ):
            del found["promise_to_pay"]
    return found
