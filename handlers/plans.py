"""Plans: a debt split into instalments, shown before it is offered or agreed on, and confirmed in writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot import cases
from bot.cases import Case
from bot.chat import Action, Card, Field, Item, Request
from bot.errors import Refusal
from bot.instalments import LEAST, MOST, Instalment, check_agreed, first_day
from bot.money import totals
from bot.plans import ALIVE, Plan, State
from handlers.desk import Answers, Desk, new_id, notes, occasions
from handlers.desk import drafts as table
from handlers.desk.choices import packed, unpacked
from handlers.desk.drawing import INTERVALS, Wanted, as_shown, carried, draw, one_of, wanted


def form(request: Request, desk: Desk) -> Card:
    """In how many parts or of how much each, from when, and how far apart."""
    customer = desk.books.customers.get(request.action.subject)
    known = wanted(request.action.value)
    first = known.first or first_day(desk.today, customer.payday, desk.country).isoformat()
    fields = (
        *_which_currency(desk.books.case(customer.id), known.currency, desk),
        desk.field(
            "parts",
            "choice",
            known.parts or "3",
            options=tuple((str(n), str(n)) for n in range(LEAST, MOST + 1)),
        ),
        desk.field("each", value=known.each, required=False, hint=desk.word("hints.each")),
        desk.field("first_day", "date", first),
        desk.field(
            "interval",
            "choice",
            known.interval or INTERVALS[0],
            options=tuple((each, desk.word(f"agreements.intervals.{each}")) for each in INTERVALS),
        ),
    )
    form = desk.form("plan.preview", customer.id, fields, value=known.reply, submit="show_plan")
    return desk.card("plan", {"customer": customer.name}, form=form, subject=customer.id)


def _which_currency(case: Case, chosen: str, desk: Desk) -> tuple[Field, ...]:
    """The question what to split where they owe in several currencies; none where there is only one."""
    claims = notes.to_agree_on(case)
    sums = totals(c.amount for c in claims)
    if len(sums) == 1:
        return ()
    options = tuple((each.currency, desk.word("money", amounts=(each,))) for each in sums)
    return (
        desk.field("currency", "choice", one_of(claims, chosen, desk)[0].amount.currency, options=options),
    )


def offer(request: Request, desk: Desk) -> Card:
    """Draw up an even plan for a customer: `plan Norrsken 3`."""
    customer = desk.customer(request.action.subject)
    return _preview(customer.id, Wanted("", request.action.value), desk)


def preview(request: Request, desk: Desk) -> Card:
    """Show every date and amount before anything is offered or agreed."""
    known = wanted(request.action.value)
    return _preview(request.action.subject, _asked(known, request.values), desk)


def _asked(known: Wanted, values: Mapping[str, str]) -> Wanted:
    if not values:
        return known
    parts, first, each, interval = (values.get(k, "") for k in ("parts", "first_day", "each", "interval"))
    return Wanted(known.reply, parts, first, each, interval, currency=values.get("currency", ""))


def _preview(ident: str, asked: Wanted, desk: Desk) -> Card:
    case = desk.books.case(ident)
    claims = notes.to_agree_on(case)
    about = one_of(claims, asked.currency, desk)
    drawn = draw(case, about, asked, desk)
    facts = {
        "customer": case.customer.name,
        "count": len(drawn),
        "total": totals(p.amount for p in drawn),
        "beside": totals(c.amount for c in claims if c not in about),
        "today": desk.today,
    }
    currency = about[0].amount.currency
    agreed = packed(asked.reply, carried(drawn), currency)
    buttons = (
        desk.button("agreed", "plan.agree", ident, agreed, style="primary"),
        desk.button("offer_plan", "plan.propose", ident, agreed),
        desk.button("change", "plan.form", ident, packed(*asked[:5], "", currency)),
    )
    return desk.card("plan_preview", facts, items=_rows(drawn, desk), buttons=buttons, subject=ident)


def _rows(parts: tuple[Instalment, ...], desk: Desk) -> tuple[Item, ...]:
    return tuple(
        Item(desk.word("instalment", n=p.number, day=p.day), amount=desk.word("money", amounts=(p.amount,)))
        for p in parts
    )


def agree(request: Request, desk: Desk) -> Action:
    """The plan is agreed as it was shown: it keeps Purr silent while it is kept, and is put into writing."""
    case = desk.books.case(request.action.subject)
    plan = _kept(case, "active", request, desk)
    notes.close_promises(case.customer.id, "withdrawn", desk, about=plan.invoices)
    what = str(len(plan.instalments))
    desk.books.history.add("plan_agreed", customer=case.customer.id, who=request.who, what=what)
    return Action("plan.confirm", plan.id)


def suggest(request: Request, desk: Desk) -> Action:
    """Offer the plan as it was shown: it waits for the customer's word, and a letter puts it to them."""
    case = desk.books.case(request.action.subject)
    plan = _kept(case, "offered", request, desk)
    what = str(len(plan.instalments))
    desk.books.history.add("plan_offered", customer=case.customer.id, who=request.who, what=what)
    return Action("plan.confirm", plan.id)


