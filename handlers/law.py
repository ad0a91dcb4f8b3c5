"""The law: what it allows for a customer or an invoice today, and what is owed by it."""

from __future__ import annotations

from bot import cases
from bot.additions import so_far
from bot.answers import Answer
from bot.cases import Case
from bot.chat import Card, Item, Request
from bot.claims import answers
from bot.errors import Refusal
from bot.invoices import Invoice, is_open, outstanding
from bot.money import Money, totals
from handlers.desk import Answers, Desk, law


def show(request: Request, desk: Desk) -> Card:
    """The whole compass of a customer, or of one invoice by its number: `law 1042`."""
    named = request.action.subject or request.action.value
    customer = desk.customer(named)
    case = desk.books.case(customer.id)
    numbered = {i.id for i in desk.books.invoices.by_number(named)}
    asked = [i for i in case.invoices if i.id in numbered and is_open(i)]
    asked = asked or list(cases.late(case, desk.today, desk.country))
    if not asked:
        raise Refusal("nothing_late", customer=customer.name)
    told = answers(asked, case, desk.business, desk.today)
    return desk.card(
        "law",
        {"customer": customer.name, "country": desk.country},
        law=law.rules(case, desk, asked),
        items=tuple(_owed(invoice, told[invoice.id], case, desk) for invoice in asked),
        subject=customer.id,
    )


def _owed(invoice: Invoice, told: Answer, case: Case, desk: Desk) -> Item:
    """What is owed on an invoice by the law, each part apart; no sum where a part is not known."""
    added = so_far(invoice, told, case, desk.business)
    none = Money(0, invoice.amount.currency)
    interest = sum((c.amount for c in added if c.kind == "interest"), none)
    charges = totals(c.amount for c in added if c.kind != "interest") or (none,)
    is_late = "due_missing" not in told.refusals
    unknown = (told.interest is None and is_late, told.owed.charges is None and is_late)
    facts = {
        "principal": told.owed.principal,
        "charges": None if unknown[1] else charges[0],
        "interest": None if unknown[0] else interest,
        "due": invoice.due,
    }
    known = totals([outstanding(invoice), interest, *charges])
    return Item(
        desk.word("invoice_title", number=invoice.number, what=invoice.description),
        desk.word("law_owed", **facts),
        "" if any(unknown) or len(known) > 1 else desk.word("money", amounts=known),
    )


ANSWERS: Answers = {"law.show": show}
