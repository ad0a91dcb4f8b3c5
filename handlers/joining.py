"""Joining: two customers of one number are made one when the owner says so, and taken apart again."""

from __future__ import annotations

from bot.cases import Case
from bot.chat import Action, Button, Card, Check, Request
from bot.errors import Refusal
from bot.invoices import is_open, open_totals
from bot.joining import Obstacle, apart, hindrance, is_one_number, obstacles, ordered
from bot.parties import Customer
from handlers.desk import Answers, Desk, joined


def join(request: Request, desk: Desk) -> Card | Action:
    """Make two customers one, unless something stands against it just now."""
    one, other = _two(request, desk)
    if not is_one_number(one.customer, other.customer, desk.country):
        return Action("customer.show", one.customer.id)
    if waits := obstacles(one, other):
        return _waits(one.customer, other.customer, waits, desk)
    stay, gone = ordered(one, other)
    drafts = joined.join(stay, gone, request.who, desk)
    return _made_one(desk.books.case(stay.customer.id), gone.customer, drafts, desk)


def _two(request: Request, desk: Desk) -> tuple[Case, Case]:
    return desk.books.case(request.action.subject), desk.books.case(request.action.value)


def _waits(one: Customer, other: Customer, found: tuple[Obstacle, ...], desk: Desk) -> Card:
    return desk.card(
        "join_waits",
        {"customer": one.name, "other": other.name},
        checks=tuple(Check("stop", desk.word(f"joining.obstacles.{each}")) for each in found),
        buttons=(_opens(one), _opens(other)),
        subject=one.id,
    )


def _made_one(case: Case, gone: Customer, drafts: int, desk: Desk) -> Card:
    owing = [i for i in case.invoices if is_open(i)]
    return desk.card(
        "made_one",
        {
            "customer": case.customer.name,
            "other": gone.name,
            "count": len(owing),
            "owed": open_totals(owing),
            "drafts": drafts,
        },
        buttons=(_opens(case.customer), joined.button("part", case.customer, desk)),
        subject=case.customer.id,
    )


def _opens(customer: Customer) -> Button:
    return Button(customer.name, Action("customer.show", customer.id), look=True)


def two(request: Request, desk: Desk) -> Card | Action:
    """Remember that two customers are two, so that nobody asks again."""
    one, other = (case.customer for case in _two(request, desk))
    if not is_one_number(one, other, desk.country):
        return Action("customer.show", one.id)
    desk.books.customers.save_all(apart(one, other))
    again = joined.button("join", one, desk, other)
    return desk.card("are_two", {"customer": one.name, "other": other.name}, buttons=(again,), subject=one.id)


def part(request: Request, desk: Desk) -> Card:
    """Take the one who came last out of a customer again, if nothing has passed with the two as one since."""
    case = desk.books.case(desk.customer(request.action.subject).id)
    customer, joins = case.customer, desk.books.joins.of(case.customer.id)
    if not joins:
        raise Refusal("not_joined", customer=customer.name)
    gone = joins[-1].gone
    if since := hindrance(joins[-1], case, desk.books.escalations.of(customer.id)):
        why = desk.word(f"joining.since.{since}")
        raise Refusal("stay_one", customer=customer.name, other=gone.name, why=why)
    drafts = joined.part(joins[-1], request.who, desk)
    return desk.card(
        "made_two",
        {"customer": customer.name, "other": gone.name, "drafts": drafts},
        buttons=(_opens(customer), _opens(gone), joined.button("join", customer, desk, gone)),
        subject=customer.id,
    )


ANSWERS: Answers = {
    "customer.join": join,
    "customer.two": two,
    "customer.part": part,
}
