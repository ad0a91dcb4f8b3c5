"""Final notices: how long one gives, and whether it may name what comes after."""

from __future__ import annotations

from datetime import date, timedelta

from bot import workdays
from bot.countries import country
from bot.letters import Kind

MIDNIGHT = 1
"""Days more than the law asks for: a letter approved before midnight may leave after it."""


def deadline(kind: Kind, code: str, today: date) -> date:
    """The last day that a final notice or demand sent today gives, a bank day."""
    home = country(code)
    own = home.law.demand_days if home.law and kind == "demand" else None
    least = (own or home.notice).value
    return workdays.on_or_after(today + timedelta(days=least + MIDNIGHT), code)


def is_reviewed(kind: Kind, code: str, today: date) -> bool:
    """Whether the rules are reviewed also for the day on which its next step would come."""
    home = country(code)
    return home.law is None or home.law.reviewed(workdays.after(deadline(kind, code, today), code))
