"""Replies: what a customer answered, word for word; all waits until the owner says what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot import cases, drafts, workdays
from bot.cases import Case
from bot.chat import Action, Button, Card, Item, Request
from bot.errors import Refusal
from bot.invoices import is_open
from bot.matching import Owed, matches
from bot.money import Money
from bot.parties import Customer
from bot.replies import LATELY, MEANINGS, Meaning, Reply, likely_senders
from handlers.desk import Answers, Desk, answered, bank, heard, notes, occasions
from handlers.desk import drafts as table

ROWS = 8
"""Among how many customers the owner chooses whose answer it is; any other is named."""
GOES_ON = {
    "promise": "promise.form",
    "more_time": "promise.grant_form",
    "plan": "plan.form",
    "dispute": "dispute.form",
    "paid": "reply.paid",
    "invoice_copy": "reply.copy",
    "call": "call.show",
    "refund": "refund.asked",
}
"""Meanings that lead to something to write down; the answer counts as read when that is done."""
RESTS: Mapping[Meaning, int] = {
    "wrong_recipient": 5,
    "hardship": 5,
    "insolvency": 10,
    "legal": 10,
    "away": 5,
    "question": 2,
}
"""Bank days for which asking rests once such an answer is read; on the last the owner is asked again."""
LEADS = {
    "wrong_recipient": ("contact", "disputed", "mine"),
    "hardship": ("plan", "more_time", "call", "mine"),
    "insolvency": ("open", "mine"),
    "legal": ("disputed", "call", "mine"),
    "question": ("call",),
    "away": ("contact",),
}
"""The ways on from such an answer."""
VERBS = {
    "contact": "customer.contact",
    "disputed": "dispute.form",
    "mine": "customer.mine",
    "plan": "plan.form",
    "more_time": "promise.grant_form",
    "call": "call.show",
    "open": "customer.show",
}


def form(request: Request, desk: Desk) -> Card:
    """Paste what a customer answered."""
    customer = desk.books.customers.get(request.action.subject)
    fields = (desk.field("answer", "area", hint=desk.word("hints.answer")),)
    return desk.card(
        "log_reply",
        {"customer": customer.name},
        form=desk.form("reply.log", customer.id, fields),
        subject=customer.id,
    )


def log(request: Request, desk: Desk) -> Card | Action:
    """Keep an answer word for word and hold everything for that customer: `svar från Norrsken: …`."""
    text = request.values.get("answer") or request.action.value
    if not text.strip():
        raise Refusal("answer_empty")
    named = request.action.subject or request.values.get("customer", "").strip()
    if not named:
        return _whose(text, request.who, desk)
    customer = desk.customer(named)
    answered.take(customer.id, text, "pasted", desk, who=request.who)
    return Action("customer.show", customer.id)


def _whose(text: str, who: str, desk: Desk) -> Card:
    """Ask whose answer a pasted text is. It may be anybody's, so no letter stays on its way meanwhile."""
    items = tuple(
        Item(c.name, c.to, button=Button(desk.word("buttons.this_one"), Action("reply.log", c.id, text)))
        for c in _candidates(desk)
    )
    desk.books.history.add("answer_unplaced", who=who, text=text)
    waiting = desk.books.letters.approved()
    stopped = [c.name for c in desk.books.customers.among(waiting) if table.silence(c.id, desk)]
    field = desk.field("customer", hint=desk.word("hints.customer"))
    form = desk.form("reply.log", "", (field,), value=text, submit="go_on")
    return desk.card("whose_reply", {"text": text, "stopped": stopped}, items=items, form=form)


def _candidates(desk: Desk) -> list[Customer]:
    """Those who were last written to, then the others who owe something."""
    written = likely_senders(desk.books.letters.latest(LATELY))
    owing = () if len(written) >= ROWS else (i.customer for i in desk.books.invoices.open())
    likely = [*dict.fromkeys((*written, *owing))][:ROWS]
    known = {c.id: c for c in desk.books.customers.among(likely)}
    return [known[each] for each in likely]


def other(request: Request, desk: Desk) -> Card:
    """It means something else than Purr thinks: everything that it can mean."""
    reply = _unread(request.action.subject, desk)
    customer = desk.books.customers.get(reply.customer)
    facts = {"customer": customer.name, "text": reply.text}
    return desk.card("what_it_means", facts, buttons=heard.meanings(reply, desk), subject=customer.id)


def _unread(ident: str, desk: Desk) -> Reply:
    reply = desk.books.replies.get(ident)
    if not reply.unread:
        raise Refusal("reply_read")
    return reply


