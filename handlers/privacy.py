"""Privacy: all that is kept about a customer given away as a file, or erased but for what the books need."""

from __future__ import annotations

from collections.abc import Collection

from bot.cases import Case
from bot.chat import Action, Button, Card, Check, Fact, Field, Form, Request
from bot.errors import Refusal
from bot.parties import Customer
from bot.privacy import Obstacle, obstacles
from handlers.desk import Answers, Desk, erasing, handouts


def show(request: Request, desk: Desk) -> Card:
    """What is kept about a customer, and the two ways to go about it."""
    customer = _known(request.action.subject, desk)
    return desk.card(
        "privacy",
        {"customer": customer.name},
        facts=_counted(desk.books.case(customer.id), desk),
        buttons=(_button("export", customer, desk), _button("erase", customer, desk)),
        subject=customer.id,
    )


def _known(named: str, desk: Desk) -> Customer:
    """The customer who is meant; of one who was erased nothing is left to speak of."""
    customer = desk.customer(named)
    if customer.erased:
        raise Refusal("not_found", what="customer")
    return customer


def _counted(case: Case, desk: Desk) -> tuple[Fact, ...]:
    kept = {
        "invoices": len(case.invoices),
        "letters": len(case.letters),
        "answers": len(case.replies) + len(case.calls),
        "mails": len(desk.books.mails.of(case.customer.id)),
        "agreements": len(case.promises) + len(case.plans) + len(case.disputes),
    }
    return tuple(
        Fact(desk.word(f"privacy.counts.{name}"), str(count)) for name, count in kept.items() if count
    )


def export(request: Request, desk: Desk) -> Card:
    """Give away all that is kept about a customer as one file."""
    customer = _known(request.action.subject, desk)
    desk.books.history.add("customer_exported", customer=customer.id, who=request.who)
    given = handouts.of_export(customer, desk)
    return desk.card("exported", {"customer": customer.name}, handouts=(given,), subject=customer.id)


def ask(request: Request, desk: Desk) -> Card:
    """Say what erasing a customer means, and ask for the word that does it."""
    case = desk.books.case(_known(request.action.subject, desk).id)
    if waits := obstacles(case):
        return _waits(case.customer, waits, desk)
    return _asked(case, desk)


def _waits(customer: Customer, found: Collection[Obstacle], desk: Desk) -> Card:
    return desk.card(
        "erase_waits",
        {"customer": customer.name},
        checks=tuple(Check("stop", desk.word(f"privacy.obstacles.{each}")) for each in found),
        buttons=(
            Button(customer.name, Action("customer.show", customer.id), "primary", look=True),
            _button("export", customer, desk),
        ),
        subject=customer.id,
    )


def _asked(case: Case, desk: Desk, error: str = "") -> Card:
    customer, word = case.customer, desk.word("privacy.word")
    field = Field("word", desk.word("privacy.write", word=word), error=error)
    return desk.card(
        "erase",
        {"customer": customer.name, **erasing.staying(case, desk)},
        form=Form(Action("privacy.confirm", customer.id), (field,), desk.word("privacy.buttons.erase")),
        buttons=(_button("export", customer, desk),),
        subject=customer.id,
        in_place=bool(error),
    )


def confirm(request: Request, desk: Desk) -> Card:
    """Erase a customer, if the word was written and nothing has come up meanwhile."""
    case = desk.books.case(_known(request.action.subject, desk).id)
    if waits := obstacles(case):
        return _waits(case.customer, waits, desk)
    word = desk.word("privacy.word")
    if request.values.get("word", "").strip().casefold() != word.casefold():
        return _asked(case, desk, desk.word("privacy.write", word=word))
    facts = erasing.staying(case, desk) | {"called": erasing.nameless(case.customer.id, desk)}
    erasing.let_go(case, request.who, desk)
    return desk.card("erased", facts, in_place=True, anew=True)


def _button(name: str, customer: Customer, desk: Desk) -> Button:
    label = desk.word(f"privacy.buttons.{name}")
    return Button(label, Action(f"privacy.{name}", customer.id), look=True)


ANSWERS: Answers = {
    "privacy.show": show,
    "privacy.export": export,
    "privacy.erase": ask,
    "privacy.confirm": confirm,
}
