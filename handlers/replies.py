"""Replies: what a customer answered, word for word; all waits until the owner says what it means."""

from __future__ import annotations

from dataclasses import replace

from bot import drafts
from bot.chat import Action, Button, Card, Item, Request
from bot.errors import Refusal
from bot.invoices import is_open, open_totals, outstanding
from bot.letters import Claim
from bot.replies import MEANINGS, Call, Meaning, Outcome, Reply
from handlers.desk import Answers, Desk, new_id, notes
from handlers.desk import drafts as table

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
    if not request.action.subject:
        return _whose(text, desk)
    customer = desk.customer(request.action.subject)
    reply = Reply(id=new_id(), customer=customer.id, text=text, at=desk.now)
    desk.books.replies.add(reply)
    desk.books.history.add("replied", customer=customer.id, who=request.who, text=text)
    table.silence(customer.id, desk)
    return Action("customer.show", customer.id)


def _whose(text: str, desk: Desk) -> Card:
    """Ask whose answer a pasted text is: those who were last written to come first."""
    owing = {i.customer for i in desk.books.invoices.open()}
    known = [c for c in desk.books.customers.all() if c.id in owing][:8]
    items = tuple(
        Item(c.name, c.to, button=Button(desk.word("buttons.this_one"), Action("reply.log", c.id, text)))
        for c in known
    )
    return desk.card("whose_reply", {"text": text}, items=items)


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
    """They say they have paid: the owner has seen the money, or not yet."""
    customer = desk.books.customers.get(request.action.subject)
    reply = request.action.value
    buttons = (
        desk.button("seen", "payment.form", customer.id, reply),
        desk.button("not_seen", "reply.unseen", customer.id, reply),
    )
    return desk.card("says_paid", {"customer": customer.name}, buttons=buttons, subject=customer.id)


def unseen(request: Request, desk: Desk) -> Card | Action:
    """The money is not to be seen yet: wait some days, and ask kindly for the day, amount and reference."""
    case = desk.books.case(request.action.subject)
    notes.read_reply(request.action.value, "paid", request.who, desk)
    occasion = drafts.of_unseen(desk.today, desk.country)
    notes.pause(case.customer.id, drafts.answer_day(desk.today, desk.country), desk)
    claims = [Claim(i.id, outstanding(i)) for i in case.invoices if is_open(i)]
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
    buttons = tuple(
        desk.button(outcome, "call.note", case.customer.id, outcome)
        for outcome in ("reached", "voicemail", "not_reached")
    )
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


OUTCOMES: tuple[Outcome, ...] = ("reached", "voicemail", "not_reached")

ANSWERS: Answers = {
    "reply.form": form,
    "reply.log": log,
    "reply.read": read,
    "reply.paid": paid,
    "reply.unseen": unseen,
    "call.show": call,
    "call.note": called,
}
