"""Payments: money the owner has seen, in full or in part, and the thank-you that closes a matter well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from bot import cases, drafts, waivers
from bot.cases import Case
from bot.chat import Action, Button, Card, Field, Item, Request
from bot.errors import Refusal
from bot.invoices import Invoice, is_open, outstanding
from bot.letters import Claim
from bot.money import Money, totals
from bot.payments import Payment, allocate
from handlers.desk import Answers, Desk, choices, closing, new_id, notes
from handlers.desk import drafts as table
from handlers.desk.paid import amount_and_day

ALL = "all"


def form(request: Request, desk: Desk) -> Card:
    """Which invoice was paid, how much, and when; everything today is the first guess."""
    case = desk.books.case(request.action.subject)
    owed = [i for i in case.invoices if is_open(i)]
    if not owed:
        raise Refusal("nothing_open", customer=case.customer.name)
    which = choices.which(owed, desk, (ALL, desk.word("all_of_it")))
    fields = (*which, *_how_much(owed, desk), desk.field("day", "date", desk.today.isoformat()))
    return desk.card(
        "payment",
        {"customer": case.customer.name},
        form=desk.form("payment.add", case.customer.id, fields, value=request.action.value),
        subject=case.customer.id,
    )


def _how_much(owed: list[Invoice], desk: Desk) -> tuple[Field, ...]:
    value = desk.word("plain_money", amount=outstanding(owed[0])) if len(owed) == 1 else ""
    return (desk.field("amount", value=value, required=False, hint=desk.word("hints.amount")),)


def add(request: Request, desk: Desk) -> Card:
    """Write down what came in, on the invoices it belongs to; every letter on its way is held back."""
    case = desk.books.case(request.action.subject)
    chosen = request.values.get("invoice", ALL)
    owed = [i for i in case.invoices if is_open(i) and chosen in (ALL, i.id)]
    if not owed:
        raise Refusal("nothing_open", customer=case.customer.name)
    day = desk.day(request.values.get("day") or desk.today.isoformat())
    came = _came(case, owed, request.values.get("amount", ""), desk)
    notes.read_reply(request.action.value, "paid", request.who, desk)
    return _register(case, came, day, request, desk)


class Came(NamedTuple):
    """How money falls on the invoices, and what of it was for that which was asked beyond them."""

    shares: tuple[tuple[Invoice, Money], ...]
    beyond: Money | None = None


def _came(case: Case, owed: Sequence[Invoice], written: str, desk: Desk) -> Came:
    """All that is open, or the amount the owner wrote, the oldest invoice first."""
    if not written.strip():
        return Came(tuple((i, outstanding(i)) for i in owed))
    amount = desk.amount(written, owed[0].amount.currency)
    shares = allocate(amount, waivers.paid_for(amount, case, owed))
    if sum(m.minor for _, m in shares) == amount.minor:
        return Came(shares)
    return Came(shares, waivers.beyond(amount, [i for i, _ in shares], case))


def _register(case: Case, came: Came, day: date, request: Request, desk: Desk) -> Card:
    if day > desk.today:
        raise Refusal("day_future", day=day)
    payments = [
        Payment(id=new_id(), customer=case.customer.id, invoice=i.id, day=day, amount=amount, at=desk.now)
        for i, amount in came.shares
    ]
    for payment in payments:
        desk.books.payments.add(payment)
        notes.money("paid", payment.amount, payment.invoice, case.customer.id, request.who, desk)
    if came.beyond:
        notes.money("paid_beyond", came.beyond, "", case.customer.id, request.who, desk)
        notes.end_offers(case.customer.id, desk)
    stopped = table.silence(case.customer.id, desk)
    kept = notes.settle_agreements(case.customer.id, desk)
    why = closing.question(case.customer, desk)
    return replace(_receipt(case, payments, came.beyond, stopped, desk), more=(*kept, *why))


def _receipt(case: Case, payments: list[Payment], beyond: Money | None, stopped: bool, desk: Desk) -> Card:
    now = desk.books.case(case.customer.id)
    touched = {p.invoice for p in payments}
    left = [outstanding(i) for i in now.invoices if i.id in touched and is_open(i)]
    is_settled = not left and not cases.late(now, desk.today, desk.country)
    facts = {"customer": case.customer.name, "stopped": stopped, "left": tuple(left), "beyond": beyond}
    thanks = desk.button("thank", "payment.thank", payments[-1].id)
    undone = f"{beyond.minor} {beyond.currency}" if beyond else ""
    undo = desk.button("undo", "payment.undo", ",".join(p.id for p in payments), undone, style="quiet")
    buttons: tuple[Button, ...] = (
        *((thanks,) if is_settled else ()),
        desk.button("open", "customer.show", case.customer.id),
        undo,
    )
    amounts = totals([*(p.amount for p in payments), *([beyond] if beyond else [])])
    facts |= {"amount": desk.word("money", amounts=amounts)}
    return desk.card("paid", facts, buttons=buttons, subject=case.customer.id)


def note(request: Request, desk: Desk) -> Card | Action:
    """Money in the owner's words: `1042 betalt`, `paid 1042 5000 yesterday`."""
    named = request.action.subject
    found = desk.books.invoices.by_number(named) or desk.books.invoices.among([named])
    if not found:
        return Action("payment.form", desk.customer(named).id)
    owed = [i for i in found if is_open(i)]
    if not owed:
        raise Refusal("nothing_open", customer=desk.books.customers.get(found[0].customer).name)
    if len(owed) > 1:
        return _whose(owed, request.action, desk)
    written, day = amount_and_day(request.action.value, desk)
    case = desk.books.case(owed[0].customer)
    return _register(case, _came(case, owed, written, desk), day, request, desk)


