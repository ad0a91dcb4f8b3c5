"""Incoming: money that a bank told of, and what somebody had noted of it before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bot.ledger import FROM_BOOKS
from bot.money import Money
from bot.payments import Payment

State = Literal["waiting", "loose", "placed", "aside"]
"""It waits for the owner's word; fits nothing known; lies where it belongs; is for none of this."""
NEAR = timedelta(days=10)
"""How far apart the bank's day and the one an owner noted may lie for the same money."""
DATED = f"{FROM_BOOKS}day:"
"""How the key begins of a payment that an accounting system itself gives a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Money that a bank file told of; below nothing where an earlier payment was taken back.

    `mark` is the bank's own name for it, so that it counts once however often it comes. `customer` is whose
    it is, once that is known.
    """

    id: str
    day: date
    amount: Money
    mark: str
    references: tuple[str, ...] = ()
    payer: str = ""
    text: str = ""
    account: str = ""
    state: State = "waiting"
    customer: str = ""


def is_unproved(payment: Payment) -> bool:
    """Whether a payment was noted by hand, or only follows from less being left in the books."""
    return payment.kind == "payment" and (not payment.key or payment.key.startswith(FROM_BOOKS))


def may_be(payment: Payment, money: Incoming) -> bool:
    """Whether what was written down before may be the money that a bank tells of now."""
    if payment.key.startswith(DATED):
        return abs(payment.day - money.day) <= NEAR
    if payment.key.startswith(FROM_BOOKS):
        return payment.day >= money.day
    return payment.amount == money.amount and abs(payment.day - money.day) <= NEAR


def replaced(noted: Iterable[Payment], money: Incoming, amount: Money) -> tuple[Payment, ...]:
    """What is left of payments noted before, once an amount of the money itself takes their place."""
    left = []
    for payment in noted:
        cut = min(payment.amount, amount) if may_be(payment, money) else Money(0, amount.currency)
        amount = amount - cut
        if rest := payment.amount - cut:
            left.append(replace(payment, amount=rest))
    return tuple(left)
