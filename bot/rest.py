"""When an owner is asked: on bank days, outside the pauses and quiet seasons they wanted."""

from __future__ import annotations

from datetime import date, timedelta

from bot import workdays
from bot.parties import Business
from bot.seasons import is_quiet


def is_resting(business: Business, day: date) -> bool:
    """Whether the owner wants to be left alone on a day: everything is paused, or it is a quiet season."""
    return bool(business.paused_until and day < business.paused_until) or is_quiet(day, business.seasons)


def asked_on(business: Business, day: date) -> date:
    """The day itself if the owner is asked on it, else the next: a bank day outside pauses and seasons."""
    while is_resting(business, day := workdays.on_or_after(day, business.country)):
        day += timedelta(days=1)
    return day


def asked_after(business: Business, day: date) -> date:
    """The next day after this one on which the owner is asked."""
    return asked_on(business, day + timedelta(days=1))
