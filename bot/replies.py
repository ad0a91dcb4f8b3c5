"""Replies: what a customer answered, word for word, and what the owner says it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.letters import Letter

Meaning = Literal[
    "promise", "paid", "plan", "dispute", "more_time", "invoice_copy", "question", "call", "wrong_recipient",
    "hardship", "insolvency", "legal", "no_contact", "refund", "thanks", "away", "other",
]  # fmt: skip
MEANINGS: tuple[Meaning, ...] = (
    "promise", "paid", "plan", "dispute", "more_time", "invoice_copy", "question", "call", "wrong_recipient",
    "hardship", "insolvency", "legal", "no_contact", "refund", "thanks", "away", "other",
)  # fmt: skip
"""Every meaning, in the order in which they are offered."""
Source = Literal["pasted", "mail", "page", "phone", "bounce"]
Outcome = Literal[
    "reached", "paid", "payment_run", "approval", "no_invoice", "contests", "voicemail", "not_reached"
]
OUTCOMES: tuple[Outcome, ...] = (
    "reached", "paid", "payment_run", "approval", "no_invoice", "contests", "voicemail", "not_reached"
)  # fmt: skip
"""How a call can go, in the order in which it is asked; all but the last two are of somebody spoken with."""
UNANSWERED: frozenset[Outcome] = frozenset({"voicemail", "not_reached"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A customer's answer exactly as it came. No `meaning` yet: it holds everything for that customer.

    `written` is when they wrote it, as their mail says; `at` when it came in.
    """

    id: str
    customer: str
    text: str
    at: datetime
    source: Source = "pasted"
    meaning: Meaning | None = None
    written: datetime | None = None

    @property
    def unread(self) -> bool:
        """Whether the owner has still to say what it means."""
        return self.meaning is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A phone call the owner made, and how it went."""

    id: str
    customer: str
    day: date
    outcome: Outcome
    words: str = ""

    @property
    def spoken(self) -> bool:
        """Whether somebody there was spoken with."""
        return self.outcome not in UNANSWERED


LATELY = 200
"""So many letters back somebody may be answering when they do not say who they are."""


def likely_senders(letters: Iterable[Letter]) -> tuple[str, ...]:
    """Whose answer it may be when nobody is named: letters on their way come first, then the latest."""
    written = sorted((x for x in letters if x.pending or x.reached), key=_heard_from_us, reverse=True)
    return tuple(dict.fromkeys(x.customer for x in written))


def _heard_from_us(letter: Letter) -> tuple[bool, date]:
    return letter.pending, letter.went_on
