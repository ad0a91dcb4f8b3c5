"""Replies: what a customer answered, word for word, and what the owner says it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Meaning = Literal["promise", "paid", "plan", "dispute", "more_time", "no_contact", "question", "other"]
MEANINGS: tuple[Meaning, ...] = (
    "promise", "paid", "plan", "dispute", "more_time", "no_contact", "question", "other"
)  # fmt: skip
Source = Literal["pasted", "mail", "page", "phone", "bounce"]
Outcome = Literal["reached", "voicemail", "not_reached"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A customer's answer exactly as it came. No `meaning` yet: it holds everything for that customer."""

    id: str
    customer: str
    text: str
    at: datetime
    source: Source = "pasted"
    meaning: Meaning | None = None

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
