"""Disputes: a customer contests an invoice or part of it, and everything on that part stops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot import workdays
from bot.errors import Refusal
from bot.invoices import Invoice, outstanding
from bot.money import Money

Reason = Literal["not_received", "quality", "wrong_amount", "not_ordered", "cancelled", "duplicate", "other"]
REASONS: tuple[Reason, ...] = (
    "quality", "wrong_amount", "not_received", "not_ordered", "cancelled", "duplicate", "other"
)  # fmt: skip
ASK_AGAIN = timedelta(days=7)
"""How often the owner is reminded to answer an open dispute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """An objection to an invoice, in the customer's `words`; no `part` means the whole."""

    id: str
    customer: str
    invoice: str
    opened: date
    reason: Reason = "other"
    part: Money | None = None
    words: str = ""
    closed: date | None = None
    outcome: str = ""


def check_part(part: Money, invoice: Invoice) -> Money:
    """The contested part, checked: more than nothing and no more than what is open."""
    if not 0 < part.minor <= outstanding(invoice).minor or part.currency != invoice.amount.currency:
        raise Refusal("dispute_part", part=part, outstanding=outstanding(invoice))
    return part


def check_credit(amount: Money, invoice: Invoice) -> Money:
    """What a credit note takes off, checked: no more than what is open, and in the invoice's currency."""
    left = outstanding(invoice)
    if amount.currency != left.currency or left < amount:
        raise Refusal("credit_most", invoice=invoice.number, outstanding=left)
    return amount


def undisputed(invoice: Invoice, disputes: Iterable[Dispute]) -> Money:
    """What is left to ask for while its open disputes stand."""
    left = outstanding(invoice)
    for dispute in disputes:
        if dispute.invoice == invoice.id and dispute.closed is None:
            left = left - dispute.part if dispute.part and dispute.part < left else Money(0, left.currency)
    return left


def asks_again(dispute: Dispute, today: date, country: str) -> bool:
    """Whether the owner is reminded to answer it today: weekly, moved to a bank day."""
    before = max(workdays.before(today, country), dispute.opened)
    times, asked = ((day - dispute.opened) // ASK_AGAIN for day in (today, before))
    return dispute.closed is None and times > asked
