"""Letters: a draft, the exact text a person approved, and what became of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.errors import Refusal
from bot.money import Money

Kind = Literal["reminder", "plan", "promise", "dispute", "payment_unseen", "thanks"]
Tone = Literal["warm", "neutral", "firm"]
TONES: tuple[Tone, ...] = ("warm", "neutral", "firm")
State = Literal["draft", "approved", "sending", "sent", "copied", "failed", "unknown", "withdrawn"]
NextStep = Literal["", "writes", "calls", "final_notice"]
REACHED: frozenset[State] = frozenset({"sent", "copied"})
PENDING: frozenset[State] = frozenset({"approved", "sending", "unknown"})


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice and what is asked for it: all that is open, less a part that is contested."""

    invoice: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to one customer. `level` is its step on the ladder, 0 outside it.

    `claims` are the figures its text was written from; `next_day` is when `next_step` was announced for;
    `about` is the plan, promise or dispute it confirms. `kept`: the owner keeps words that the review minds.
    `papers` is what the files that go with it were known by when it was approved. `first_yes` names who has
    approved it where two people must.
    """

    id: str
    customer: str
    kind: Kind
    language: str
    subject: str
    body: str
    made: date
    level: int = 0
    tone: Tone = "neutral"
    to: str = ""
    cc: str = ""
    claims: tuple[Claim, ...] = ()
    pay_by: date | None = None
    next_step: NextStep = ""
    next_day: date | None = None
    edited: bool = False
    kept: bool = False
    state: State = "draft"
    first_yes: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    approved_text: str = ""
    papers: str = ""
    send_at: datetime | None = None
    sent_at: datetime | None = None
    sent_day: date | None = None
    message_id: str = ""
    about: str = ""

    @property
    def went_on(self) -> date:
        """The day it went out, on the business's calendar; the day it was written while it has not."""
        return self.sent_day or self.made

    @property
    def reached(self) -> bool:
        """Whether it counts as having gone to the customer."""
        return self.state in REACHED

    @property
    def pending(self) -> bool:
        """Whether it is on its way, or may have gone out without our knowing."""
        return self.state in PENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One invoice as its letter lists it."""

    number: str
    amount: Money
    due: date | None
    what: str = ""
    reference: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One instalment as its letter lists it."""

    number: int
    day: date
    amount: Money
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a letter may state, from the books; the voice only words it.

    `account` is how to pay when it is the same for every line. `cross_border`: sender and reader sit in
    different countries, so that amounts carry the currency's code. `fields` are extra facts of one kind.
    """

    kind: Kind
    language: str
    today: date
    country: str
    business: str
    owner: str
    customer: str
    lines: tuple[Line, ...]
    totals: tuple[Money, ...]
    first_name: str = ""
    phone: str = ""
    account: str = ""
    account_kind: str = ""
    level: int = 0
    tone: Tone = "neutral"
    to_firm: bool = False
    cross_border: bool = False
    pay_by: date | None = None
    next_step: NextStep = ""
    next_day: date | None = None
    parts: tuple[Part, ...] = ()
    swish: str = ""
    fields: dict[str, object] = field(default_factory=dict)


def fingerprint(letter: Letter) -> str:
    """What an approval binds: the exact subject, text and recipients."""
    text = "\x1f".join((letter.to, letter.cc, letter.subject, letter.body))
    return hashlib.sha256(text.encode()).hexdigest()


def check_approved(letter: Letter) -> None:
    """Refuse a letter that no person approved in exactly this text."""
    if not letter.approved_by or letter.approved_at is None:
        raise Refusal("not_approved")
    if letter.approved_text != fingerprint(letter):
        raise Refusal("text_changed")