def _whose(owed: list[Invoice], said: Action, desk: Desk) -> Card:
    """Several open invoices bear the number: ask whose was paid."""
    items = tuple(
        Item(
            desk.books.customers.get(i.customer).name,
            desk.word("invoice_title", number=i.number, what=i.description),
            desk.word("money", amounts=(outstanding(i),)),
            Button(desk.word("buttons.this_one"), Action("payment.note", i.id, said.value)),
        )
        for i in owed
    )
    return desk.card("which_customer", {"words": said.subject}, items=items)


def undo(request: Request, desk: Desk) -> Card:
    """Take back money written down by mistake."""
    payments = [desk.books.payments.get(each) for each in request.action.subject.split(",")]
    customer = desk.books.customers.get(payments[0].customer)
    for payment in payments:
        desk.books.payments.remove(payment.id)
        notes.money("payment_undone", payment.amount, payment.invoice, customer.id, request.who, desk)
    if request.action.value:
        minor, currency = request.action.value.split()
        notes.money("payment_undone", Money(int(minor), currency), "", customer.id, request.who, desk)
    heard = notes.settle_agreements(customer.id, desk)
    stopped = table.silence(customer.id, desk)
    told = (desk.card("undone", {"customer": customer.name}, subject=customer.id),) if stopped else ()
    return desk.card("payment_undone", {"customer": customer.name}, subject=customer.id, more=(*told, *heard))


def thank(request: Request, desk: Desk) -> Card | Action:
    """Draft a short thank-you, for all that came at once."""
    payment = desk.books.payments.get(request.action.subject)
    case = desk.books.case(payment.customer)
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"payment.thank|{payment.id}")
    came = (p for p in case.payments if p.kind == "payment" and p.invoice and p.amount.minor > 0)
    claims = [Claim(p.invoice, p.amount) for p in came if (p.day, p.at) == (payment.day, payment.at)]
    return Action("letter.show", table.compose(case, claims, drafts.of_payment(payment), desk, payment.id).id)


ANSWERS: Answers = {
    "payment.form": form,
    "payment.add": add,
    "payment.note": note,
    "payment.undo": undo,
    "payment.thank": thank,
}