def _kept(case: Case, state: State, request: Request, desk: Desk) -> Plan:
    """A plan as it was shown, kept in the place of any before it; the answer it came from is read."""
    reply, shown, currency = unpacked(request.action.value, 3)
    claims = one_of(notes.to_agree_on(case), currency, desk)
    drawn = as_shown(shown, claims[0].amount.currency)
    check_agreed(drawn, [c.amount for c in claims], desk.today)
    plan = Plan(
        id=new_id(),
        customer=case.customer.id,
        invoices=tuple(c.invoice for c in claims),
        instalments=drawn,
        agreed=desk.today,
        agreed_by=request.who,
        state=state,
    )
    _replace_earlier(case, claims[0].amount.currency, desk)
    desk.books.plans.add(plan)
    notes.read_reply(reply, "plan", request.who, desk)
    table.silence(case.customer.id, desk)
    return plan


def accept(request: Request, desk: Desk) -> Action:
    """The customer says yes to the plan that was offered: it holds from today, if it is still true."""
    plan = _awaited(request.action.subject, desk)
    case = desk.books.case(plan.customer)
    claims = one_of(notes.to_agree_on(case), plan.total.currency, desk)
    check_agreed(plan.instalments, [c.amount for c in claims], desk.today)
    desk.books.plans.save(replace(plan, state="active", agreed=desk.today))
    notes.read_reply(request.action.value, "plan", request.who, desk)
    notes.close_promises(plan.customer, "withdrawn", desk, about=plan.invoices)
    table.silence(plan.customer, desk)
    what = str(len(plan.instalments))
    desk.books.history.add("plan_agreed", customer=plan.customer, who=request.who, what=what)
    return Action("plan.confirm", plan.id)


def reject(request: Request, desk: Desk) -> Card:
    """The customer says no to the plan that was offered: another one, or a talk."""
    plan = _awaited(request.action.subject, desk)
    desk.books.plans.save(replace(plan, state="rejected"))
    notes.read_reply(request.action.value, "plan", request.who, desk)
    desk.books.history.add("plan_rejected", customer=plan.customer, who=request.who)
    return _without_plan(plan, "plan_rejected", desk)


def withdraw(request: Request, desk: Desk) -> Card:
    """The offer was not answered and stands no longer."""
    plan = _awaited(request.action.subject, desk)
    desk.books.plans.save(replace(plan, state="withdrawn"))
    desk.books.history.add("plan_withdrawn", customer=plan.customer, who=request.who)
    return _without_plan(plan, "plan_withdrawn", desk)


def _without_plan(plan: Plan, card: str, desk: Desk) -> Card:
    customer = desk.books.customers.get(plan.customer)
    buttons = (
        desk.button("call", "call.show", customer.id, style="primary"),
        desk.button("other_plan", "plan.form", customer.id),
        desk.button("open", "customer.show", customer.id, look=True),
    )
    return desk.card(card, {"customer": customer.name}, buttons=buttons, subject=customer.id)


def _awaited(ident: str, desk: Desk) -> Plan:
    plan = desk.books.plans.get(ident)
    if plan.state != "offered":
        raise Refusal("plan_answered")
    return plan


def confirm(request: Request, desk: Desk) -> Action:
    """Draft the letter that puts a plan into writing: as an offer, or as what was agreed."""
    plan = desk.books.plans.get(request.action.subject)
    case = desk.books.case(plan.customer)
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"plan.confirm|{plan.id}")
    claims = [c for c in cases.owed(case) if c.invoice in plan.invoices]
    occasion = occasions.plan(plan, desk.today, desk, offer=plan.state == "offered")
    return Action("letter.show", table.compose(case, claims, occasion, desk, plan.id).id)


def _replace_earlier(case: Case, currency: str, desk: Desk) -> None:
    for plan in case.plans:
        if plan.state in ALIVE and plan.total.currency == currency:
            desk.books.plans.save(replace(plan, state="withdrawn"))


def over(request: Request, desk: Desk) -> Action:
    """The plan was not kept: what is left is asked for again. One that is kept beside it goes on."""
    customer = request.action.subject
    case = desk.books.case(customer)
    for plan in cases.given_up(case, desk.today, desk.country):
        desk.books.plans.save(replace(plan, state="in_default"))
    desk.books.history.add("plan_over", customer=customer, who=request.who)
    return Action("customer.show", customer)


ANSWERS: Answers = {
    "plan.form": form,
    "plan.offer": offer,
    "plan.preview": preview,
    "plan.agree": agree,
    "plan.propose": suggest,
    "plan.accept": accept,
    "plan.reject": reject,
    "plan.withdraw": withdraw,
    "plan.confirm": confirm,
    "plan.over": over,
}
