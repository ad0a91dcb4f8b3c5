"""Opinions: what a language model thinks a customer's answer says, beside what Purr has read itself."""

from __future__ import annotations

from dataclasses import replace

from bot.cases import Case
from bot.chat import Card, Request
from bot.errors import Refusal
from bot.model import Question, allowed, is_allowed, may_ask
from bot.replies import Reply
from handlers.desk import Answers, Desk, consent, heard, rewording


def ask(request: Request, desk: Desk) -> Card:
    """Ask for a second opinion; before the first time, show what goes out."""
    reply, case, question = _question(request, desk)
    if not is_allowed(desk.business, "read", desk.model.site):
        return _shown(question, reply, request, desk)
    return _told(question, reply, case, desk)


def allow(request: Request, desk: Desk) -> Card:
    """Keep an owner's yes to what was shown, and ask; if it is no longer what was shown, show it anew."""
    reply, case, question = _question(request, desk)
    if request.action.value != consent.digest(question):
        return _shown(question, reply, request, desk)
    desk.books.save_business(allowed(desk.business, "read", desk.model.site))
    return _told(replace(question, first=True), reply, case, desk)


def _question(request: Request, desk: Desk) -> tuple[Reply, Case, Question]:
    """The answer that is asked about, whose it is, and what goes out."""
    reply = desk.books.replies.get(request.action.subject)
    if not reply.unread:
        raise Refusal("reply_read")
    if not may_ask(desk.business, desk.model.site):
        raise Refusal("no_model")
    case = desk.books.case(reply.customer)
    return reply, case, rewording.to_read(reply, case, request.who, desk)


def _shown(question: Question, reply: Reply, request: Request, desk: Desk) -> Card:
    back = desk.button("not_now", "customer.show", reply.customer)
    return consent.shown(question, "model.allow_reading", reply.id, back, request, desk)


def _told(question: Question, reply: Reply, case: Case, desk: Desk) -> Card:
    """The answer's card with the opinion; nothing of it is kept."""
    opinion = rewording.opinion(desk.ask(question))
    return replace(heard.card(reply, case, desk, opinion=opinion), in_place=True)


ANSWERS: Answers = {"reply.ask": ask, "model.allow_reading": allow}
