"""Calls: three lines to say, how it went, and what follows from that."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot import cases, drafts
from bot.cases import Case
from bot.chat import Action, Card, Request
from bot.invoices import days_overdue, is_open, open_totals
from bot.replies import OUTCOMES, Call, Meaning, Outcome
from handlers.desk import Answers, Desk, known, new_id, notes
from handlers.desk.choices import packed

LEADS_TO: Mapping[Outcome, tuple[str, Meaning]] = {
    "paid": ("reply.paid", "paid"),
    "payment_run": ("promise.form", "promise"),
    "no_invoice": ("reply.copy", "invoice_copy"),
    "contests": ("dispute.form", "dispute"),
}
"""What was said on the telephone, and where it is written down."""
SAID: Mapping[Meaning, str] = {
    "promise": "promise.form",
    "more_time": "promise.grant_form",
    "plan": "plan.form",
}
"""What they may have agreed to, where they were reached and nothing else was the matter."""


def show(request: Request, desk: Desk) -> Card:
    """The number, three lines to say, and how it went; `value` is the answer that asked for the call."""
    case = desk.books.case(request.action.subject)
    late = cases.late(case, desk.today, desk.country) or tuple(i for i in case.invoices if is_open(i))
    owed = open_totals(late)
    facts = {
        "customer": case.customer.name,
        "phone": case.customer.phone,
        "first_name": case.customer.first_name,
        "owner": desk.business.owner,
        "business": desk.business.name,
        "owed": owed,
        "numbers": [i.number for i in late],
        "days": max((days_overdue(i, desk.today) for i in late), default=0),
        "count": len(late),
    }
    buttons = tuple(
        desk.button(outcome, "call.note", case.customer.id, packed(outcome, request.action.value))
        for outcome in OUTCOMES
    )
    best = known.reached(case, desk)
    return desk.card("call", facts, facts=best, buttons=buttons, subject=case.customer.id)


def note(request: Request, desk: Desk) -> Card | Action:
    """How a call went; what was said leads on to where it is written down."""
    outcome_, _, reply = request.action.value.partition("|")
    case = desk.books.case(request.action.subject)
    outcome: Outcome = next((o for o in OUTCOMES if o == outcome_), "not_reached")
    call = Call(id=new_id(), customer=case.customer.id, day=desk.today, outcome=outcome)
    desk.books.calls.add(call)
    desk.books.history.add(f"called_{outcome}", customer=case.customer.id, who=request.who)
    if not call.spoken:
        return desk.card("not_reached", {"customer": case.customer.name}, subject=case.customer.id)
    if outcome in LEADS_TO:
        return Action(LEADS_TO[outcome][0], case.customer.id, reply)
    return SPOKEN.get(outcome, _what_was_said)(case, reply, request.who, desk)


def _awaits_approval(case: Case, reply: str, who: str, desk: Desk) -> Card:
    """Somebody there has still to say yes to it: asking rests some days, unless they named one."""
    notes.read_reply(reply, "promise", who, desk)
    until = drafts.answer_day(desk.today, desk.country)
    notes.pause(case.customer.id, until, desk)
    buttons = (
        desk.button("means_promise", "promise.form", case.customer.id),
        desk.button("contact", "customer.contact", case.customer.id),
    )
    facts = {"customer": case.customer.name, "day": until}
    return desk.card("awaits_approval", facts, buttons=buttons, subject=case.customer.id)


def _what_was_said(case: Case, reply: str, _who: str, desk: Desk) -> Card:
    """They were reached: what they said to it."""
    buttons = tuple(desk.button(f"means_{m}", verb, case.customer.id, reply) for m, verb in SAID.items())
    return desk.card(
        "what_was_said", {"customer": case.customer.name}, buttons=buttons, subject=case.customer.id
    )


SPOKEN: Mapping[Outcome, Callable[[Case, str, str, Desk], Card]] = {"approval": _awaits_approval}


ANSWERS: Answers = {"call.show": show, "call.note": note}
