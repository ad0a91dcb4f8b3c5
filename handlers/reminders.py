"""Reminders: the draft for a customer, in the right tone, and the pauses an owner asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import tone
from bot.cases import Case, Pause
from bot.chat import Action, Button, Card, Request
from bot.drafts import Occasion
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.parties import Customer
from bot.payments import habit
from bot.reminders import Step, announce, check_chasing, check_gap, ladder, next_step
from handlers.desk import Answers, Desk, new_id
from handlers.desk import drafts as table


def draft(request: Request, desk: Desk) -> Card | Action:
    """Write the next reminder to a customer, about everything they owe that may be asked for."""
    case = desk.books.case(request.action.subject)
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"letter.draft|{case.customer.id}")
    step = next_step(case, desk.business, desk.today)
    if step.needs_owner and not step.claims:
        return Action("customer.show", case.customer.id)
    if not step.claims:
        raise _nothing_to_write(step, case)
    if step.kind in ("call", "decide"):
        raise Refusal("letters_done", customer=case.customer.name)
    check_gap(case, desk.business, desk.today)
    check_chasing(step.claims, case, desk.business, desk.today)
    return Action("letter.show", _compose(case, step, desk))


def _nothing_to_write(step: Step, case: Case) -> Refusal:
    """Why there is nothing to write: what blocks it, or that nothing is late."""
    block = next(iter(step.blocks), None)
    facts: dict[str, object] = {"customer": case.customer.name}
    if block is None:
        return Refusal("nothing_late", **facts)
    return Refusal(f"blocked_{block.kind}", **(facts | {"day": block.until} | block.facts))


def _compose(case: Case, step: Step, desk: Desk) -> str:
    """A fresh draft of the step, kept; its id."""
    rungs = ladder(desk.business)
    level = min(step.level, rungs.last)
    about = {c.invoice for c in step.claims}
    said = announce((i for i in case.invoices if i.id in about), level, desk.business, desk.today)
    attached = any(desk.books.files.of_invoice(i) for i in about)
    chosen = tone.choose(level, rungs.last, habit(case.invoices)).tone
    occasion = Occasion("reminder", level, chosen, said, fields=(("attached", attached),))
    return table.compose(case, step.claims, occasion, desk).id


def pause_form(request: Request, desk: Desk) -> Card:
    """Ask until when to wait, in the owner's own words; `value` is the number if it is about one invoice."""
    customer, invoice = _meant(request.action.value or request.action.subject, desk)
    what = invoice.number if invoice else customer.id
    form = desk.form(
        "pause.set", what, (desk.field("until", hint=desk.word("hints.until")),), submit="snooze"
    )
    quick = tuple(
        Button(desk.word(f"until.{each}"), Action("pause.set", what, desk.word(f"until.{each}")))
        for each in ("tomorrow", "week", "month")
    )
    name = _called(customer, invoice)
    return desk.card("pause", {"customer": name}, form=form, buttons=quick, subject=customer.id)


def pause(request: Request, desk: Desk) -> Card | Action:
    """Leave a customer or one invoice alone until a day, then ask the owner: `vent Norrsken til fredag`."""
    customer, invoice = _meant(request.action.subject, desk)
    number, ident = (invoice.number, invoice.id) if invoice else ("", "")
    if not (request.action.value or request.values):
        return Action("pause.form", customer.id, number)
    until = _until(request, desk)
    whose = "" if invoice else customer.id
    _rest(Pause(id=new_id(), customer=whose, invoice=ident, until=until, made=desk.today), desk)
    desk.books.history.add(
        "paused", customer=customer.id, invoice=ident, who=request.who, until=until.isoformat()
    )
    stopped = table.silence(customer.id, desk)
    facts = {"customer": _called(customer, invoice), "day": until, "stopped": stopped}
    return desk.card("paused", facts, subject=customer.id)


def _rest(pause: Pause, desk: Desk) -> None:
    """Keep a pause; of two about the same, the latest word counts."""
    for each in desk.books.pauses.all():
        if (each.customer, each.invoice) == (pause.customer, pause.invoice) and each.until > pause.until:
            desk.books.pauses.save(replace(each, until=pause.until))
    desk.books.pauses.add(pause)


def _meant(named: str, desk: Desk) -> tuple[Customer, Invoice | None]:
    """The customer the owner means, and the invoice if its number was named."""
    if found := desk.books.invoices.by_number(named):
        return desk.books.customers.get(found[0].customer), found[0]
    return desk.customer(named), None


def _called(customer: Customer, invoice: Invoice | None) -> str:
    return f"{customer.name} ({invoice.number})" if invoice else customer.name


def pause_everything(request: Request, desk: Desk) -> Card:
    """Leave everybody alone until a day; that day's digest asks again."""
    until = _until(request, desk)
    desk.books.save_business(replace(desk.business, paused_until=until))
    _rest(Pause(id=new_id(), until=until, made=desk.today), desk)
    desk.books.history.add("paused_everything", who=request.who, until=until.isoformat())
    return desk.card("paused_everything", {"day": until}, more=table.silence_all(desk))


def _until(request: Request, desk: Desk) -> date:
    until = desk.day(request.values.get("until") or request.action.value)
    if until <= desk.today:
        raise Refusal("day_past", day=until)
    return until


ANSWERS: Answers = {
    "letter.draft": draft,
    "pause.form": pause_form,
    "pause.set": pause,
    "pause.everything": pause_everything,
}
