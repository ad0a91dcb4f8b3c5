"""Parked: debts that were old when Purr first saw them, and rest until the owner says what to do."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import Action, Card, Request
from bot.errors import Refusal
from bot.invoices import days_overdue
from handlers.desk import Answers, Desk
from handlers.desk.intake import old_debts


def show(_request: Request, desk: Desk) -> Card:
    """Ask about the old debts again."""
    if not desk.books.invoices.parked():
        raise Refusal("nothing_old")
    return old_debts(desk)


def take(request: Request, desk: Desk) -> Card | Action:
    """Old debts the owner wants followed up like any other; of one customer, where it was asked for there."""
    customer, wanted = request.action.subject, request.action.value
    most = int(wanted) if wanted.isdigit() else None
    for invoice in desk.books.invoices.parked():
        if customer in ("", invoice.customer) and (most is None or days_overdue(invoice, desk.today) <= most):
            desk.books.invoices.save(replace(invoice, parked=False))
    desk.books.history.add("old_taken", customer=customer, who=request.who, what=wanted)
    return Action("customer.show", customer) if customer else Action("today.show")


def leave(request: Request, desk: Desk) -> Card:
    """Old debts stay untouched."""
    desk.books.history.add("old_left", who=request.who)
    return desk.card("old_left", {"count": len(desk.books.invoices.parked())})


ANSWERS: Answers = {
    "parked.show": show,
    "parked.take": take,
    "parked.leave": leave,
}
