"""Credits: money of a customer's on no invoice, laid on what they owe, or settled in another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import cases
from bot.cases import Case
from bot.chat import Card, Request
from bot.credit import Credit, ended, lay, waiting
from bot.errors import Refusal
from bot.money import totals
from bot.payments import Payment
from handlers.desk import Answers, Desk, bank, closing, new_id, notes


def use(request: Request, desk: Desk) -> Card:
    """Lay what is to a customer's credit on what they owe, the oldest invoice first."""
    case, credit = _waiting(request, desk)
    placed: list[Payment] = []
    for payment, parts in lay(credit, case.payments, new_id):
        desk.books.payments.remove(payment.id)
        for part in parts:
            desk.books.payments.add(part)
        placed += [part for part in parts if part.invoice]
    for part in placed:
        notes.money("credit_used", part.amount, part.invoice, part.customer, request.who, desk)
    return _done("credit_used", placed, desk)


def settle(request: Request, desk: Desk) -> Card:
    """What was to a customer's credit is settled: paid back, or used in the owner's own books."""
    case, credit = _waiting(request, desk)
    ends = ended(credit.amounts, case.payments, desk.today, new_id)
    for end in ends:
        desk.books.payments.add(end)
        notes.money("credit_settled", -end.amount, "", end.customer, request.who, desk)
    return _done("credit_settled", ends, desk)


def _waiting(request: Request, desk: Desk) -> tuple[Case, Credit]:
    """A customer, and the credit that was put before the owner: in a currency in which something is late."""
    case = desk.books.case(request.action.subject)
    credit = waiting(case, cases.standing(case, desk.today, desk.country))
    if credit is None:
        raise Refusal("no_credit", customer=case.customer.name)
    return case, credit


def _done(what: str, moved: Sequence[Payment], desk: Desk) -> Card:
    """What became of a credit, with the way back, and what follows from it."""
    customer = desk.books.customers.get(moved[0].customer)
    told = bank.changed([customer.id], desk)
    invoices = desk.books.invoices.among({p.invoice for p in moved if p.invoice})
    facts = {
        "customer": customer.name,
        "amounts": totals(p.amount if p.invoice else -p.amount for p in moved),
        "invoices": tuple(i.number for i in invoices),
    }
    buttons = (
        desk.button("open", "customer.show", customer.id, look=True),
        desk.button("undo", "credit.undo", ",".join(p.id for p in moved), style="quiet"),
    )
    more = (*told, *closing.question(customer, desk))
    return desk.card(what, facts, buttons=buttons, subject=customer.id, more=more)


def undo(request: Request, desk: Desk) -> Card:
    """What was laid on invoices, or counted as settled, is to the customer's credit again."""
    moved = [desk.books.payments.get(each) for each in request.action.subject.split(",")]
    customer = desk.books.customers.get(moved[0].customer)
    if any(bank.is_gone(payment, desk) for payment in moved):
        raise Refusal("no_credit", customer=customer.name)
    for payment in moved:
        if payment.invoice:
            desk.books.payments.save(replace(payment, invoice=""))
        else:
            desk.books.payments.remove(payment.id)
        amount = payment.amount if payment.invoice else -payment.amount
        notes.money("credit_back", amount, payment.invoice, payment.customer, request.who, desk)
    more = bank.changed([customer.id], desk)
    return desk.card("payment_undone", {"customer": customer.name}, subject=customer.id, more=more)


ANSWERS: Answers = {"credit.use": use, "credit.settle": settle, "credit.undo": undo}
