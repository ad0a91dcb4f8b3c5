"""Hindsight: which days of a year that was replayed are worth a look, told from what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from bot import past
from bot.cases import Case
from bot.letters import LEGAL, Letter
from bot.replay import Asked, Facts, Year

SOON = timedelta(days=2)
"""Money that comes within so many days of a letter was on its way."""
OFTEN = 3
"""More letters than this to one customer are worth a look."""
BUSY = 8
"""So many new questions on one morning make it a busy one."""
Wonder = Literal["paid", "crossed", "stopped", "often", "notice", "busy"]
WONDERS: tuple[Wonder, ...] = ("paid", "crossed", "stopped", "often", "notice", "busy")
"""Why a day is worth a look, the worst first: had they paid, was money under way, was a draft stopped."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """A day worth a look, and about whom; its facts fill the words."""

    day: date
    kind: Wonder
    customer: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def surprises(year: Year, facts: Facts) -> tuple[Surprise, ...]:
    """The days worth a look, the worst first, then by day."""
    found = sorted(_found(year.asked, facts), key=lambda s: (WONDERS.index(s.kind), s.day, s.customer))
    return tuple(found)


def wronged(found: Iterable[Surprise]) -> int:
    """How many letters would have gone to people who had paid."""
    return len({(s.day, s.customer) for s in found if s.kind == "paid"})


def _found(asked: Iterable[Asked], facts: Facts) -> Iterator[Surprise]:
    cases = {c.customer.id: c for c in facts.cases}
    sent: Counter[str] = Counter()
    on: Counter[date] = Counter()
    for question in asked:
        on[question.day] += 1
        if question.refused:
            yield _about(question, "stopped", refusal=question.refused)
        if letter := question.letter:
            sent[question.customer.id] += 1
            yield from _of_letter(question, letter, cases[question.customer.id])
            if sent[question.customer.id] == OFTEN + 1:
                yield _about(question, "often", count=OFTEN + 1)
    for day, count in on.items():
        if count >= BUSY:
            yield Surprise(day, "busy", facts={"count": count})


def _of_letter(question: Asked, letter: Letter, case: Case) -> Iterator[Surprise]:
    """What the payments alone say of a letter: all had come before it, or came just after."""
    by_id = {i.id: i for i in case.invoices}
    for claim in letter.claims:
        invoice = by_id[claim.invoice]
        before = past.paid(invoice, (p for p in case.payments if p.day < letter.made))
        came = past.settled(invoice, case.payments)
        if invoice.amount <= before:
            yield _about(question, "paid", invoice=invoice.number)
        elif came and letter.made <= came <= letter.made + SOON:
            yield _about(question, "crossed", invoice=invoice.number, came=came)
    if letter.kind in LEGAL:
        yield _about(question, "notice")


def _about(question: Asked, kind: Wonder, **facts: object) -> Surprise:
    return Surprise(question.day, kind, question.customer.id, {"customer": question.customer.name, **facts})
