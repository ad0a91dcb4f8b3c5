"""Announcements: by when a letter asks to be paid, and what it may truthfully say comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot import notices, workdays
from bot.cases import Case
from bot.countries import Country
from bot.countries import country as country_of
from bot.errors import Refusal
from bot.invoices import Invoice, days_overdue, is_open
from bot.ladder import in_force, ladder
from bot.letters import Kind, Letter, NextStep
from bot.parties import Business
from bot.rest import asked_on

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
    day = asked_on(business, opens)
    return Announcement(soonest, _step_on(day, level, business), day)


def of_notice(kind: Kind, business: Business, today: date) -> Announcement:
    """What a final notice or demand sent today says: its deadline, and that the claim then goes further."""
    last = notices.deadline(kind, business.country, today)
    return Announcement(last, "hand_over", workdays.after(last, business.country))


def word_given(case: Case, today: date) -> Letter | None:
    """The letter that announced a step for today or earlier which is neither done, moved nor taken back."""
    told = in_force(case.letters)
    said = told[-1] if told else None
    if said is None or not said.next_step or said.next_day is None or said.next_day > today:
        return None
    asked = {c.invoice for c in said.claims}
    called = said.next_step == "calls" and any(c.day >= said.went_on for c in case.calls)
    owed = any(is_open(i) and i.state == "open" for i in case.invoices if i.id in asked)
    return said if owed and not called else None


def check_word(said: Letter, case: Case, today: date) -> None:
    """Refuse to move or take back a word that is no longer the last one given."""
    standing = word_given(case, today)
    if standing is None or standing.id != said.id:
        raise Refusal("word_gone", customer=case.customer.name)


def _answer_days(home: Country, charged: bool) -> int:
    """How long a letter gives: what good practice asks for, and what the law asks of one with a fee."""
    lawful = home.law.charged_answer if home.law and charged else None
    least = [home.answer.value] if home.answer else []
    return max([ANSWER_DAYS, *least, *([lawful.value + notices.MIDNIGHT] if lawful else [])])


def still_set_up(step: NextStep, day: date, business: Business) -> NextStep:
    """A step as it may be announced again for another day: a final notice only where it may follow then."""
    if step == "final_notice" and not _may_notify(day, business):
        return "calls"
    return step


def _may_notify(day: date, business: Business) -> bool:
    return business.final_notice and notices.is_reviewed("final_notice", business.country, day)


def _step_on(day: date, level: int, business: Business) -> NextStep:
    """The step after a level; a final notice only for a day whose rules somebody has reviewed."""
    rungs = ladder(business)
    if level < rungs.last:
        return "writes"
    return "final_notice" if _may_notify(day, business) else "calls"
