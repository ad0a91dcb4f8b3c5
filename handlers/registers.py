"""Registers: a customer looked up in the public register of companies, and what it says told."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import Card, Request
from bot.errors import Refusal
from bot.invoices import is_open, open_totals
from bot.parties import Customer
from bot.registers import SILENT, Registered, is_news, known
from handlers.desk import Answers, Desk
from handlers.desk import drafts as table


def look_up(request: Request, desk: Desk) -> Card:
    """Look a customer up, and show what the register says."""
    customer = desk.customer(request.action.subject)
    found = desk.look_up(desk.register_of(customer), customer.number)
    if isinstance(found, str):
        raise Refusal(
            "register_missing" if found == "not_found" else "register_silent", number=customer.number
        )
    _note(customer, found, desk)
    return _told(customer, found, desk)


def heard(customer: str, found: Registered | str, desk: Desk) -> Card | None:
    """Write down what the register says of a customer when nobody asked; a card if it is news."""
    before = desk.books.customers.get(customer)
    if isinstance(found, str):
        desk.books.customers.save(replace(before, looked_up=desk.today))
        return None
    return _told(before, found, desk) if _note(before, found, desk) else None


def _note(customer: Customer, found: Registered, desk: Desk) -> bool:
    """Write down what the register says; whether that is news. A letter on its way is stopped by it."""
    after = known(customer, found, desk.today)
    desk.books.customers.save(after)
    if not is_news(customer, after):
        return False
    what = desk.word(f"registers.{found.standing}")
    desk.books.history.add("registered", customer=customer.id, what=what)
    if found.standing in SILENT:
        table.silence(customer.id, desk)
    return True


def _told(customer: Customer, found: Registered, desk: Desk) -> Card:
    """What the register says of a customer, and what is open there."""
    case = desk.books.case(customer.id)
    facts = {
        "customer": customer.name,
        "name": found.name,
        "number": found.number,
        "address": found.address,
        "standing": found.standing,
        "since": found.since,
        "owed": open_totals(i for i in case.invoices if is_open(i)),
    }
    show = desk.button("open", "customer.show", customer.id)
    return desk.card("registered", facts, buttons=(show,), subject=customer.id)


ANSWERS: Answers = {"customer.look_up": look_up}
