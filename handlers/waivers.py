"""Waivers: *pay by Friday and I drop the fee*, or dropped at once; remembered until it has come true."""

from __future__ import annotations

from dataclasses import replace

from bot import waivers
from bot.chat import Action, Card, Request
from bot.errors import Refusal
from bot.money import totals
from bot.promises import Promise, is_missed
from handlers.desk import Answers, Desk, new_id, notes
from handlers.desk import drafts as table


def form(request: Request, desk: Desk) -> Card:
    """The day by which the invoices must be paid, or the word that nothing is asked for it."""
    case = desk.books.case(request.action.subject)
    customer, asked = case.customer, waivers.asked(case)
    if not asked:
        raise Refusal("nothing_to_waive", customer=customer.name)
    fields = (desk.field("until", hint=desk.word("hints.until")),)
    return desk.card(
        "waiver",
        {"customer": customer.name, "asked": totals(c.amount for c in asked)},
        form=desk.form("waiver.offer", customer.id, fields),
        buttons=(desk.button("waive_now", "waiver.give", customer.id, style="quiet"),),
        subject=customer.id,
    )


def offer(request: Request, desk: Desk) -> Card:
    """Paid by a day, they are let off; they are left alone until it and a bank day's grace have passed."""
    case = desk.books.case(request.action.subject)
    until = desk.day(request.values.get("until", ""))
    offered = waivers.offer(new_id(), case, until, desk.today)
    return _keep(offered, desk.word("day", day=offered.day, today=desk.today), request, desk)


def give(request: Request, desk: Desk) -> Card:
    """They are let off at once, and owe the invoices alone."""
    given = waivers.give(new_id(), desk.books.case(request.action.subject), desk.today)
    return _keep(given, desk.word("money", amounts=(given.drops,)), request, desk)


def _keep(waiver: Promise, what: str, request: Request, desk: Desk) -> Card:
    notes.close_promises(waiver.customer, "withdrawn", desk, "waiver")
    desk.books.promises.add(waiver)
    table.silence(waiver.customer, desk)
    given = waiver.state == "kept"
    kind = "waiver_given" if given else "waiver_made"
    desk.books.history.add(kind, customer=waiver.customer, who=request.who, what=what)
    customer = desk.books.customers.get(waiver.customer)
    facts = {"customer": customer.name, "day": waiver.day, "dropped": waiver.drops, "given": given}
    write = desk.button("confirm", "promise.confirm", waiver.id, style="primary")
    return desk.card("waiver_made", facts, buttons=(write,), subject=customer.id)


def over(request: Request, desk: Desk) -> Action:
    """Not paid in time: what was asked for stands, and the reminders may go on."""
    customer = request.action.subject
    for offered in desk.books.promises.of(customer):
        if offered.kind == "waiver" and is_missed(offered, desk.today, desk.country):
            desk.books.promises.save(replace(offered, state="broken"))
            desk.books.history.add("waiver_lapsed", customer=customer, who=request.who)
    return Action("customer.show", customer)


ANSWERS: Answers = {
    "waiver.form": form,
    "waiver.offer": offer,
    "waiver.give": give,
    "waiver.over": over,
}
