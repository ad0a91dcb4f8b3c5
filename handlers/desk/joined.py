"""Customers made one on the desk: who may be one with whom, the joining itself, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from bot.buyers import telling_digits
from bot.cases import Case
from bot.chat import Action, Button, Card, Check, Fact
from bot.joining import Join, known, twins
from bot.parties import Customer
from handlers.desk import Desk
from handlers.desk.drafts import put_away


def facts(customer: Customer, desk: Desk) -> tuple[Fact, ...]:
    """The other names that a customer goes by."""
    return (Fact(desk.word("joining.also"), ", ".join(customer.also)),) if customer.also else ()


def checks(customer: Customer, desk: Desk) -> tuple[Check, ...]:
    """The question whether a customer is one with another of the same number."""
    other = twin(customer, desk)
    if other is None:
        return ()
    return (Check("look", desk.word("joining.one", customer=customer.name, other=other.name)),)


def asked(met: Iterable[Customer], desk: Desk) -> tuple[Card, ...]:
    """The same question as a card of its own, about the first of some customers; the others have theirs."""
    numbered = [(telling_digits(each.number), each) for each in met]
    shared = desk.books.customers.shared({number for number, _ in numbered if number})
    cards = (
        Card(check.text, buttons=ways(each, desk), subject=each.id)
        for number, each in numbered
        if number in shared
        for check in checks(each, desk)
    )
    return tuple(islice(cards, 1))


def ways(customer: Customer, desk: Desk) -> tuple[Button, ...]:
    """The two answers to that question; else the way back, where somebody has gone into a customer."""
    if other := twin(customer, desk):
        return (button("join", customer, desk, other), button("two", customer, desk, other))
    return (button("part", customer, desk),) if desk.books.joins.of(customer.id) else ()


def button(name: str, customer: Customer, desk: Desk, other: Customer | None = None) -> Button:
    """A button that makes two one, keeps them two, or takes them apart."""
    action = Action(f"customer.{name}", customer.id, other.id if other else "")
    return Button(desk.word(f"joining.buttons.{name}"), action, "quiet" if name == "part" else "plain")


def twin(customer: Customer, desk: Desk) -> Customer | None:
    """The first who has the same number, and of whom nobody has said that they are somebody else."""
    alike = desk.books.customers.by_number(telling_digits(customer.number))
    return next(iter(twins(customer, alike, desk.country)), None)


def join(stay: Case, gone: Case, who: str, desk: Desk) -> int:
    """Make two customers one; how many drafts were put away, as the one letter is about everything now."""
    books = desk.books
    told = (each for case in (stay, gone) for each in known(case, books.escalations.of(case.customer.id)))
    made = Join(
        id=gone.customer.id,
        customer=stay.customer.id,
        at=desk.now,
        by=who,
        gone=gone.customer,
        before=stay.customer,
        moved=books.joins.theirs(gone.customer.id),
        known=tuple(told),
    )
    books.join(made)
    other = {"what": made.gone.name, "other": made.id}
    books.history.add("customers_joined", customer=made.customer, who=who, **other)
    return put_away(made.customer, desk)


def part(join: Join, who: str, desk: Desk) -> int:
    """Make one customer two again; how many drafts were put away, as they were about both."""
    drafts = put_away(join.customer, desk)
    stay, gone = desk.books.part(join)
    for one, other in ((stay, gone), (gone, stay)):
        desk.books.history.add("customers_parted", customer=one.id, who=who, what=other.name, other=other.id)
    return drafts
