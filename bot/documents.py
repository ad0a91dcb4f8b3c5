"""What a file turns out to hold: invoices, payments, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.money import Money

Kind = Literal["invoice", "credit_note", "reminder", "statement", "payment_request", "other"]
Collectable = Literal["yes", "no", "ask"]


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer as the document names them; `approver` is the address of who approves payments."""

    name: str = ""
    org_no: str = ""
    email: str = ""
    contact: str = ""
    phone: str = ""
    country: str = ""
    language: str = ""
    kind: Literal["business", "consumer", "public", "unknown"] = "unknown"
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document about money owed, as its file states it.

    `amount` is what remains to be paid; a credit note's is positive. `due_source` tells a stated due date
    from one that follows from the terms. `why_not` is the key of the reason when `collectable` is not "yes".
    `source` names the file where several were read together.
    """

    kind: Kind
    number: str
    amount: Money | None
    issued: date | None = None
    due: date | None = None
    due_source: Literal["stated", "terms"] | None = None
    reference: str = ""
    account: str = ""
    seller: Party = Party()
    buyer: Party = Party()
    description: str = ""
    delivered: date | None = None
    refers_to: tuple[str, ...] = ()
    collectable: Collectable = "yes"
    why_not: str = ""
    line: int | None = None
    total: Money | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money as a bank file states it: what came in, and, below nothing, what was taken back of it.

    `day` is the bank's booking day; `references` are those the payer gave, as written, `text` their own
    words; `account` is ours; `mark` is the bank's own name for the entry, the same when it comes again.
    `reversal`: an earlier payment is taken back, or this entry is no payment after all. `lump`: the mark of
    the sum that it is a part of, which another file of the same bank may tell of in one. `is_sum`: it is a
    sum of payments itself, and says nothing of them: another file lists them.
    """

    day: date
    amount: Money
    references: tuple[str, ...] = ()
    payer: str = ""
    reversal: bool = False
    line: int | None = None
    text: str = ""
    account: str = ""
    mark: str = ""
    lump: str = ""
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, where, as a key the voice has words for, with its facts.

    `source` names the file where several were read together.
    """

    code: str
    line: int | None = None
    facts: dict[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader is unsure of: which column is meant, and the headings that could be it."""

    column: str
    choices: tuple[str, ...]
    sample: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file gave, or a part of it; `through` is the last day that a bank file tells of.

    `done` is how much of the file, as a share of one, was read with this part.
    """

    documents: tuple[Document, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    format: str = ""
    through: date | None = None
    done: float = 1.0
