"""Choices: what a business may turn on, and what its country's law says of that before there is any claim."""

from __future__ import annotations

from datetime import date, timedelta

from bot import law
from bot.answers import Answer
from bot.countries import country as country_of
from bot.money import Money
from bot.questions import Debt, Debtor, Question

LATE = timedelta(days=60)
"""So late that every country lets the first reminder bear a fee, if it ever does."""
DEBTORS: tuple[Debtor, ...] = ("business", "consumer")


def largest_fee(country: str, today: date) -> Money | None:
    """The most that a reminder may ask for itself, of whomever; None where it may ask for nothing."""
    told = (_first_reminder(country, debtor, today, agreed=True).reminder for debtor in DEBTORS)
    fees = [each.max_fee for each in told if each.max_fee is not None]
    return Money.of(max(fees), country_of(country).currency) if fees else None


def takes_agreement(country: str, today: date) -> bool:
    """Whether a reminder bears a fee only if that was agreed when the debt arose."""
    alone = _first_reminder(country, "business", today, agreed=False)
    agreed = _first_reminder(country, "business", today, agreed=True)
    return agreed.reminder.may_charge and not alone.reminder.may_charge


def _first_reminder(country: str, debtor: Debtor, today: date, *, agreed: bool) -> Answer:
    """What the law says of an invoice long due about which nobody has written yet."""
    debt = Debt(amount=Money.of("1000", country_of(country).currency), due=today - LATE, fee_agreed=agreed)
    return law.ask(Question(country=country, on=today, debt=debt, debtor=debtor))
