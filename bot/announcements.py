"""Announcements: by when a letter asks to be paid, and what it may truthfully say comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot import notices, workdays
from bot.countries import Country
from bot.countries import country as country_of
from bot.invoices import Invoice, days_overdue
from bot.ladder import ladder
from bot.letters import Kind, NextStep
from bot.parties import Business

ANSWER_DAYS = 7
"""The least days a customer gets from a letter to the day it asks them to pay by."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a letter says comes next, and when: pay by, then this step on this day."""

    pay_by: date
    step: NextStep
    day: date


def announce(
    invoices: Iterable[Invoice], level: int, business: Business, today: date, *, charged: bool = False
) -> Announcement:
    """What a reminder of this level, sent today with a fee or without, may truthfully say comes next."""
    rungs, home = ladder(business), country_of(business.country)
    soonest = workdays.on_or_after(today + timedelta(days=_answer_days(home, charged)), business.country)
    days = rungs.days[level] if level < rungs.last else rungs.days[-1] + rungs.call_after
    oldest = max((days_overdue(i, today) for i in invoices), default=0)
    opens = max(today + timedelta(days=max(days - oldest, rungs.gap)), soonest + timedelta(days=1))
    day = workdays.on_or_after(opens, business.country)
    return Announcement(soonest, _step_on(day, level, business), day)


def of_notice(kind: Kind, business: Business, today: date) -> Announcement:
    """What a final notice or demand sent today says: its deadline, and that the claim then goes further."""
    last = notices.deadline(kind, business.country, today)
    return Announcement(last, "hand_over", workdays.after(last, business.country))


def _answer_days(home: Country, charged: bool) -> int:
    """How long a letter gives: what good practice asks for, and what the law asks of one with a fee."""
    lawful = home.law.charged_answer if home.law and charged else None
    least = [home.answer.value] if home.answer else []
    return max([ANSWER_DAYS, *least, *([lawful.value + notices.MIDNIGHT] if lawful else [])])


def _step_on(day: date, level: int, business: Business) -> NextStep:
    """The step after a level; a final notice only for a day whose rules somebody has reviewed."""
    rungs = ladder(business)
    if level < rungs.last:
        return "writes"
    may_follow = rungs.final_notice and notices.is_reviewed("final_notice", business.country, day)
    return "final_notice" if may_follow else "calls"
