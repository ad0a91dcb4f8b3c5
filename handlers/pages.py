"""Customers' pages: where one can be seen, how long, and the owner's way to close it."""

from __future__ import annotations

from bot.chat import Card, Fact, Request
from bot.errors import Refusal
from bot.letters import Letter
from bot.pages import LIVES, alive
from handlers.desk import Answers, Desk


def show(request: Request, desk: Desk) -> Card:
    """What a customer can look at: a link for each letter whose page is open."""
    customer = desk.customer(request.action.subject)
    letters = _open(customer.id, desk)
    facts = {"customer": customer.name, "until": max(each.went_on for each in letters) + LIVES}
    return desk.card(
        "page",
        facts,
        facts=tuple(_link(each, desk) for each in letters),
        buttons=(desk.button("close_page", "page.close", customer.id),),
        subject=customer.id,
    )


def _link(letter: Letter, desk: Desk) -> Fact:
    link = desk.page(letter.id)
    return Fact(desk.word("page.owner.of_letter", day=letter.went_on), link, link)


def close(request: Request, desk: Desk) -> Card:
    """Nobody sees anything at the links in a customer's letters any more; the next letter has a new one."""
    customer = desk.customer(request.action.subject)
    for letter in _open(customer.id, desk):
        desk.books.pages.close(letter.id, request.who)
    desk.books.history.add("page_closed", customer=customer.id, who=request.who)
    return desk.card("page_closed", {"customer": customer.name}, subject=customer.id)


def _open(customer: str, desk: Desk) -> tuple[Letter, ...]:
    """The letters whose pages can be looked at today; refused where there is none."""
    letters = desk.books.letters.of(customer)
    closed = desk.books.pages.closed([each.id for each in letters])
    found = alive(letters, closed, desk.today) if desk.has_page and desk.business.page else ()
    if not found:
        raise Refusal("no_page", customer=desk.books.customers.get(customer).name)
    return found


ANSWERS: Answers = {"page.show": show, "page.close": close}
