"""Small sums: whether they wait until more is late, up to how much, and for how long."""

from __future__ import annotations

from dataclasses import replace

from bot import bundling
from bot.chat import Action, Button, Card, Field, Form, Request, whole
from bot.money import Money
from handlers.desk import Answers, Desk


def show(_request: Request, desk: Desk) -> Card:
    """What waits now, and the way to change it; the usual sum and time stand in the form."""
    known, offered = desk.business, bundling.usual(desk.business)
    limit = Money(known.small, offered.currency)
    off = (Button(desk.word("bundling.off"), Action("bundling.off"), "quiet"),) if limit else ()
    facts = {"amount": limit, "days": known.small_days}
    return desk.card("small_sums", facts, form=_form(limit or offered, known.small_days, desk), buttons=off)


def _form(amount: Money, days: int, desk: Desk) -> Form:
    hint = desk.word("bundling.most", most=bundling.most(desk.business))
    fields = (
        Field(
            "small_sum", desk.word("bundling.amount"), value=desk.word("money", amounts=(amount,)), hint=hint
        ),
        Field("small_days", desk.word("bundling.days"), value=str(days)),
    )
    return Form(Action("bundling.save"), fields, desk.word("buttons.save"))


def save(request: Request, desk: Desk) -> Card:
    """Let sums up to so much wait from now on."""
    currency = bundling.usual(desk.business).currency
    amount = desk.amount(request.values.get("small_sum", ""), currency)
    days = whole(request.values.get("small_days", "")) or 0
    bundling.check(amount, days, desk.business)
    return _keep(amount.minor, days, request, desk)


def off(request: Request, desk: Desk) -> Card:
    """Ask for every sum as soon as its ladder says."""
    return _keep(0, desk.business.small_days, request, desk)


def _keep(small: int, days: int, request: Request, desk: Desk) -> Card:
    desk.books.save_business(replace(desk.business, small=small, small_days=days))
    desk.books.history.add("settings_changed", who=request.who)
    return show(request, desk)


ANSWERS: Answers = {"bundling.show": show, "bundling.save": save, "bundling.off": off}
