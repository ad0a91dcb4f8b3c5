"""Limitation: the last day on which a claim can still be pursued, and what starts its time anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot import workdays
from bot.countries import Closed
from bot.questions import Question
from bot.statutes import Law, months_later


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day of the period, if it is known, and whether the day asked about is after it."""

    bars_on: date | None = None
    barred: bool = False


def limitation(question: Question, due: date, law: Law, day: date) -> Limitation:
    """The period as it stands on a day; a restart counts only while the claim still lived."""
    start = question.debt.arose if law.from_arising else due
    if start is None:
        return Limitation()
    period = law.years[0 if question.consumer else 1].value
    bars_on = _end(start, period, question.country, law)
    for restart, years in sorted(_restarts(question, period, law)):
        if restart <= min(bars_on, day):
            bars_on = max(bars_on, _end(restart, years, question.country, law))
    return Limitation(bars_on, day > bars_on)


def _restarts(question: Question, period: int, law: Law) -> Iterator[tuple[date, int]]:
    """The days on which the time starts anew, each with the years it then lasts."""
    if question.acknowledged:
        longer = law.years_acknowledged_sum if question.acknowledged_sum else None
        yield question.acknowledged, longer.value if longer else period
    for paid in question.debt.payments:
        if paid.amount:
            yield paid.day, period
    for letter in question.letters if law.receipt_restarts else ():
        if letter.received and not letter.earlier_invoice:
            yield letter.received, period


def _end(start: date, years: int, country: str, law: Law) -> date:
    """The day of the same number years later; where the law says so, the next working day."""
    end = months_later(start, 12 * years)
    return workdays.working(end, country, Closed(fixed=law.end_rests)) if law.end_moves else end
