"""Intake on the desk: what documents would change, taken into the books, and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.chat import Card
from bot.documents import Document
from bot.intake import Intake, plan
from bot.invoices import days_overdue, outstanding
from bot.ledger import Ledger, numbers_of
from bot.money import totals
from handlers.desk import Desk, series
from handlers.desk.bank import changed, look_again

RECENT = 60
"""Days overdue up to which an old debt counts as recent."""


def planned(documents: Iterable[Document], desk: Desk, *, first: bool | None = None) -> Intake:
    """What documents would change; of the very first invoices, those that are late rest."""
    documents = tuple(documents)
    books = desk.books
    ledger = Ledger(desk.business, books.customers.all(), (), series(), paid=books.payments.of)
    ledger.look_at(books.invoices.numbered({n for d in documents for n in numbers_of(d)}))
    return plan(documents, ledger, desk.today, first=not books.invoices.any() if first is None else first)


def take_in(found: Intake, who: str, desk: Desk) -> Card:
    """Write an intake into the books, with the money that waited for it, and say what was done."""
    write(found, desk)
    desk.books.history.add("imported", who=who, what=str(len(found.of("new"))))
    return _taken(found, (*changed(found.touched, desk), *look_again(who, desk)), desk)


def write(found: Intake, desk: Desk) -> None:
    """Write down what documents change, and nothing of what follows from it."""
    books = desk.books
    books.customers.add_all(found.newcomers)
    books.customers.save_all(found.met)
    books.invoices.add_all(e.invoice for e in found.of("new") if e.invoice)
    for entry in found.entries:
        if entry.what == "due_moved" and entry.invoice:
            books.invoices.save(entry.invoice)
        if entry.payment and entry.what == "same":
            books.payments.save(entry.payment)
        elif entry.payment:
            books.payments.add(replace(entry.payment, at=desk.now))


def _taken(found: Intake, stopped: tuple[Card, ...], desk: Desk) -> Card:
    old = (old_debts(desk),) if found.parked else ()
    today = desk.button("today", "today.show", style="primary", look=True)
    return desk.card("imported", counts(found), buttons=() if old else (today,), more=(*stopped, *old))


def counts(found: Intake) -> dict[str, object]:
    """How much an intake changes, as its cards say it."""
    new = found.of("new")
    return {
        "new": len(new),
        "paid": len(found.of("part_paid")),
        "moved": len(found.of("due_moved")),
        "credits": len(found.of("credit")),
        "same": len(found.of("same")),
        "left_out": len(found.of("not_chased")),
        "customers": len(found.newcomers),
        "parked": len(found.parked),
        "total": totals(outstanding(e.invoice) for e in new if e.invoice),
    }


def old_debts(desk: Desk) -> Card:
    """One question about all old debts."""
    parked = desk.books.invoices.parked()
    recent = [i for i in parked if days_overdue(i, desk.today) <= RECENT]
    facts = {"count": len(parked), "total": totals(outstanding(i) for i in parked), "recent": len(recent)}
    choices = [desk.button("take_one" if len(parked) == 1 else "take_all", "parked.take", value="all")]
    if 0 < len(recent) < len(parked):
        choices.append(desk.button("take_recent", "parked.take", value=str(RECENT), style="primary"))
    leave = desk.button("leave_old", "parked.leave", style="quiet")
    return desk.card("first_run", facts, buttons=(*choices, leave))
