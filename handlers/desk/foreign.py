"""Amounts that an answer names in another currency than the debt: a person reads those."""

from __future__ import annotations

from bot.money import Money
from messages.ear.amounts import stated

OTHER_CURRENCY = "other_currency"
"""Why a person must read an answer that names such an amount."""


def is_named(text: str, currency: str) -> bool:
    """Whether a text names money of another currency, or crowns of no country where none are owed."""
    return any(each.currency and each.currency_for(currency) != currency for each in stated(text))


def speaks_of(text: str, currency: str) -> bool:
    """Whether a text names money of this very currency."""
    return any(each.currency and each.currency_for(currency) == currency for each in stated(text))


def named(text: str, currency: str) -> tuple[Money, ...]:
    """The amounts of other currencies in a text, as far as they can be read."""
    found = (each for each in stated(text) if each.currency and each.value is not None)
    others = ((each.value, each.currency_for(currency)) for each in found)
    return tuple(Money.of(value, code) for value, code in others if value and code not in ("", currency))
