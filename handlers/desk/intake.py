"""Intake on the desk: what documents would change, taken into the books, and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import timedelta

from bot.chat import Card
from bot.documents import Document
from bot.intake import Intake, Tally, plan
from bot.ledger import Ledger, numbers_of
from handlers.desk import Desk, joined, series, tongues
from handlers.desk.bank import changed, look_again
from storage.invoices import Resting

RECENT = 60
"""Days overdue up to which an old debt counts as recent."""


def planned(documents: Iterable[Document], desk: Desk, *, first: bool | None = None) -> Intake:
    """What documents would change; of the very first invoices, those that are late rest."""
    return Inflow(desk, first=first).planned(documents)


class Inflow:
    """Documents on their way into the books, some at a time; `first`: there was no invoice before them."""

    def __init__(self, desk: Desk, *, first: bool | None = None) -> None:
        books = desk.books
        self.desk = desk
        self.first = not books.invoices.any() if first is None else first
        self.ledger = Ledger(desk.business, books.customers.all(), (), series(), paid=books.payments.of)

    def planned(self, documents: Iterable[Document]) -> Intake:
        """What some would change; what was planned before has to be in the books by now."""
        documents = tuple(documents)
        numbers = {number for document in documents for number in numbers_of(document)}
        self.ledger.look_at(self.desk.books.invoices.numbered(numbers))
        return plan(documents, self.ledger, self.desk.today, first=self.first)


def take_in(found: Intake, who: str, desk: Desk) -> Card:
    """Write an intake into the books, with the money that waited for it, and say what was done."""
    write(found, desk)
    desk.books.history.add("imported", who=who, what=str(len(found.of("new"))))
    told = (*changed(found.touched, desk), *look_again(who, desk))
    asked = (*joined.asked((*found.newcomers, *found.met), desk), *tongues.asked(found.newcomers, desk))
    return taken(counts(found), (*told, *asked), desk)


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


def taken(facts: Mapping[str, object], stopped: tuple[Card, ...], desk: Desk) -> Card:
    """What was taken in, and the one question about all that was old at first sight."""
    old = (old_debts(desk),) if facts["parked"] else ()
    today = desk.button("today", "today.show", style="primary", look=True)
    return desk.card("imported", facts, buttons=() if old else (today,), more=(*stopped, *old))


def counts(found: Intake) -> dict[str, object]:
    """How much an intake changes, as its cards say it."""
    return facts_of(Tally().add(found))


def facts_of(tally: Tally | Resting) -> dict[str, object]:
    """What was counted, as cards say it."""
    return {field.name: getattr(tally, field.name) for field in fields(tally)}


def old_debts(desk: Desk) -> Card:
    """One question about all old debts."""
    parked = desk.books.invoices.resting(desk.today - timedelta(days=RECENT))
    choices = [desk.button("take_one" if parked.count == 1 else "take_all", "parked.take", value="all")]
    if 0 < parked.recent < parked.count:
        choices.append(desk.button("take_recent", "parked.take", value=str(RECENT), style="primary"))
    leave = desk.button("leave_old", "parked.leave", style="quiet")
    return desk.card("first_run", facts_of(parked), buttons=(*choices, leave))
