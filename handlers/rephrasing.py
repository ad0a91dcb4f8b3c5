"""Rephrasing: a draft said differently by a language model; only its words, and only as another draft."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import Action, Card, Request
from bot.model import allowed, is_allowed
from handlers.desk import Answers, Desk, consent, rewording
from handlers.desk import drafts as table
from handlers.desk.rewording import Task


def rephrase(request: Request, desk: Desk) -> Card | Action:
    """Have a draft said differently; before the first time, show what goes out."""
    letter = table.open_draft(request.action.subject, desk)
    task = rewording.task(letter, request.who, desk)
    if not is_allowed(desk.business, "rephrase", desk.model.site):
        return _shown(task, request, desk)
    return _asked(task, desk)


def _asked(task: Task, desk: Desk) -> Action:
    """Ask, and go on to the draft: the new one, or the old with a sentence on why."""
    said = rewording.reworded(task, desk.ask(task.question))
    if said.trouble:
        return Action("letter.show", task.letter.id, f"model.trouble.{said.trouble}")
    fresh = rewording.keep(task.letter, said.text, desk)
    return Action("letter.show", fresh.id, f"model.rephrased|{task.letter.id}")


def _shown(task: Task, request: Request, desk: Desk) -> Card:
    back = desk.button("draft_again", "letter.show", task.letter.id)
    return consent.shown(task.question, "model.allow", task.letter.id, back, request, desk)


def allow(request: Request, desk: Desk) -> Action | Card:
    """Keep an owner's yes to what was shown, and ask; if it is no longer what was shown, show it anew."""
    task = rewording.task(table.open_draft(request.action.subject, desk), request.who, desk)
    if request.action.value != consent.digest(task.question):
        return _shown(task, request, desk)
    desk.books.save_business(allowed(desk.business, "rephrase", desk.model.site))
    return _asked(replace(task, question=replace(task.question, first=True)), desk)


ANSWERS: Answers = {"letter.rephrase": rephrase, "model.allow": allow}
