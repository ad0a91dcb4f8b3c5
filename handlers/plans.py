"""Plans: a debt split into instalments, shown before it is offered and confirmed in writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot import cases, drafts, workdays
from bot.cases import Case
from bot.chat import Action, Card, Item, Request
from bot.errors import Refusal
from bot.money import Money
from bot.plans import LEAST, MOST, Instalment, Plan, check_agreed, propose
from handlers.desk import Answers, Desk, new_id, notes
from handlers.desk import drafts as table

FIRST_AFTER = timedelta(days=14)
"""How far ahead the first instalment is proposed."""


def form(request: Request, desk: Desk) -> Card:
    """In how many parts, and from when."""
    customer = desk.books.customers.get(request.action.subject)
    first = workdays.on_or_after(desk.today + FIRST_AFTER, desk.country)
    fields = (
        desk.field("parts", "choice", "3", options=tuple((str(n), str(n)) for n in range(LEAST, MOST + 1))),
        desk.field("first_day", "date", first.isoformat()),
    )
    form = desk.form("plan.preview", customer.id, fields, value=request.action.value, submit="show_plan")
    return desk.card("plan", {"customer": customer.name}, form=form, subject=customer.id)


def offer(request: Request, desk: Desk) -> Card:
    """Draw up an even plan for a customer: `plan Norrsken 3`."""
    customer = desk.customer(request.action.subject)
    first = workdays.on_or_after(desk.today + FIRST_AFTER, desk.country)
    return _preview(customer.id, _parts(request.action.value), first, "", desk)


def preview(request: Request, desk: Desk) -> Card:
    """Show every date and amount before anything is agreed."""
    parts = _parts(request.values.get("parts", ""))
    first = desk.day(request.values.get("first_day", ""))
    return _preview(request.action.subject, parts, first, request.action.value, desk)


def _parts(written: str) -> int:
    if not written.strip().isdigit():
        raise Refusal("plan_length", parts=written or "0", least=LEAST, most=MOST)
    return int(written)


def _preview(ident: str, parts: int, first: date, reply: str, desk: Desk) -> Card:
    case = desk.books.case(ident)
    if first < desk.today:
        raise Refusal("day_past", day=first)
    drawn = propose([c.amount for c in notes.to_agree_on(case)], parts, first, desk.country)
    total = _total(drawn)
    facts = {"customer": case.customer.name, "count": parts, "total": (total,), "today": desk.today}
    agreed = f"{parts}|{first.isoformat()}|{total.minor}|{reply}"
    buttons = (
        desk.button("agreed", "plan.agree", ident, agreed, style="primary"),
        desk.button("change", "plan.form", ident, reply),
    )
    return desk.card("plan_preview", facts, items=_rows(drawn, desk), buttons=buttons, subject=ident)


def _total(parts: tuple[Instalment, ...]) -> Money:
    return sum((p.amount for p in parts[1:]), parts[0].amount)


def _rows(parts: tuple[Instalment, ...], desk: Desk) -> tuple[Item, ...]:
    return tuple(
        Item(desk.word("instalment", n=p.number, day=p.day), amount=desk.word("money", amounts=(p.amount,)))
        for p in parts
    )


def agree(request: Request, desk: Desk) -> Action:
    """The plan is agreed as it was shown: it keeps Purr silent while it is kept, and is put into writing."""
    parts, first, shown, reply = request.action.value.split("|")
    case = desk.books.case(request.action.subject)
    claims = notes.to_agree_on(case)
    drawn = propose([c.amount for c in claims], int(parts), date.fromisoformat(first), desk.country)
    check_agreed(drawn, int(shown), desk.today)
    plan = Plan(
        id=new_id(),
        customer=case.customer.id,
        invoices=tuple(c.invoice for c in claims),
        instalments=drawn,
        agreed=desk.today,
        agreed_by=request.who,
    )
    _replace_earlier(case, desk)
    desk.books.plans.add(plan)
    notes.read_reply(reply, "plan", request.who, desk)
    notes.close_promises(case.customer.id, "withdrawn", desk)
    table.silence(case.customer.id, desk)
    desk.books.history.add("plan_agreed", customer=case.customer.id, who=request.who, what=str(len(drawn)))
    return Action("plan.confirm", plan.id)


def confirm(request: Request, desk: Desk) -> Action:
    """Draft the written confirmation of a plan."""
    plan = desk.books.plans.get(request.action.subject)
    case = desk.books.case(plan.customer)
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"plan.confirm|{plan.id}")
    claims = [c for c in cases.owed(case) if c.invoice in plan.invoices]
    occasion = drafts.of_plan(plan, desk.today, desk.country)
    return Action("letter.show", table.compose(case, claims, occasion, desk, plan.id).id)


def _replace_earlier(case: Case, desk: Desk) -> None:
    for plan in case.plans:
        if plan.state == "active":
            desk.books.plans.save(replace(plan, state="withdrawn"))


def over(request: Request, desk: Desk) -> Action:
    """The plan was not kept: what is left is asked for again."""
    customer = request.action.subject
    for plan in desk.books.plans.of(customer):
        if plan.state == "active":
            desk.books.plans.save(replace(plan, state="in_default"))
    desk.books.history.add("plan_over", customer=customer, who=request.who)
    return Action("customer.show", customer)


ANSWERS: Answers = {
    "plan.form": form,
    "plan.offer": offer,
    "plan.preview": preview,
    "plan.agree": agree,
    "plan.confirm": confirm,
    "plan.over": over,
}
