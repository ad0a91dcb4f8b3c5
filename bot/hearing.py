"""Hearings: what a customer's answer says, and what follows from it for asking further."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.disputes import Reason
from bot.money import Money

Intent = Literal[
    "paid_claim", "promise_to_pay", "extension_request", "plan_request", "plan_accept", "plan_reject",
    "partial_payment", "dispute", "invoice_copy_request", "details_question", "wrong_recipient",
    "insolvency", "hardship", "callback_request", "do_not_contact", "legal_threat", "auto_reply",
    "bounce", "acknowledgement", "unrelated",
]  # fmt: skip
Interval = Literal["monthly", "weekly"]
STOPS: frozenset[Intent] = frozenset(
    ("dispute", "paid_claim", "wrong_recipient", "insolvency", "do_not_contact", "legal_threat", "bounce")
)
"""Reasons to be silent until somebody clears them, whatever else is said."""
FOR_A_PERSON: frozenset[Intent] = frozenset(
    (
        "dispute", "wrong_recipient", "insolvency", "hardship", "callback_request", "do_not_contact",
        "legal_threat", "bounce", "unrelated", "plan_reject",
    )
)  # fmt: skip
"""What Purr may not settle alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A payment a customer puts on the table; no day when none can be told, no amount for all of it."""

    day: date | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Part payments as somebody names them: only what was said, nothing worked out."""

    instalments: int | None = None
    amount_each: Money | None = None
    first_day: date | None = None
    interval: Interval = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an answer is read against: the day it came, what is owed, and the plan offered, if any."""

    today: date
    owed: Money
    due: date | None = None
    offered: Terms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What an answer says, most important first, with the sentences each intent relies on.

    `unsure` is why a person must read it although no intent asks for one: a day that cannot be read, say.
    """

    intents: tuple[Intent, ...]
    quotes: tuple[tuple[Intent, str], ...] = ()
    promised: tuple[Offered, ...] = ()
    plan: Terms | None = None
    reason: Reason | None = None
    unsure: str = ""

    @property
    def primary(self) -> Intent:
        """What it is mainly about."""
        return self.intents[0]

    @property
    def needs_person(self) -> bool:
        """Whether Purr may not settle it alone."""
        return bool(self.unsure) or not FOR_A_PERSON.isdisjoint(self.intents)

    @property
    def stops(self) -> bool:
        """Whether asking must stop until somebody has cleared it."""
        return not STOPS.isdisjoint(self.intents)

    @property
    def quiet_until(self) -> date | None:
        """The first day the customer named; none when asking stops until it is cleared, or none was named."""
        if self.stops:
            return None
        return min(_named(self.promised, self.plan), default=None)

    @property
    def pauses(self) -> bool:
        """Whether what it says is a reason to stop asking, for a while or until it is cleared."""
        return self.stops or self.quiet_until is not None


def _named(promised: Iterable[Offered], plan: Terms | None) -> list[date]:
    days = [offer.day for offer in promised if offer.day]
    return [*days, plan.first_day] if plan and plan.first_day else days
