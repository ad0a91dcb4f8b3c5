"""Reminders: the draft for a customer, in the right tone, and the pauses an owner asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cases import Case, Pause
from bot.chat import Action, Button, Card, Request
from bot.clearance import check_chasing, check_gap
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.ladder import ladder
from bot.letters import Claim
from bot.parties import Customer
from bot.reminders import Step, demandable, next_step
from handlers.desk import Answers, Desk, new_id
from handlers.desk import drafts as table
from handlers.desk.stack import next_rung


def draft(request: Request, desk: Desk) -> Card | Action:
    """Write the next reminder to a customer, about everything they owe that may be asked for."""
    case = desk.books.case(desk.customer(request.action.subject).id)
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"letter.draft|{case.customer.id}")
    step = next_step(case, desk.business, desk.today)
    if step.needs_owner and not step.claims:
        return Action("customer.show", case.customer.id)
    if not step.claims:
        raise _nothing_to_write(step, case)
    if step.kind in ("call", "decide") or step.why == "notice_running":
        raise Refusal("letters_done", customer=case.customer.name)
    return _written(case, step.claims, next_rung(case, step, desk), desk)


def demand(request: Request, desk: Desk) -> Card | Action:
    """Write the creditor's own demand after a final notice, where the law knows one."""
    case = desk.books.case(request.action.subject)
    step = next_step(case, desk.business, desk.today)
    claims = demandable(case, step.claims, desk.business, desk.today) if step.kind == "decide" else ()
    if not claims:
        raise Refusal("letters_done", customer=case.customer.name)
    level = ladder(desk.business).last + 2
    return _written(case, claims, table.Rung("demand", level, "neutral"), desk)


def _written(case: Case, claims: tuple[Claim, ...], rung: table.Rung, desk: Desk) -> Action:
    check_gap(case, desk.business, desk.today)
    check_chasing(claims, case, desk.business, desk.today)
    occasion = table.asking(rung, claims, case, desk)
    return Action("letter.show", table.compose(case, claims, occasion, desk).id)


def _nothing_to_write(step: Step, case: Case) -> Refusal:
    """Why there is nothing to write: what blocks it, or that nothing is late."""
    block = next(iter(step.blocks), None)
    facts: dict[str, object] = {"customer": case.customer.name}
    if block is None:
        return Refusal("nothing_late", **facts)
    return Refusal(f"blocked_{block.kind}", **(facts | {"day": block.until} | block.facts))


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
    "letter.demand": demand,
    "pause.form": pause_form,
    "pause.set": pause,
    "pause.everything": pause_everything,
}
