"""Handouts: a file that a card names is asked for in a chat, and the line that answers brings it along."""

from __future__ import annotations

from datetime import timedelta

from bot.chat import Card, Handout, Request
from bot.errors import Refusal
from bot.handouts import is_program, kind, verb
from handlers.desk import Answers, Desk, handouts

AT_ONCE = timedelta(seconds=10)
"""How soon after a press another one for the same file is taken for a slip of the finger."""


def fetch(request: Request, desk: Desk) -> Card:
    """Bring a file into the chat where it was asked for, once for each time that it is."""
    ref = request.action.subject
    file = handouts.found(ref, desk.books) if verb(ref) == request.action.verb else None
    if file is None:
        raise Refusal("file_gone")
    if _is_on_its_way(ref, desk):
        return Card(desk.word("on_its_way", name=file.name), whisper=True)
    words = {"program": kind(ref) == "mail" and is_program(file.name, file.content)}
    brought = Handout(file.name, ref, len(file.content), here=True)
    return desk.card("file_here", words, handouts=(brought,), subject=file.customer)


def _is_on_its_way(ref: str, desk: Desk) -> bool:
    """Whether it was asked for in this chat just now, or is still to be shown there."""
    lines = desk.books.lines
    asked = (line for line in lines.asked_here() if any(h.here and h.ref == ref for h in line.card.handouts))
    last = next(asked, None)
    if last is None or not lines.asked_in:
        return False
    return desk.now - last.at < AT_ONCE or not desk.books.places.is_shown(lines.asked_in, last.id)


ANSWERS: Answers = {
    "pack.fetch": fetch,
    "paper.fetch": fetch,
    "mail.fetch": fetch,
    "report.fetch": fetch,
    "export.fetch": fetch,
}
