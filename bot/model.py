"""The optional language model: what it may be asked for, and what its opinion of an answer may change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from bot.hearing import FOR_A_PERSON, STOPS, Hearing, Intent
from bot.letters import Kind
from bot.parties import Business

Purpose = Literal["rephrase", "read"]
INTENTS: tuple[Intent, ...] = get_args(Intent)
"""All that an answer can be about; nothing else counts as an opinion."""
COUNTS = STOPS | FOR_A_PERSON
"""What a second opinion may add to a hearing: a reason to stop, or to have a person read."""


REWORDABLE: frozenset[Kind] = frozenset({"reminder", "soon", "copy", "payment_unseen", "thanks"})
"""Letters in which nothing is agreed, contested, moved or prescribed by law: their words may be others."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that is set up: the address it answers at, and its name; empty where there is none."""

    site: str = ""
    name: str = ""


NO_MODEL = Model()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that goes out to a model: our `rules`, and apart from them the `data` that they are about.

    The rest stays here, for the history: whose books, about whom, who asks, `note`, what for in words, and
    whether it is the `first` of its kind, which an owner has just said yes to.
    """

    purpose: Purpose
    rules: str
    data: str
    business: str = ""
    customer: str = ""
    who: str = ""
    note: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said; else `trouble`, why it said nothing: a key of the words under `model.trouble`."""

    text: str = ""
    trouble: str = ""


Ask = Callable[[Question], Said]


def nobody(_question: Question) -> Said:
    """Where no model is set up."""
    return Said(trouble="unreachable")


def may_ask(business: Business, site: str) -> bool:
    """Whether a business wants a model and there is one: `site` is where it answers."""
    return bool(site) and business.model and not business.example


def is_allowed(business: Business, purpose: Purpose, site: str) -> bool:
    """Whether an owner has seen what goes out for a purpose, to this place, and said yes."""
    return f"{purpose} {site}" in business.model_seen


def allowed(business: Business, purpose: Purpose, site: str) -> Business:
    """The business after an owner has said yes to what goes out for a purpose, to this place."""
    if is_allowed(business, purpose, site):
        return business
    return replace(business, model_seen=(*business.model_seen, f"{purpose} {site}"))


def beyond(heard: Hearing, opinion: Iterable[Intent]) -> tuple[Intent, ...]:
    """What a model also thinks an answer says."""
    return tuple(each for each in dict.fromkeys(opinion) if each in INTENTS and each not in heard.intents)


def merged(heard: Hearing, opinion: Iterable[Intent]) -> Hearing:
    """A hearing with a second opinion: more reasons to stop or to have a person read, and nothing else.

    Days, amounts, plan and quotes stay what the built-in ear found in the text, and so does the main thing.
    """
    more = tuple(each for each in beyond(heard, opinion) if each in COUNTS)
    return replace(heard, intents=(*heard.intents, *more))
