"""Consent: what goes out to a language model, shown word for word to an owner before the first time."""

from __future__ import annotations

from bot.chat import Button, Card, Paper, Request
from bot.model import Question
from handlers.desk import Desk, digest_of


def text(question: Question) -> str:
    """All that goes out for a question."""
    return f"{question.rules}\n\n{question.data}"


def digest(question: Question) -> str:
    """What a yes is bound to: exactly this text."""
    return digest_of(text(question).encode())


def shown(question: Question, verb: str, subject: str, back: Button, request: Request, desk: Desk) -> Card:
    """What goes out and to whom; an owner says with `verb` whether it may."""
    decides = request.role == "owner"
    yes = desk.button("send_this", verb, subject, digest(question), style="primary")
    site = desk.model
    return desk.card(
        "model_first",
        {"site": site.site, "name": site.name, "decides": decides, "reading": question.purpose == "read"},
        paper=Paper(desk.word("model.request"), text(question), "", "en"),
        buttons=(*((yes,) if decides else ()), back),
        subject=question.customer,
    )
