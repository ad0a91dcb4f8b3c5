"""Approvals: the yes of one person or of two to exactly this text, the time to undo, the owner's own hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from bot import members, workdays
from bot.cases import Case
from bot.chat import Action, Button, Card, Moment, Request
from bot.clearance import check_sending
from bot.errors import Refusal
from bot.letters import Letter, fingerprint
from handlers.desk import Answers, Desk
from handlers.desk import drafts as table
from handlers.desk.people import people


def approve(request: Request, desk: Desk) -> Card | Action:
    """A person says yes to exactly this text; it goes out once, after the time to undo."""
    if elsewhere := _not_as_shown(request, desk):
        return elsewhere
    letter, case = _ready(request, desk)
    if desk.mail and not letter.to:
        raise Refusal("no_address", customer=case.customer.name)
    send_at = desk.now + timedelta(minutes=desk.business.undo_minutes)
    approved = replace(_signed(letter, request, desk), state="approved", send_at=send_at)
    check_sending(approved, case, desk.business, desk.today)
    if _is_first(letter, request, desk):
        return _first(approved, request, desk)
    if not desk.mail:
        return Action("letter.show", letter.id)
    desk.books.letters.save(approved)
    if not desk.books.deliveries.plan(f"letter:{letter.id}", "letter", letter.id, send_at):
        raise Refusal("letter_withdrawn", customer=case.customer.name)
    desk.books.history.add("approved", customer=letter.customer, who=request.who, text=letter.body)
    time = workdays.local(send_at, desk.business.zone)
    facts = {
        "customer": case.customer.name,
        "time": time,
        "to": letter.to,
        "undo": desk.business.undo_minutes,
    }
    undo = (desk.button("undo", "letter.undo", letter.id),) if facts["undo"] else ()
    at = Moment(desk.word("clock", time=time), send_at)
    ways = (*undo, *_next(desk))
    return desk.card("approved", facts, buttons=ways, subject=letter.customer, moments=(at,))


def _next(desk: Desk) -> tuple[Button, ...]:
    """The way to the draft that has waited longest, if there is one."""
    waiting = desk.books.letters.in_state("draft")[:1]
    return tuple(desk.button("next_draft", "letter.show", each.id, look=True) for each in waiting)


def copied(request: Request, desk: Desk) -> Card | Action:
    """The owner sends it by their own hand; it counts as sent and stands in the history as it was."""
    if elsewhere := _not_as_shown(request, desk):
        return elsewhere
    letter, case = _ready(request, desk)
    sent = replace(_signed(letter, request, desk), state="copied", sent_at=desk.now, sent_day=desk.today)
    check_sending(sent, case, desk.business, desk.today)
    if _is_first(letter, request, desk):
        raise Refusal("second_first")
    desk.books.letters.save(sent)
    desk.books.history.add("copied", customer=letter.customer, who=request.who, text=letter.body)
    facts = {"customer": case.customer.name, "next_day": letter.next_day, "today": desk.today}
    undo = desk.button("did_not_send", "letter.not_copied", letter.id, style="quiet")
    return desk.card("copied", facts, buttons=(undo,), subject=letter.customer)


def not_copied(request: Request, desk: Desk) -> Action:
    """The owner did not send it after all: it never counted."""
    letter = desk.books.letters.get(request.action.subject)
    if letter.state != "copied":
        raise Refusal(f"letter_{letter.state}", customer=desk.books.customers.get(letter.customer).name)
    desk.books.letters.save(replace(letter, state="withdrawn"))
    desk.books.history.add("not_copied", customer=letter.customer, who=request.who)
    return Action("letter.again", letter.id)


def _not_as_shown(request: Request, desk: Desk) -> Action | None:
    """Where to go on when the card no longer shows the draft: its dates have moved, or its words."""
    letter = table.open_draft(request.action.subject, desk)
    if letter.kind != "thanks" and letter.made != desk.today:
        return Action("letter.again", letter.id)
    if request.action.value != table.seal(letter, desk):
        return Action("letter.show", letter.id, "changed")
    return None


def _ready(request: Request, desk: Desk) -> tuple[Letter, Case]:
    """The draft and its case, with nothing in it that blocks approval."""
    letter = table.open_draft(request.action.subject, desk)
    case = desk.books.case(letter.customer)
    found = table.findings(letter, table.facts_of(letter, case, desk))
    if error := next((f for f in found if f.severity == "error"), None):
        raise Refusal("review", finding=table.words_of(error, desk))
    return letter, case


def _signed(letter: Letter, request: Request, desk: Desk) -> Letter:
    papers = desk.books.files.digest(c.invoice for c in letter.claims)
    signed = replace(letter, approved_by=request.who, approved_at=desk.now, papers=papers)
    return replace(signed, approved_text=fingerprint(letter))


def _is_first(letter: Letter, request: Request, desk: Desk) -> bool:
    """Whether this yes is the first of two; a person who has said it already is told who is awaited."""
    if not members.needs_second(letter, desk.business):
        return False
    said = table.first_yes(letter, desk)
    if said and said == request.who:
        others = [name for name in members.owners(people(desk)) if name != said]
        raise Refusal("second_same", names=others)
    return not said


def _first(signed: Letter, request: Request, desk: Desk) -> Action:
    """One of two has said yes to this text and its papers; the draft now waits for another."""
    waiting = replace(signed, state="draft", first_yes=request.who, approved_by="", send_at=None)
    desk.books.letters.save(replace(waiting, approved_at=None))
    desk.books.history.add("first_yes", customer=signed.customer, who=request.who, text=signed.body)
    return Action("letter.show", signed.id)


def undo(request: Request, desk: Desk) -> Card:
    """Take an approved letter back while it has not left: the button, or the word alone for the latest."""
    letter = _waiting(request, desk)
    name = desk.books.customers.get(letter.customer).name
    if letter.state != "approved" or not desk.books.deliveries.cancel(f"letter:{letter.id}"):
        raise Refusal("too_late", customer=name)
    desk.books.letters.save(replace(letter, state="withdrawn"))
    desk.books.history.add("undone", customer=letter.customer, who=request.who)
    again = desk.button("draft_again", "letter.again", letter.id)
    return desk.card("undone", {"customer": name}, buttons=(again,), subject=letter.customer)


def _waiting(request: Request, desk: Desk) -> Letter:
    if request.action.subject:
        return desk.books.letters.get(request.action.subject)
    waiting = desk.books.letters.in_state("approved")
    if not waiting:
        raise Refusal("nothing_to_undo")
    return max(waiting, key=lambda x: x.approved_at or desk.now)


def went_out(request: Request, desk: Desk) -> Card:
    """The owner has looked: the letter of unknown fate did go out."""
    return _settle(request, desk, "sent")


def did_not_go(request: Request, desk: Desk) -> Card:
    """The owner has looked: the letter of unknown fate did not go out, and may be written again."""
    return _settle(request, desk, "withdrawn")


def _settle(request: Request, desk: Desk, state: Literal["sent", "withdrawn"]) -> Card:
    letter = desk.books.letters.get(request.action.subject)
    name = desk.books.customers.get(letter.customer).name
    if letter.state != "unknown":
        raise Refusal(f"letter_{letter.state}", customer=name)
    sent_at = letter.send_at if state == "sent" else None
    sent_day = workdays.local_day(sent_at, desk.business.zone) if sent_at else None
    desk.books.letters.save(replace(letter, state=state, sent_at=sent_at, sent_day=sent_day))
    kind = "went_out" if state == "sent" else "did_not_go"
    desk.books.history.add(kind, customer=letter.customer, who=request.who)
    ways_on = (desk.button("draft_again", "letter.again", letter.id),) if state == "withdrawn" else ()
    return desk.card(kind, {"customer": name}, buttons=ways_on, subject=letter.customer)


ANSWERS: Answers = {
    "letter.approve": approve,
    "letter.copied": copied,
    "letter.not_copied": not_copied,
    "letter.undo": undo,
    "letter.went_out": went_out,
    "letter.did_not_go": did_not_go,
}
