"""Order: which intent a reply is mainly about, and the rest by weight."""

from __future__ import annotations

from collections.abc import Mapping

from bot.hearing import Intent
from messages.ear.answers.evidence import Evidence

FIRST: tuple[Intent, ...] = ("bounce", "insolvency", "wrong_recipient", "dispute", "paid_claim")
THEN: tuple[Intent, ...] = ("legal_threat", "do_not_contact", "plan_accept", "plan_reject")
BY_TEXT: frozenset[Intent] = frozenset({"extension_request", "plan_request"})
LATER: frozenset[Intent] = frozenset({"promise_to_pay", "invoice_copy_request", "details_question"})
LAST: tuple[Intent, ...] = ("hardship", "callback_request", "auto_reply", "acknowledgement", "unrelated")


def ordered(said: Evidence, heard: Mapping[Intent, int]) -> dict[Intent, int]:
    """The intents of a reply, most important first."""
    first = list(FIRST)
    if "dispute" in heard and heard.keys() & {"paid_claim", "partial_payment"} and only_fee(said):
        first.remove("dispute")
        first.extend(("partial_payment", "dispute"))
    ranks: dict[Intent, tuple[int, int]] = {}
    for intent, at in heard.items():
        if intent in first:
            ranks[intent] = (0, first.index(intent))
        elif intent in THEN:
            ranks[intent] = (1, THEN.index(intent))
        elif intent in BY_TEXT:
            ranks[intent] = (2, at)
        elif intent == "partial_payment":
            ranks[intent] = (3, 0)
        elif intent == "callback_request" and "details_question" in heard and "promise_to_pay" not in heard:
            ranks[intent] = (4, 2 * heard["details_question"] - 1)
        elif intent in LATER:
            ranks[intent] = (4, 2 * at + (intent == "promise_to_pay"))
        else:
            ranks[intent] = (5, LAST.index(intent))
    return {intent: heard[intent] for intent in sorted(ranks, key=lambda one: ranks[one])}


def only_fee(said: Evidence) -> bool:
    """Whether nothing but a fee is contested."""
    disputed = [row for row in said.rows if any(cue.startswith("dispute") for cue in row.cues)]
    return bool(disputed) and all("fee" in row.cues for row in disputed)
