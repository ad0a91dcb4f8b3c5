"""The closing question on the desk: why a matter that is paid in full was late, asked once."""

from __future__ import annotations

from bot.causes import CAUSES, LATELY, Closing, closed
from bot.chat import Card
from bot.parties import Customer
from handlers.desk import Desk, known, new_id


def question(customer: Customer, desk: Desk) -> tuple[Card, ...]:
    """The question why a customer paid late, where their matter has closed and it is worth asking."""
    case = desk.books.case(customer.id)
    found = closed(case.invoices, desk.books.closings.of(customer.id), desk.today)
    if found is None:
        return ()
    day, days = found
    closing = Closing(id=new_id(), customer=customer.id, day=day, days=days)
    desk.books.closings.add(closing)
    buttons = (
        *(desk.button(f"cause_{each}", "cause.say", closing.id, each) for each in CAUSES),
        desk.button("skip", "cause.say", closing.id, "skipped", style="quiet"),
    )
    facts = {"customer": customer.name, "days": days, "upfront": known.upfront(case, desk)}
    return (desk.card("why_late", facts, buttons=buttons, subject=customer.id),)


def unasked(desk: Desk) -> tuple[Customer, ...]:
    """The customers whose matter closed late these days, of whom nobody has asked why."""
    ids = desk.books.closings.lately_paid(desk.today - LATELY)
    invoiced, asked = desk.books.invoices.of_many(ids), desk.books.closings.of_many(ids)
    open_ones = [c for c in ids if closed(invoiced.get(c, ()), asked.get(c, ()), desk.today)]
    return desk.books.customers.among(open_ones)
