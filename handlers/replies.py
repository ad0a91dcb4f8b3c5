"""Replies: what a customer answered, word for word; all waits until the owner says what it means."""

from __future__ import annotations

from dataclasses import replace

from bot import cases, drafts
from bot.chat import Action, Button, Card, Item, Request
from bot.errors import Refusal
from bot.invoices import is_open, open_totals
from bot.parties import Customer
from bot.replies import MEANINGS, OUTCOMES, Call, Meaning, Outcome, Reply, likely_senders
from handlers.desk import Answers, Desk, new_id, notes
from handlers.desk import drafts as table

ROWS = 8
"""Among how many customers the owner chooses whose answer it is; any other is named."""
GOES_ON = {
    "promise": "promise.form",
    "more_time": "promise.grant_form",
    "plan": "plan.form",
    "dispute": "dispute.form",
    "paid": "reply.paid",
}
"""Meanings that lead to something to write down; the answer counts as read when that is done."""


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
    reply = Reply(id=new_id(), customer=customer.id, text=text, at=desk.now)
    desk.books.replies.add(reply)
    desk.books.history.add("replied", customer=customer.id, who=request.who, text=text)
    table.silence(customer.id, desk)
    return Action("customer.show", customer.id)


def _whose(text: str, who: str, desk: Desk) -> Card:
    """Ask whose answer a pasted text is. It may be anybody's, so no letter stays on its way meanwhile."""
    items = tuple(
        Item(c.name, c.to, button=Button(desk.word("buttons.this_one"), Action("reply.log", c.id, text)))
        for c in _candidates(desk)
    )
    desk.books.history.add("answer_unplaced", who=who, text=text)
    waiting = {x.customer for x in desk.books.letters.all() if x.state == "approved"}
    stopped = [c.name for c in desk.books.customers.among(waiting) if table.silence(c.id, desk)]
    field = desk.field("customer", hint=desk.word("hints.customer"))
    form = desk.form("reply.log", "", (field,), value=text, submit="go_on")
    return desk.card("whose_reply", {"text": text, "stopped": stopped}, items=items, form=form)


def _candidates(desk: Desk) -> list[Customer]:
    """Those who were last written to, then the others who owe something."""
    owing = (i.customer for i in desk.books.invoices.open())
    likely = [*dict.fromkeys((*likely_senders(desk.books.letters.all()), *owing))][:ROWS]
    known = {c.id: c for c in desk.books.customers.among(likely)}
    return [known[each] for each in likely]


def read(request: Request, desk: Desk) -> Card | Action:
    """The owner says what an answer means; what follows from it comes next."""
    reply = desk.books.replies.get(request.action.subject)
    meaning: Meaning = next((m for m in MEANINGS if m == request.action.value), "other")
    if not reply.unread:
        raise Refusal("reply_read")
    if meaning in GOES_ON:
        return Action(GOES_ON[meaning], reply.customer, reply.id)
    notes.read_reply(reply.id, meaning, request.who, desk)
    if meaning == "no_contact":
        customer = desk.books.customers.get(reply.customer)
        desk.books.customers.save(replace(customer, no_contact=True))
        return desk.card("no_contact", {"customer": customer.name}, subject=customer.id)
    return Action("customer.show", reply.customer)


def paid(request: Request, desk: Desk) -> Card:
    """They say they have paid: the owner has seen the money, or not yet; or it is settled already."""
    case = desk.books.case(request.action.subject)
    customer, reply = case.customer, request.action.value
    if not any(is_open(i) for i in case.invoices):
        notes.read_reply(reply, "paid", request.who, desk)
        return _paid_already(customer, desk)
    buttons = (
        desk.button("seen", "payment.form", customer.id, reply),
        desk.button("not_seen", "reply.unseen", customer.id, reply),
    )
    return desk.card("says_paid", {"customer": customer.name}, buttons=buttons, subject=customer.id)


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
    notes.read_reply(request.action.value, "paid", request.who, desk)
    late = {i.id for i in cases.late(case, desk.today, desk.country)}
    claims = [c for c in cases.owed(case) if c.invoice in late]
    if not claims:
        return Action("customer.show", case.customer.id)
    occasion = drafts.of_unseen(desk.today, desk.country)
    notes.pause(case.customer.id, drafts.answer_day(desk.today, desk.country), desk)
    return Action("letter.show", table.compose(case, claims, occasion, desk).id)


def call(request: Request, desk: Desk) -> Card:
    """The number, three lines to say, and how it went."""
    case = desk.books.case(request.action.subject)
    owed = open_totals(case.invoices)
    facts = {
        "customer": case.customer.name,
        "phone": case.customer.phone,
        "first_name": case.customer.first_name,
    }
    buttons = tuple(desk.button(outcome, "call.note", case.customer.id, outcome) for outcome in OUTCOMES)
    return desk.card(
        "call", facts | {"owed": owed, "count": len(owed)}, buttons=buttons, subject=case.customer.id
    )


def called(request: Request, desk: Desk) -> Card:
    """How a call went; what was said is kept like any answer."""
    customer = desk.books.customers.get(request.action.subject)
    outcome: Outcome = next((o for o in OUTCOMES if o == request.action.value), "not_reached")
    desk.books.calls.add(Call(id=new_id(), customer=customer.id, day=desk.today, outcome=outcome))
    desk.books.history.add(f"called_{outcome}", customer=customer.id, who=request.who)
    if outcome != "reached":
        return desk.card("not_reached", {"customer": customer.name}, subject=customer.id)
    buttons = tuple(desk.button(f"means_{m}", verb, customer.id) for m, verb in GOES_ON.items())
    return desk.card("what_was_said", {"customer": customer.name}, buttons=buttons, subject=customer.id)


ANSWERS: Answers = {
    "reply.form": form,
    "reply.log": log,
    "reply.read": read,
    "reply.paid": paid,
    "reply.unseen": unseen,
    "call.show": call,
    "call.note": called,
}
