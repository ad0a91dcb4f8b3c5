"""Causes: why a customer paid late, one tap when a matter closes, and the month summed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.causes import CAUSES, Cause
from bot.chat import Action, Button, Card, Item, Request
from bot.errors import Refusal
from handlers.desk import Answers, Desk, closing

ROWS = 8
"""How many customers are listed."""


def unasked(_request: Request, desk: Desk) -> Card:
    """Who paid late these days, each with the way to say why."""
    found = closing.unasked(desk)[:ROWS]
    if not found:
        return desk.card("causes_none")
    items = tuple(
        Item(c.name, button=Button(desk.word("buttons.why_late"), Action("cause.ask", c.id))) for c in found
    )
    return desk.card("causes", {"count": len(found)}, items=items)


def ask(request: Request, desk: Desk) -> Card:
    """The question about one customer."""
    customer = desk.books.customers.get(request.action.subject)
    return next(iter(closing.question(customer, desk)), desk.card("causes_none"))


def say(request: Request, desk: Desk) -> Card:
    """The owner says why it was late, or passes."""
    matter = desk.books.closings.get(request.action.subject)
    cause: Cause = next((c for c in CAUSES if c == request.action.value), "skipped")
    if matter.cause is not None:
        raise Refusal("cause_said")
    desk.books.closings.save(replace(matter, cause=cause))
    if cause == "skipped":
        return desk.card("cause_skipped", subject=matter.customer)
    what = desk.word(f"agreements.causes.{cause}")
    desk.books.history.add("cause_said", customer=matter.customer, who=request.who, what=what)
    earlier = [c for c in desk.books.closings.of(matter.customer) if c.cause == cause and c.id != matter.id]
    lately = [c for c in earlier if desk.today - c.day <= timedelta(days=365)]
    facts = {
        "customer": desk.books.customers.get(matter.customer).name,
        "cause": what,
        "times": len(lately) + 1,
        "advice": desk.word(f"agreements.prevents.{cause}"),
    }
    return desk.card("cause_said", facts, subject=matter.customer)


ANSWERS: Answers = {"cause.list": unasked, "cause.ask": ask, "cause.say": say}