def read(request: Request, desk: Desk) -> Card | Action:
    """The owner says what an answer means; what follows from it comes next."""
    reply = _unread(request.action.subject, desk)
    meaning: Meaning = next((m for m in MEANINGS if m == request.action.value), "other")
    if meaning in GOES_ON:
        return Action(GOES_ON[meaning], reply.customer, reply.id)
    notes.read_reply(reply.id, meaning, request.who, desk)
    if meaning == "no_contact":
        customer = desk.books.customers.get(reply.customer)
        desk.books.customers.save(replace(customer, no_contact=True))
        return desk.card("no_contact", {"customer": customer.name}, subject=customer.id)
    if meaning in RESTS:
        return _rests(meaning, reply.customer, desk)
    return Action("customer.show", reply.customer)


def _rests(meaning: Meaning, ident: str, desk: Desk) -> Card:
    """What a person must see to: asking rests for some days, and what one does next is said."""
    until = workdays.add(desk.today, RESTS[meaning], desk.country)
    notes.pause(ident, until, desk)
    customer = desk.books.customers.get(ident)
    buttons = tuple(desk.button(each, VERBS[each], ident) for each in LEADS[meaning])
    facts = {"customer": customer.name, "next": desk.word(f"agreements.then.{meaning}"), "day": until}
    return desk.card("answer_rests", facts, buttons=buttons, subject=ident)


def paid(request: Request, desk: Desk) -> Card:
    """They say they have paid: what the books and the bank tell of it, and whether the owner sees it."""
    case = desk.books.case(request.action.subject)
    customer, reply = case.customer, request.action.value
    if not any(is_open(i) for i in case.invoices):
        notes.read_reply(reply, "paid", request.who, desk)
        return _paid_already(customer, desk)
    waiting = _waiting(case, desk)
    look = (desk.button("bank_waiting", "bank.list", look=True),) if waiting else ()
    buttons = (
        *look,
        desk.button("seen", "payment.form", customer.id, reply),
        desk.button("not_seen", "reply.unseen", customer.id, reply),
    )
    came = [p for p in case.payments if p.kind == "payment" and p.amount.minor > 0]
    facts = {
        "customer": customer.name,
        "waiting": waiting,
        "last": max(came, key=lambda p: p.day, default=None),
        "seen": bank.seen(desk) if desk.books.imports.bank_through() else None,
    }
    return desk.card("says_paid", facts, buttons=buttons, subject=customer.id)


def _waiting(case: Case, desk: Desk) -> tuple[Money, ...]:
    """Money that waits to be told where it belongs and may be theirs."""
    owed = Owed(desk.country, case.invoices, [case.customer])
    found = (money for money in desk.books.incoming.waiting() if money.amount.minor > 0)
    return tuple(money.amount for money in found if matches(money, owed))


def _paid_already(customer: Customer, desk: Desk) -> Card:
    """Nothing is open: all that is left to do is to say thanks."""
    money = [p.id for p in desk.books.payments.of(customer.id) if p.kind == "payment" and p.invoice]
    thanks = (desk.button("thank", "payment.thank", money[-1]),) if money else ()
    return desk.card("paid_already", {"customer": customer.name}, buttons=thanks, subject=customer.id)


def unseen(request: Request, desk: Desk) -> Card | Action:
    """The money is not to be seen yet: wait some days, and ask kindly for the day, amount and reference.

    The letter names what is late and not contested; where that is nothing, there is nothing to ask.
    """
    case = desk.books.case(request.action.subject)
    reply = request.action.value
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"reply.unseen|{case.customer.id}|{reply}")
    notes.read_reply(reply, "paid", request.who, desk)
    late = {i.id for i in cases.late(case, desk.today, desk.country)}
    claims = [c for c in cases.owed(case) if c.invoice in late]
    if not claims:
        return Action("customer.show", case.customer.id)
    occasion = drafts.of_unseen(desk.today, desk.country)
    notes.pause(case.customer.id, drafts.answer_day(desk.today, desk.country), desk)
    return Action("letter.show", table.compose(case, claims, occasion, desk).id)


def copy(request: Request, desk: Desk) -> Action:
    """The invoice goes out once more, and asking rests until the day it is then to be paid."""
    case = desk.books.case(request.action.subject)
    reply = request.action.value
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"reply.copy|{case.customer.id}|{reply}")
    claims = notes.to_agree_on(case)
    notes.read_reply(reply, "invoice_copy", request.who, desk)
    pay_by = drafts.copy_day(desk.today, desk.country)
    notes.pause(case.customer.id, workdays.after(pay_by, desk.country), desk)
    occasion = occasions.copy(claims, pay_by, cases.spoken_on(case, desk.today), desk)
    return Action("letter.show", table.compose(case, claims, occasion, desk).id)


ANSWERS: Answers = {
    "reply.form": form,
    "reply.log": log,
    "reply.meanings": other,
    "reply.read": read,
    "reply.paid": paid,
    "reply.unseen": unseen,
    "reply.copy": copy,
}
