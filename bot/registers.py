"""Registers: what a public company register says of a customer, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.buyers import digits_of
from bot.parties import Customer, Standing

SILENT: tuple[Standing, ...] = ("bankrupt", "dissolved", "restructuring")
"""Standings in which a customer may not be asked to pay: a claim is lodged with whoever is in charge."""
INSOLVENT: tuple[Standing, ...] = ("bankrupt", "restructuring")
"""Standings in which the law has its own course for what is owed."""
TROUBLED: tuple[Standing, ...] = (*SILENT, "winding_up")
"""Standings the owner must hear of."""
FRESH = timedelta(days=7)
"""How long an answer of a register is taken for the truth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A company as a register has it: `standing` since `since`, its `address` a line each."""

    number: str
    name: str
    standing: Standing = "active"
    since: date | None = None
    address: tuple[str, ...] = ()


LookUp = Callable[[str, str], Registered | str]
"""What the register of a country says of a number; else why not: a key of `ledger_trouble`."""


def no_register(_country: str, _number: str) -> str:
    """Where no register can be asked."""
    return "unreachable"


def known(customer: Customer, found: Registered, today: date) -> Customer:
    """The customer with what the register says. An address that is known already stays the owner's."""
    return replace(
        customer,
        standing=found.standing,
        since=found.since,
        address=customer.address or found.address,
        looked_up=today,
    )


def renumbered(customer: Customer, number: str) -> Customer:
    """The customer by another number, of which no register has been asked yet."""
    if digits_of(number) == digits_of(customer.number):
        return replace(customer, number=number)
    return replace(customer, number=number, standing="", since=None, looked_up=None)


def is_news(before: Customer, after: Customer) -> bool:
    """Whether the owner must hear of it now: trouble that was not known."""
    return after.standing in TROUBLED and after.standing != before.standing
