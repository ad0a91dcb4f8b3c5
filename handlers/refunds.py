"""Refunds: a customer wants money back; what is known, a credit note noted, or an answer drafted."""

from __future__ import annotations

from bot import cases, drafts
from bot.cases import Case
from bot.chat import Action, Card, Request
from bot.disputes import check_credit
from bot.errors import Refusal
from bot.invoices import Invoice, is_open, outstanding
from handlers.desk import Answers, Desk, choices, notes, occasions
from handlers.desk import drafts as table


def asked(request: Request, desk: Desk) -> Card:
    """They want money back: what the books tell of it, and what fits."""
    case = desk.books.case(request.action.subject)
    customer, reply = case.customer, request.action.value
    is_owing = any(is_open(i) for i in case.invoices)
    owing = (
        desk.button("credit", "refund.form", customer.id, reply),
        desk.button("disputed", "dispute.form", customer.id, reply),
    )
    writes = desk.button("write_answer", "refund.answer", customer.id, reply)
    answer = (writes,) if cases.at_issue(case) else ()
    buttons = (*answer, *(owing if is_owing else ()), desk.button("call", "call.show", customer.id))
    facts = {
        "customer": customer.name,
        "credit": case.credit,
        "last": cases.last_paid(case),
        "owing": is_owing,
    }
    return desk.card("wants_refund", facts, buttons=buttons, subject=customer.id)


def form(request: Request, desk: Desk) -> Card:
    """On which open invoice something is credited, and how much."""
    case = desk.books.case(request.action.subject)
    owed = [i for i in case.invoices if is_open(i)]
    if not owed:
        raise Refusal("nothing_open", customer=case.customer.name)
    fields = (*choices.which(owed, desk), desk.field("credit", hint=desk.word("hints.credit_most")))
    form = desk.form("refund.credit", case.customer.id, fields, value=request.action.value)
    return desk.card("credit", {"customer": case.customer.name}, form=form, subject=case.customer.id)


def credit(request: Request, desk: Desk) -> Card:
    """A credit note on an invoice lowers what is owed; the one they get is the owner's to send."""
    case = desk.books.case(request.action.subject)
    invoice = _meant(case, request.values.get("invoice", ""))
    amount = desk.amount(request.values.get("credit", ""), invoice.amount.currency)
    check_credit(amount, invoice)
    notes.credit(amount, invoice, desk)
    notes.money("credited", amount, invoice.id, case.customer.id, request.who, desk)
    notes.read_reply(request.action.value, "refund", request.who, desk)
    table.silence(case.customer.id, desk)
    kept = notes.settle_agreements(case.customer.id, desk)
    left = outstanding(desk.books.invoices.get(invoice.id))
    facts = {
        "customer": case.customer.name,
        "invoice": invoice.number,
        "amount": amount,
        "left": (left,) if left else (),
    }
    opens = desk.button("open", "customer.show", case.customer.id, look=True)
    return desk.card("credited", facts, buttons=(opens,), subject=case.customer.id, more=kept)


def _meant(case: Case, named: str) -> Invoice:
    owed = [i for i in case.invoices if is_open(i) and (not named or i.id == named)]
    if not owed:
        raise Refusal("nothing_open", customer=case.customer.name)
    return owed[0]


def answer(request: Request, desk: Desk) -> Action:
    """Draft the letter that says it was seen and when an answer comes; asking rests until then."""
    case = desk.books.case(request.action.subject)
    reply = request.action.value
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"refund.answer|{case.customer.id}|{reply}")
    if not (claims := cases.at_issue(case)):
        raise Refusal("nothing_open", customer=case.customer.name)
    notes.read_reply(reply, "refund", request.who, desk)
    notes.pause(case.customer.id, drafts.answer_day(desk.today, desk.country), desk)
    occasion = occasions.refund(reply, desk.today, desk)
    return Action("letter.show", table.compose(case, claims, occasion, desk, reply).id)


ANSWERS: Answers = {
    "refund.asked": asked,
    "refund.form": form,
    "refund.credit": credit,
    "refund.answer": answer,
}
