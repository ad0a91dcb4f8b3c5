"""Reaching a customer: by which way they answer, and at which hours they write, where that is clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from bot import workdays
from bot.cases import Case
from bot.replies import Reply

Way = Literal["mail", "phone", "page", "other"]
"""How an answer came. What an owner pasted came some `other` way, which is not known."""
LAST = 6
"""So many of their latest answers are looked at: people change their ways."""
LEAST = 3
"""How many answers it takes to tell a way."""
MAILS = 4
"""How many mails it takes to tell an hour."""
CLEAR = Fraction(2, 3)
"""From which share of the answers, or mails, on it is clear."""
HOURS = 3
"""Within how many hours of the day most mails must lie."""
SOON = timedelta(days=3)
"""How long after a mail was written, as it says, it may have come for its hour to be believed."""
SLACK = timedelta(hours=1)
"""By how much their clock may be ahead of ours."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The way by which most of the latest answers came: `count` of `out_of`."""

    way: Way
    count: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of the day between which somebody writes, in the zone of the business."""

    first: int
    last: int


def best_way(case: Case, zone: str) -> Reach | None:
    """The way a customer answers best by; None where that is not clear. Several a day by one way are one."""
    answers = {(workdays.local_day(r.at, zone), _way(r)) for r in case.replies if _is_answer(r)}
    answers |= {(c.day, "phone") for c in case.calls if c.spoken}
    latest = [way for _, way in sorted(answers)[-LAST:]]
    if len(latest) < LEAST:
        return None
    (way, count), *_ = Counter(latest).most_common(1)
    is_clear = way != "other" and Fraction(count, len(latest)) >= CLEAR
    return Reach(way, count, len(latest)) if is_clear else None


def usual_hours(case: Case, zone: str) -> Hours | None:
    """The hours between which a customer usually writes; None where that is not clear.

    Of a day the first mail counts. The hour is the one on the mail, where that can be believed.
    """
    written = sorted(at for r in case.replies if _is_answer(r) and (at := _written(r)))
    first = _first_of_days(at.astimezone(ZoneInfo(zone)) for at in written)
    hours = [at.hour for at in first][-LAST:]
    if len(hours) < MAILS:
        return None
    spans = ([h for h in hours if begin <= h < begin + HOURS] for begin in sorted({*hours}))
    most = max(spans, key=len)
    return Hours(min(most), max(most) + 1) if Fraction(len(most), len(hours)) >= CLEAR else None


def _first_of_days(moments: Iterable[datetime]) -> list[datetime]:
    """The first moment of each day."""
    found: dict[date, datetime] = {}
    for at in moments:
        found.setdefault(at.date(), at)
    return [*found.values()]


def _is_answer(reply: Reply) -> bool:
    """Whether a person answered; a letter that came back, or a machine, tells nothing of them."""
    return reply.source != "bounce" and reply.meaning != "away"


def _way(reply: Reply) -> Way:
    return reply.source if reply.source in ("mail", "phone", "page") else "other"


def _written(reply: Reply) -> datetime | None:
    """When an answer was written: on the page as it came, in a mail as it says."""
    if reply.source == "page":
        return reply.at
    told = reply.written
    return told if told and reply.at - SOON <= told <= reply.at + SLACK else None
