"""Proposals: what Purr proposes to write down of a customer's answer; the owner says whether it is so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.disputes import Reason
from bot.hearing import Hearing, Intent, Offered, Terms
from bot.invoices import Invoice
from bot.money import Money
from bot.replies import Meaning

MOST = 2
"""How many readings of one answer are offered side by side; any other is one tap further."""
MEANS: Mapping[Intent, Meaning] = {
    "paid_claim": "paid",
    "promise_to_pay": "promise",
    "partial_payment": "promise",
    "extension_request": "more_time",
    "plan_request": "plan",
    "plan_accept": "plan",
    "plan_reject": "plan",
    "dispute": "dispute",
    "invoice_copy_request": "invoice_copy",
    "details_question": "question",
    "wrong_recipient": "wrong_recipient",
    "bounce": "wrong_recipient",
    "insolvency": "insolvency",
    "hardship": "hardship",
    "callback_request": "call",
    "do_not_contact": "no_contact",
    "legal_threat": "legal",
    "auto_reply": "away",
    "acknowledgement": "thanks",
    "unrelated": "other",
}
"""What follows from each thing that an answer can say."""
BESIDE: frozenset[Meaning] = frozenset({"thanks", "other", "away"})
"""Meanings that say nothing where there is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an answer seems to mean, with the figures it names and the sentence it relies on.

    `parts` are several payments of one promise: some now, the rest later. `terms` are those of a plan. Not
    `certain`: a person fills in the figures.
    """

    meaning: Meaning
    intent: Intent
    quote: str = ""
    day: date | None = None
    amount: Money | None = None
    parts: tuple[Offered, ...] = ()
    terms: Terms | None = None
    reason: Reason | None = None
    certain: bool = True


FIGURES: frozenset[Meaning] = frozenset({"promise", "more_time", "plan"})
"""Meanings of which figures are written down."""


def proposals(heard: Hearing, owed: Money, today: date) -> tuple[Proposal, ...]:
    """What to propose for an answer, the likeliest first; nothing where it says nothing that is known."""
    found = {each.meaning: each for each in reversed([*_each(heard, owed, today)])}
    telling = [each for each in reversed(found.values()) if each.meaning not in BESIDE]
    alone = [each for each in found.values() if each.meaning in BESIDE - {"other"}]
    return tuple((telling or alone)[:MOST])


def with_refund(found: Sequence[Proposal], quote: str) -> tuple[Proposal, ...]:
    """What to propose where a sentence asks for money back: that first, beside what other sentences say.

    Who wants money in the same breath promises none.
    """
    if not quote:
        return tuple(found)
    refund = Proposal(meaning="refund", intent="unrelated", quote=quote)
    others = (each for each in found if each.meaning not in FIGURES or each.quote != quote)
    return (refund, *(each for each in others if each.meaning not in BESIDE))[:MOST]


def _each(heard: Hearing, owed: Money, today: date) -> Iterator[Proposal]:
    quotes = dict(reversed(heard.quotes))
    counters = "plan_request" in heard.intents and heard.plan is not None
    for intent in heard.intents:
        if intent == "plan_reject" and counters:
            continue  # whoever names terms of their own says no to ours by the way
        plain = Proposal(meaning=MEANS[intent], intent=intent, quote=quotes.get(intent, ""))
        found = _with_figures(plain, heard, owed, today)
        yield replace(found, certain=heard.unsure != "other_currency" or found.meaning not in FIGURES)


def _with_figures(plain: Proposal, heard: Hearing, owed: Money, today: date) -> Proposal:
    """A proposal with what the answer names for it; a day that is past, or all of it, is not named.

    A part of which nothing is still to come has been paid already.
    """
    match plain.meaning:
        case "promise" if plain.intent == "partial_payment" and not heard.promised:
            return replace(plain, meaning="paid")
        case "promise" | "more_time":
            return _promised(plain, [_still(o, owed, today) for o in heard.promised], owed)
        case "plan" if plain.intent == "plan_request":
            return replace(plain, terms=heard.plan)
        case "dispute":
            return replace(plain, reason=heard.reason)
    return plain


def _promised(plain: Proposal, offers: Iterable[Offered], owed: Money) -> Proposal:
    """One payment is a promise; several that come to all that is owed are parts, agreed on as a plan."""
    dated = sorted(offers, key=lambda o: o.day or date.max)
    if _is_all(dated, owed):
        return replace(plain, meaning="plan", parts=tuple(dated))
    first = dated[0] if dated else Offered()
    meaning = "promise" if first.amount else plain.meaning  # whoever offers a part asks no time for all of it
    return replace(plain, meaning=meaning, day=first.day, amount=first.amount)


def _is_all(offers: Sequence[Offered], owed: Money) -> bool:
    """Whether several payments, each with its day, come to all that is owed: the last may take the rest."""
    amounts = [o.amount for o in offers[:-1]]
    if len(offers) < 2 or not all(o.day for o in offers) or not all(amounts):
        return False
    rest = owed - sum((a for a in amounts if a), Money(0, owed.currency))
    return rest.minor > 0 and offers[-1].amount in (None, rest)


def _still(offer: Offered, owed: Money, today: date) -> Offered:
    day = offer.day if offer.day and offer.day >= today else None
    part = offer.amount if offer.amount and offer.amount < owed else None
    return Offered(day=day, amount=part)


def about(text: str, invoices: Iterable[Invoice]) -> tuple[Invoice, ...]:
    """Of these invoices those whose number an answer names; all of them where it names none."""
    owed = tuple(invoices)
    named = (i for i in owed if re.search(rf"(?<![\w-]){re.escape(i.number)}(?![\w-])", text))
    return tuple(named) or owed
