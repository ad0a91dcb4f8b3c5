"""Payments: money that came, where it goes, and what it tells of a customer's habits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Literal

from bot.invoices import Invoice, outstanding
from bot.money import Money

LAST_FEW = 3
"""So many of a customer's latest payments tell whether they still pay as they did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money received on an invoice, or a credit note set off against it. No `key` counts twice."""

    id: str
    customer: str
    invoice: str
    day: date
    amount: Money
    kind: Literal["payment", "credit_note"] = "payment"
    key: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Habit:
    """How a customer has paid so far: how many invoices, how many late, and how many days late as a rule.

    `lately`: how many days late their last few were.
    """

    paid: int = 0
    late: int = 0
    usual_days: int = 0
    lately: int = 0


def habit(invoices: Iterable[Invoice]) -> Habit:
    """The habit that settled invoices show; the usual lateness is the median over all of them."""
    settled = sorted((i.settled, i.due) for i in invoices if i.settled and i.due)
    days = [(paid - due).days for paid, due in settled]
    return Habit(len(days), sum(d > 0 for d in days), _usual(days), _usual(days[-LAST_FEW:]))


def _usual(days: Sequence[int]) -> int:
    return max(round(median(days)), 0) if days else 0


def came_after(payments: Iterable[Payment], day: date, about: Collection[str], currency: str) -> Money:
    """The money that came on some invoices after a day, in one currency; a credit note is none."""
    counted = (
        p.amount
        for p in payments
        if p.kind == "payment" and p.day > day and p.invoice in about and p.amount.currency == currency
    )
    return sum(counted, Money(0, currency))


def allocate(amount: Money, invoices: Sequence[Invoice]) -> tuple[tuple[Invoice, Money], ...]:
    """An amount laid on open invoices of its currency, the oldest due first; the rest is on none."""
    fitting = [i for i in invoices if i.amount.currency == amount.currency]
    shares: list[tuple[Invoice, Money]] = []
    for invoice in sorted(fitting, key=lambda i: (i.due or date.max, i.number)):
        share = min(amount, outstanding(invoice))
        if share.minor > 0:
            shares.append((invoice, share))
            amount -= share
    return tuple(shares)
