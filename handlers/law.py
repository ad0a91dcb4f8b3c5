"""The law: what it allows for a customer or an invoice today, and what is owed by it."""

from __future__ import annotations

from bot import cases
from bot.answers import Answer
from bot.chat import Card, Item, Request
from bot.claims import answers
from bot.countries import country
from bot.errors import Refusal
from bot.invoices import Invoice, is_open
from bot.money import Money
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
        items=tuple(_owed(invoice, told[invoice.id], desk) for invoice in asked),
        subject=customer.id,
    )


def _owed(invoice: Invoice, told: Answer, desk: Desk) -> Item:
    """What is owed on an invoice by the law, each part apart; no sum where a part is not known."""
    owed = told.owed
    national = country(desk.country).currency
    facts = {
        "principal": owed.principal,
        "charges": Money.of(owed.charges, national) if owed.charges is not None else None,
        "interest": owed.interest,
        "due": invoice.due,
    }
    total = desk.word("money", amounts=(owed.total,)) if owed.total else ""
    return Item(
        desk.word("invoice_title", number=invoice.number, what=invoice.description),
        desk.word("law_owed", **facts),
        total,
    )


ANSWERS: Answers = {"law.show": show}
