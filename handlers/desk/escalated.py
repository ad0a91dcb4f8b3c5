"""Claims elsewhere on the desk: money that an agency has to hear of."""

from __future__ import annotations

from bot.chat import Card
from bot.escalations import Escalation, Moved, moved, told
from handlers.desk import Desk


def news(customer: str, desk: Desk) -> tuple[Card, ...]:
    """A card for each agency that has to hear of money on a claim it was given; each change is told once."""
    out = desk.books.escalations.out(customer)
    if not out:
        return ()
    invoices = desk.books.invoices.of(customer)
    found = ((each, moved(each, invoices)) for each in out)
    return tuple(_tell(each, changes, desk) for each, changes in found if changes)


def _tell(escalation: Escalation, changes: tuple[Moved, ...], desk: Desk) -> Card:
    desk.books.escalations.save(told(escalation, changes))
    desk.books.history.add("agency_news", customer=escalation.customer, what=escalation.to)
    customer = desk.books.customers.get(escalation.customer)
    facts = {
        "customer": customer.name,
        "agency": escalation.to,
        "news": [(m.invoice.number, m.came, m.left) for m in changes],
    }
    return desk.card("agency_news", facts, subject=customer.id)
