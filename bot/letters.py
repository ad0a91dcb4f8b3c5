"""Letters: a draft, the exact text a person approved, and what became of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.charges import Segment
from bot.errors import Refusal
from bot.money import Money

Kind = Literal[
    "reminder", "final_notice", "demand", "later", "taken_back", "plan_offer", "plan", "promise", "waiver",
    "soon", "dispute", "copy", "payment_unseen", "refund", "thanks",
]  # fmt: skip
LADDER: frozenset[Kind] = frozenset({"reminder", "final_notice", "demand"})
"""The letters that ask for what is late, each step of the ladder no milder than the one before."""
LEGAL: frozenset[Kind] = frozenset({"final_notice", "demand"})
"""The letters whose content and deadline the law prescribes."""
ANNOUNCING: frozenset[Kind] = LADDER | {"later", "taken_back"}
"""The letters that say what comes next and when, move that day, or take it back."""
Tone = Literal["warm", "neutral", "firm"]
TONES: tuple[Tone, ...] = ("warm", "neutral", "firm")
State = Literal["draft", "approved", "sending", "sent", "copied", "failed", "unknown", "withdrawn"]
NextStep = Literal["", "writes", "calls", "final_notice", "hand_over"]
REACHED: frozenset[State] = frozenset({"sent", "copied"})
PENDING: frozenset[State] = frozenset({"approved", "sending", "unknown"})


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice and what is asked for it: all that is open, less a part that is contested."""

    invoice: str
    amount: Money


ChargeKind = Literal["fee", "earlier_fees", "interest", "compensation"]
Addition = Literal["fee", "interest", "compensation"]
"""What a business may choose to add to a claim."""
ADDITIONS: tuple[Addition, ...] = ("fee", "interest", "compensation")


@dataclass(frozen=True, slots=True)
class Charge:
    """What is asked for beyond an invoice: the letter's fee, those of earlier ones, interest, compensation.

    `segments` say how interest comes about. `invoice` is its id, and in the facts of a letter its number.
    """

    kind: ChargeKind
    invoice: str
    amount: Money
    segments: tuple[Segment, ...] = ()

    @property
    def addition(self) -> Addition:
        """Which of the business's choices it belongs to."""
        return "fee" if self.kind == "earlier_fees" else self.kind


LONGEST = 20_000
"""How many characters a letter may have: one about two hundred invoices has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to one customer. `level` is its step on the ladder, 0 outside it.

    `claims` are the figures its text was written from; `next_day` is when `next_step` was announced for;
    `about` is the plan, promise or dispute it confirms. `kept`: the owner keeps words that the review minds.
    `papers` is what the files that go with it were known by when it was approved. `first_yes` names who has
    approved it where two people must. `charges` are asked beyond the claims; `wanted` are the additions that
    the owner chose for this letter, None while the rules choose.
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
    charges: tuple[Charge, ...] = ()
    wanted: tuple[Addition, ...] | None = None
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
    issued: date | None = None
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
    different countries, so that amounts carry the currency's code. `totals` are what the invoices come to,
    `to_pay` that with all charges: each stands in `charges`, one of a kind in `sums`. `fields` are extra
    facts of one kind.
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
    to_pay: tuple[Money, ...] = ()
    charges: tuple[Charge, ...] = ()
    sums: tuple[Charge, ...] = ()
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


def checked(letter: Letter) -> Letter:
    """A letter that is no longer than one may be; the review would read a longer one for ever."""
    if len(letter.subject) + len(letter.body) > LONGEST:
        raise Refusal("letter_long", most=LONGEST)
    return letter
