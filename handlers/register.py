"""The register of customers: finding one, all who owe, and what happened with one."""

from __future__ import annotations

from bot.chat import Action, Button, Card, Item, Request
from bot.errors import Refusal
from bot.invoices import open_totals
from bot.parties import Customer
from handlers.desk import Answers, Desk

BRIEF = 140
ROWS = 8
"""How many customers a card lists at the most."""


def find(request: Request, desk: Desk) -> Card | Action:
    """A customer by name or number, or by the number of an invoice: `Norrsken`, `1042`."""
    text = request.action.value.strip()
    invoices = desk.books.invoices.by_number(text)
    found = desk.books.customers.find(text) if not invoices else ()
    ids = list(dict.fromkeys([i.customer for i in invoices] + [c.id for c in found]))
    if len(ids) == 1:
        return Action("customer.show", ids[0])
    if not ids:
        raise Refusal("not_understood", words=text)
    items = tuple(_row(desk.books.customers.get(i), desk) for i in ids[:ROWS])
    return desk.card("which_customer", {"words": text}, items=items)


def listing(request: Request, desk: Desk) -> Card:
    """Everybody who owes something: `all`."""
    page = int(request.action.value or 0)
    owing = {i.customer for i in desk.books.invoices.open()}
    known = sorted((c for c in desk.books.customers.all() if c.id in owing), key=lambda c: c.name.casefold())
    rows = tuple(_row(c, desk) for c in known[page * ROWS : (page + 1) * ROWS])
    more = (
        (desk.button("more", "customer.list", value=str(page + 1)),) if len(known) > (page + 1) * ROWS else ()
    )
    owed = open_totals(desk.books.invoices.open())
    return desk.card(
        "all_customers", {"count": len(known), "owed": owed}, items=rows, buttons=more, in_place=page > 0
    )


def _row(customer: Customer, desk: Desk) -> Item:
    owed = open_totals(desk.books.invoices.of(customer.id))
    opens = Button(desk.word("buttons.open"), Action("customer.show", customer.id), look=True)
    return Item(customer.name, customer.number or customer.to, desk.word("money", amounts=owed), opens)


def history(request: Request, desk: Desk) -> Card:
    """What was said, sent, paid and agreed with a customer, the newest first: `history of Norrsken`."""
    customer = desk.customer(request.action.subject or request.action.value)
    events = desk.books.history.of(customer.id)
    items = tuple(
        Item(
            desk.word("event_day", at=e.at, who=e.who),
            desk.word(
                f"events.{e.kind}", **{"what": "", **e.data, "text": _brief(str(e.data.get("text", "")))}
            ),
        )
        for e in events[:30]
    )
    return desk.card("history", {"customer": customer.name, "count": len(events)}, items=items)


def _brief(text: object) -> str:
    """The beginning of a text on one line; the whole of it stays in the history."""
    line = " ".join(str(text or "").split())
    return line if len(line) <= BRIEF else line[:BRIEF].rsplit(" ", 1)[0] + " …"


ANSWERS: Answers = {
    "customer.find": find,
    "customer.list": listing,
    "customer.history": history,
}
