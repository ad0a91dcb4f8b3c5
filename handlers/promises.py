"""Promises: a day the customer named, or a later one the owner grants, kept in view until it has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import cases, drafts, waivers
from bot.cases import Case
from bot.chat import Action, Card, Request
from bot.letters import Claim
from bot.money import Money
from bot.promises import AGREED, Promise, check_amount, check_day, follow_up, given_up, grant
from bot.replies import Meaning
from handlers.desk import Answers, Desk, new_id, notes
from handlers.desk import drafts as table
from handlers.desk.choices import unpacked


def form(request: Request, desk: Desk) -> Card:
    """The day they promised, and the amount if they named one; what an answer named stands there already."""
    customer = desk.books.customers.get(request.action.subject)
    reply, day, amount = unpacked(request.action.value, 3)
    fields = (
        desk.field("day", value=_written(day, desk), hint=desk.word("hints.until")),
        desk.field("amount", value=amount, required=False, hint=desk.word("hints.all_open")),
    )
    form = desk.form("promise.add", customer.id, fields, value=reply)
    return desk.card("promise", {"customer": customer.name}, form=form, subject=customer.id)


def _written(day: str, desk: Desk) -> str:
    """A day that is known, as the owner would write it."""
    return desk.word("whole_day", day=date.fromisoformat(day)) if day else ""


def add(request: Request, desk: Desk) -> Card:
    """Write a promise down; the customer is left alone until the day and a bank day's grace have passed."""
    case = desk.books.case(request.action.subject)
    _, day, amount = _said(request)
    claims = notes.to_agree_on(case)
    promise = Promise(
        id=new_id(),
        customer=case.customer.id,
        day=check_day(desk.day(day), desk.today),
        made=desk.today,
        amount=_amount(amount, claims, case, desk),
        claims=claims,
    )
    return _keep(promise, request, desk)


def _said(request: Request) -> list[str]:
    """The answer it comes from, the day and the amount: as the form has them, else as one tap brings them."""
    reply, day, amount = unpacked(request.action.value, 3)
    return [reply, request.values.get("day") or day, request.values.get("amount") or amount]


def _amount(written: str, claims: tuple[Claim, ...], case: Case, desk: Desk) -> Money | None:
    if not written.strip():
        return None
    beyond = (charge.amount for charge in waivers.asked(case))
    return check_amount(desk.amount(written, claims[0].amount.currency), claims, beyond)


def grant_form(request: Request, desk: Desk) -> Card:
    """The later due date the owner is willing to give; the one they asked for stands there already."""
    customer = desk.books.customers.get(request.action.subject)
    reply, day = unpacked(request.action.value, 2)
    fields = (desk.field("day", value=_written(day, desk), hint=desk.word("hints.until")),)
    form = desk.form("promise.grant", customer.id, fields, value=reply)
    return desk.card("deferral", {"customer": customer.name}, form=form, subject=customer.id)


def grant_time(request: Request, desk: Desk) -> Card:
    """Grant a later due date, once for the same debt."""
    case = desk.books.case(request.action.subject)
    claims = notes.to_agree_on(case)
    day = grant(desk.day(_said(request)[1]), desk.today, case.promises, claims)
    promise = Promise(
        id=new_id(), customer=case.customer.id, day=day, made=desk.today, kind="deferral", claims=claims
    )
    return _keep(promise, request, desk)


def _keep(promise: Promise, request: Request, desk: Desk) -> Card:
    notes.make_way(promise, desk)
    desk.books.promises.add(promise)
    meaning: Meaning = "promise" if promise.kind == "promise" else "more_time"
    notes.read_reply(_said(request)[0], meaning, request.who, desk)
    table.silence(promise.customer, desk)
    customer = desk.books.customers.get(promise.customer)
    what = desk.word("day", day=promise.day, today=desk.today)
    desk.books.history.add(f"{promise.kind}_made", customer=customer.id, who=request.who, what=what)
    facts = {"customer": customer.name, "day": promise.day, "amount": promise.amount, "today": desk.today}
    write = desk.button("confirm", "promise.confirm", promise.id, style="primary")
    again = follow_up(promise, desk.country)
    return desk.card(f"{promise.kind}_made", facts | {"again": again}, buttons=(write,), subject=customer.id)


def confirm(request: Request, desk: Desk) -> Action:
    """Draft the short letter that puts into writing what was agreed, or what the customer is let off."""
    promise = desk.books.promises.get(request.action.subject)
    case = desk.books.case(promise.customer)
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"promise.confirm|{promise.id}")
    about = {c.invoice for c in promise.claims}
    claims = [c for c in cases.owed(case) if c.invoice in about]
    occasion = drafts.of_promise(promise, cases.spoken_on(case, promise.made))
    return Action("letter.show", table.compose(case, claims, occasion, desk, promise.id).id)


def over(request: Request, desk: Desk) -> Action:
    """The promise was not kept: the reminders may go on, beginning with a draft."""
    customer = request.action.subject
    running = [p for p in desk.books.promises.of(customer) if p.kind in AGREED and p.state == "open"]
    broken = given_up(running, desk.today, desk.country)
    for promise in running:
        desk.books.promises.save(replace(promise, state="broken" if promise in broken else "withdrawn"))
    desk.books.history.add("promise_broken", customer=customer, who=request.who)
    return Action("customer.show", customer)


ANSWERS: Answers = {
    "promise.form": form,
    "promise.add": add,
    "promise.grant_form": grant_form,
    "promise.grant": grant_time,
    "promise.confirm": confirm,
    "promise.over": over,
}
