"""Invoices: one that the owner types in."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat import Card, Request
from bot.countries import country as country_of
from bot.documents import Document, Party
from bot.errors import Refusal
from handlers.desk import Answers, Desk
from handlers.desk.intake import planned, take_in


def new(_request: Request, desk: Desk) -> Card:
    """Type an invoice in."""
    fields = (
        desk.field("customer"),
        desk.field("email", "email", required=False),
        desk.field("org_no", required=False),
        desk.field("number"),
        desk.field("amount"),
        desk.field("due", "date"),
        desk.field("description", required=False),
        desk.field("reference", required=False),
    )
    return desk.card("new_invoice", form=desk.form("invoice.add", "", fields))


def add(request: Request, desk: Desk) -> Card:
    """Take a typed invoice into the books; a number that the customer has already is a slip, no payment."""
    document = _typed(request.values, desk)
    found = planned([document], desk, first=False)
    if found.problems:
        raise Refusal("customer_ambiguous", **found.problems[0].facts)
    (entry,) = found.entries[:1]
    if entry.customer and entry.what != "new":
        raise Refusal("invoice_known", customer=entry.customer.name, invoice=document.number)
    return take_in(found, request.who, desk)


def _typed(values: Mapping[str, str], desk: Desk) -> Document:
    written = {name: value.strip() for name, value in values.items()}
    return Document(
        kind="invoice",
        number=written.get("number", ""),
        amount=desk.amount(written.get("amount", ""), country_of(desk.country).currency),
        due=desk.day(written.get("due", "")),
        due_source="stated",
        reference=written.get("reference", ""),
        description=written.get("description", ""),
        buyer=Party(
            name=written.get("customer", ""),
            email=written.get("email", ""),
            org_no=written.get("org_no", ""),
        ),
    )


ANSWERS: Answers = {
    "invoice.new": new,
    "invoice.add": add,
}
