"""The bank: money that waits to be told where it belongs, placed by the owner, or lifted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat import Action, Button, Card, Item, Request
from bot.errors import Refusal
from bot.invoices import is_open, outstanding
from bot.matching import Incoming, Match, matches, on
from handlers.desk import Answers, Desk, bank
from handlers.desk.owing import Owing

LOOSE = "loose"
ROWS = 7
"""How much money one page of a list shows."""
PLACES = 3
"""How many places to choose from are shown at once."""


def listing(request: Request, desk: Desk) -> Card:
    """Money that the owner is asked about, the latest first: `payments`; or, when asked for, all the rest."""
    waiting, loose = desk.books.incoming.waiting(), desk.books.incoming.loose()
    part, page = request.action.subject, int(request.action.value or 0)
    listed = (loose if part == LOOSE else waiting)[::-1]
    shown = listed[page * ROWS : (page + 1) * ROWS]
    buttons = []
    if len(listed) > (page + 1) * ROWS:
        buttons.append(desk.button("more", "bank.list", part, str(page + 1), style="quiet"))
    if loose and part != LOOSE:
        buttons.append(desk.button("bank_loose", "bank.list", LOOSE, style="quiet", look=True))
    facts = {"count": len(waiting), "loose": len(loose), "through": desk.books.imports.bank_through()}
    rows = tuple(_row(money, desk) for money in shown)
    return desk.card("bank_waiting", facts, items=rows, buttons=tuple(buttons), in_place=page > 0)


def _row(money: Incoming, desk: Desk) -> Item:
    opens = Button(desk.word("buttons.open"), Action("bank.show", money.id), look=True)
    said = desk.word("incoming_line", day=money.day, words=_words(money))
    return Item(_payer(money, desk), said, desk.word("money", amounts=(money.amount,)), opens)


def _payer(money: Incoming, desk: Desk) -> str:
    return money.payer or desk.word("payer_unknown")


def _words(money: Incoming) -> str:
    """What the payer gave: references, else their own words."""
    return ", ".join(money.references) or money.text


def show(request: Request, desk: Desk) -> Card:
    """One piece of money: what the bank says, and where it may belong."""
    money = desk.books.incoming.get(request.action.subject)
    if money.state == "placed":
        return _placed(money, desk)
    facts = {"amount": money.amount, "payer": money.payer, "day": money.day, "words": _words(money)}
    aside_button = desk.button("not_for_this", "bank.aside", money.id, style="quiet")
    if money.amount.minor < 0:
        return desk.card("bank_whose", facts | {"found": 0, "taken_back": True}, buttons=(aside_button,))
    found = matches(money, Owing(desk))
    asked = (desk.field("whose", hint=desk.word("hints.whose")),)
    return desk.card(
        "bank_whose",
        facts | {"found": len(found), "taken_back": False},
        items=tuple(_place(money, match, desk) for match in found[:PLACES]),
        form=desk.form("bank.choose", money.id, asked, submit="go_on"),
        buttons=(aside_button,),
    )


def _place(money: Incoming, match: Match, desk: Desk) -> Item:
    """A place where money may belong, and why."""
    name = desk.books.customers.get(match.customer).name
    numbers = [invoice.number for invoice, _ in match.shares]
    said = desk.word(f"match.{match.why}", numbers=numbers, rest=match.rest if match.rest else None)
    invoices = " ".join(invoice.id for invoice, _ in match.shares)
    button = Button(desk.word("buttons.this_one"), Action("bank.place", money.id, invoices))
    left = tuple(outstanding(invoice) for invoice, _ in match.shares)
    return Item(name, said, desk.word("money", amounts=left), button)


def _placed(money: Incoming, desk: Desk, more: Sequence[Card] = ()) -> Card:
    customer = desk.books.customers.get(money.customer)
    facts = {"customer": customer.name, "amount": money.amount, "day": money.day}
    buttons = (
        desk.button("open", "customer.show", customer.id),
        desk.button("undo", "bank.undo", money.id, style="quiet"),
    )
    return desk.card("bank_placed", facts, buttons=buttons, subject=customer.id, more=tuple(more))


def choose(request: Request, desk: Desk) -> Card:
    """The owner names whose money it is: a customer, or an invoice by its number."""
    money = _waiting(request, desk)
    named = request.values.get("whose", "").strip()
    customer = desk.customer(named)
    numbered = {i.id for i in desk.books.invoices.by_number(named)}
    theirs = [i for i in desk.books.invoices.of(customer.id) if is_open(i)]
    fitting = [i for i in theirs if i.amount.currency == money.amount.currency]
    meant = [i for i in fitting if i.id in numbered] or fitting
    if not meant:
        raise Refusal("nothing_open", customer=customer.name)
    return _lay(money, on(money, meant), request, desk)


def place(request: Request, desk: Desk) -> Card:
    """Money goes on the invoices that the owner has pointed at."""
    money = _waiting(request, desk)
    owing = Owing(desk)
    known = owing.among(request.action.value.split())
    meant = [owing.as_if_unpaid(i, money) for i in known]
    if not any(outstanding(i) for i in meant):
        raise Refusal("nothing_open", customer=desk.books.customers.get(known[0].customer).name)
    return _lay(money, on(money, meant), request, desk)


def _lay(money: Incoming, match: Match, request: Request, desk: Desk) -> Card:
    more = bank.lay(money, match, request.who, desk)
    return _placed(desk.books.incoming.get(money.id), desk, more)


def _waiting(request: Request, desk: Desk) -> Incoming:
    money = desk.books.incoming.get(request.action.subject)
    if money.state == "placed":
        raise Refusal("money_placed", customer=desk.books.customers.get(money.customer).name)
    return money


def aside(request: Request, desk: Desk) -> Card:
    """Money that is for none of these invoices."""
    money = _waiting(request, desk)
    desk.books.incoming.save(replace(money, state="aside"))
    undo = desk.button("undo", "bank.undo", money.id, style="quiet")
    return desk.card("bank_aside", {"amount": money.amount, "payer": money.payer}, buttons=(undo,))


def undo(request: Request, desk: Desk) -> Card:
    """Money that was placed, or set aside, waits again."""
    money = desk.books.incoming.get(request.action.subject)
    more = bank.lift(money, request.who, desk) if money.state == "placed" else ()
    if money.state == "aside":
        desk.books.incoming.save(replace(money, state="waiting"))
    again = show(replace(request, action=Action("bank.show", money.id)), desk)
    return replace(again, more=more)


ANSWERS: Answers = {
    "bank.list": listing,
    "bank.show": show,
    "bank.choose": choose,
    "bank.place": place,
    "bank.aside": aside,
    "bank.undo": undo,
}
