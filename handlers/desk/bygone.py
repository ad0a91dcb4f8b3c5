"""The year that has gone, gathered from the books as values: it is played while they are closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.cases import Case, bearing_on
from bot.past import is_undated, settled, span
from bot.replay import Facts
from handlers.desk import Desk


@dataclass(frozen=True, slots=True)
class Bygone:
    """A year's facts, and what had to be left aside.

    `undated`: invoices of which nobody knows when they were paid; `old`: late before the first day, and at
    rest since; `waiting`: money that nobody has placed, and that counts as not come.
    """

    facts: Facts
    undated: int
    old: int
    waiting: int


def bygone(desk: Desk, only: str = "") -> Bygone | None:
    """The last year that the books can tell of, of everybody or one customer; None where there is none."""
    cases = _everybody(desk)
    unknown = {p.invoice for case in cases for p in case.payments if is_undated(p)}
    kept = tuple(replace(c, invoices=tuple(i for i in c.invoices if i.id not in unknown)) for c in cases)
    if (days := span(kept, desk.today)) is None:
        return None
    first, last = days
    gone = [e for e in desk.books.escalations.all() if e.ended is None]
    return Bygone(
        Facts(
            business=desk.business,
            cases=tuple(c for c in kept if not only or c.customer.id == only),
            first=first,
            last=last,
            left={claim.invoice: e.day for e in gone for claim in e.claims},
        ),
        undated=sum(1 for c in cases for i in c.invoices if i.id in unknown and _in(i.due, first, last)),
        old=sum(1 for c in kept for i in c.invoices if i.due and i.due < first and _was_open(c, i.id, first)),
        waiting=len(desk.books.incoming.waiting()),
    )


def _in(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _was_open(case: Case, invoice: str, first: date) -> bool:
    """Whether an invoice was still owed when the year began."""
    (found,) = (i for i in case.invoices if i.id == invoice)
    ended = settled(found, case.payments)
    return ended is None or ended >= first


def _everybody(desk: Desk) -> tuple[Case, ...]:
    """Every customer's case with all their payments, in a fixed number of queries."""
    books = desk.books
    customers = books.customers.all()
    ids = [c.id for c in customers]
    invoiced, paid = books.invoices.of_many(ids), books.payments.of_many(ids)
    answered = books.replies.of_many(ids)
    promised, planned = books.promises.of_many(ids), books.plans.of_many(ids)
    contested, called = books.disputes.of_many(ids), books.calls.of_many(ids)
    paused = books.pauses.all()
    return tuple(
        Case(
            customer=c,
            invoices=invoiced.get(c.id, ()),
            replies=answered.get(c.id, ()),
            promises=promised.get(c.id, ()),
            plans=planned.get(c.id, ()),
            disputes=contested.get(c.id, ()),
            calls=called.get(c.id, ()),
            pauses=bearing_on(c, invoiced[c.id], paused),
            payments=paid.get(c.id, ()),
        )
        for c in customers
        if c.id in invoiced
    )
