"""Payments: money the owner has seen, in full or in part, and the thank-you that closes a matter well."""

from __future__ import annotations

from datetime import date

from bot import drafts
from bot.cases import Case
from bot.chat import Action, Button, Card, Field, Item, Request
from bot.errors import Refusal
from bot.invoices import Invoice, is_open, outstanding
from bot.letters import Claim
from bot.money import Money
from bot.payments import Payment, allocate
from handlers.desk import Answers, Desk, choices, new_id, notes
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
    notes.read_reply(request.action.value, "paid", request.who, desk)
    return _register(case, _shares(owed, request.values.get("amount", ""), desk), day, request, desk)


def _shares(owed: list[Invoice], written: str, desk: Desk) -> tuple[tuple[Invoice, Money], ...]:
    """How the money falls on the invoices: all that is open, or the amount the owner wrote, oldest first."""
    if not written.strip():
        return tuple((i, outstanding(i)) for i in owed)
    amount = desk.amount(written, owed[0].amount.currency)
    shares = allocate(amount, owed)
    if (left := amount.minor - sum(m.minor for _, m in shares)) > 0:
        raise Refusal("paid_too_much", amount=amount, over=Money(left, amount.currency))
    return shares


def _register(
    case: Case, shares: tuple[tuple[Invoice, Money], ...], day: date, request: Request, desk: Desk
) -> Card:
    if day > desk.today:
        raise Refusal("day_future", day=day)
    payments = [
        Payment(id=new_id(), customer=case.customer.id, invoice=i.id, day=day, amount=amount, at=desk.now)
        for i, amount in shares
    ]
    for payment, (invoice, amount) in zip(payments, shares, strict=True):
        desk.books.payments.add(payment)
        what = desk.word("money", amounts=(amount,))
        desk.books.history.add(
            "paid", customer=case.customer.id, invoice=invoice.id, who=request.who, what=what
        )
    stopped = table.silence(case.customer.id, desk)
    notes.settle_agreements(case.customer.id, desk)
    return _receipt(case, payments, stopped, desk)


def _receipt(case: Case, payments: list[Payment], stopped: bool, desk: Desk) -> Card:
    now = desk.books.case(case.customer.id)
    touched = {p.invoice for p in payments}
    left = [outstanding(i) for i in now.invoices if i.id in touched and is_open(i)]
    facts = {"customer": case.customer.name, "stopped": stopped, "left": tuple(left)}
    thanks = desk.button("thank", "payment.thank", payments[-1].id)
    undo = desk.button("undo", "payment.undo", ",".join(p.id for p in payments), style="quiet")
    buttons: tuple[Button, ...] = (
        *(() if left else (thanks,)),
        desk.button("open", "customer.show", case.customer.id),
        undo,
    )
    amounts = desk.word("money", amounts=_sum(payments))
    return desk.card("paid", facts | {"amount": amounts}, buttons=buttons, subject=case.customer.id)


def _sum(payments: list[Payment]) -> tuple[Money, ...]:
    sums: dict[str, Money] = {}
    for p in payments:
        sums[p.amount.currency] = sums.get(p.amount.currency, Money(0, p.amount.currency)) + p.amount
    return tuple(sums.values())


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
    return _register(desk.books.case(owed[0].customer), _shares(owed, written, desk), day, request, desk)


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
    for payment in payments:
        desk.books.payments.remove(payment.id)
        what = desk.word("money", amounts=(payment.amount,))
        desk.books.history.add(
            "payment_undone", customer=payment.customer, invoice=payment.invoice, who=request.who, what=what
        )
    customer = desk.books.customers.get(payments[0].customer)
    notes.settle_agreements(customer.id, desk)
    stopped = table.silence(customer.id, desk)
    told = (desk.card("undone", {"customer": customer.name}, subject=customer.id),) if stopped else ()
    return desk.card("payment_undone", {"customer": customer.name}, subject=customer.id, more=told)


def thank(request: Request, desk: Desk) -> Card | Action:
    """Draft a short thank-you."""
    payment = desk.books.payments.get(request.action.subject)
    case = desk.books.case(payment.customer)
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"payment.thank|{payment.id}")
    claims = (Claim(payment.invoice, payment.amount),)
    return Action("letter.show", table.compose(case, claims, drafts.of_payment(payment), desk, payment.id).id)


ANSWERS: Answers = {
    "payment.form": form,
    "payment.add": add,
    "payment.note": note,
    "payment.undo": undo,
    "payment.thank": thank,
}
