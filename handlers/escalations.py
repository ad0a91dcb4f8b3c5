"""Escalations: the four ways on side by side, handing over, writing off, and taking a claim back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot import cases, escalations, ways
from bot.cases import Case
from bot.chat import Action, Button, Card, Check, Item, Request
from bot.errors import Refusal
from bot.escalations import REASONS, Escalation
from bot.invoices import Invoice, State, open_totals
from bot.money import totals
from bot.ways import Way
from handlers.desk import Answers, Desk, handouts, law, new_id, notes, packs
from handlers.desk import drafts as table

Chosen = tuple[Case, tuple[Invoice, ...]]
STATES: dict[str, State] = {"hand_over": "handed_over", "write_off": "written_off"}


def show(request: Request, desk: Desk) -> Card:
    """The ways on for a customer's late claims, or for one: what each costs, needs and leads to."""
    case, invoices = _chosen(request.action, desk)
    stops = _in_the_way(case, invoices, desk)
    lacking = _needs(case, invoices, desk)
    facts = {"customer": case.customer.name, "owed": open_totals(invoices), "free": not stops}
    found = ways.ways(invoices, case, desk.business, desk.today)
    return desk.card(
        "ways",
        facts,
        items=tuple(_way(w, case, invoices, desk, is_free=not stops, missing=len(lacking)) for w in found),
        checks=(*stops, *_staying(case, invoices, desk, go=invoices), *lacking),
        law=law.rules(case, desk, invoices),
        buttons=(desk.button("pack", "pack.show", case.customer.id, _one(case, invoices), look=True),),
        subject=case.customer.id,
    )


def _chosen(action: Action, desk: Desk) -> Chosen:
    """The customer and the claims that are meant: invoices by their ids or number, else all late ones.

    Of all that are late the contested ones stay, as long as there are others.
    """
    named = action.subject or action.value
    customer = desk.customer(named)
    case = desk.books.case(customer.id)
    meant = {i.id for i in desk.books.invoices.by_number(named)} | {*action.value.split(",")}
    only = {i.id for i in case.invoices if i.id in meant}
    found = escalations.leaving(case, desk.today, desk.country, only)
    return case, found if only else escalations.uncontested(found, case)


def _one(case: Case, invoices: Collection[Invoice]) -> str:
    """The invoice that an action is about; empty where it is about all of the customer's."""
    still = [i for i in case.invoices if i.state == "open"]
    return next(iter(invoices)).id if len(invoices) == 1 < len(still) else ""


def _shown(invoices: Collection[Invoice]) -> str:
    """The invoices that a form names: whatever falls due before it is sent off is not among them."""
    return ",".join(i.id for i in invoices)


def _in_the_way(case: Case, invoices: Collection[Invoice], desk: Desk) -> tuple[Check, ...]:
    waiting = desk.books.incoming.waiting()
    found = escalations.in_the_way(invoices, case, desk.business, desk.today, waiting)
    return tuple(Check("stop", desk.word(f"refusals.{no.key}", **no.facts)) for no in found)


def _staying(
    case: Case, invoices: Collection[Invoice], desk: Desk, *, go: Collection[Invoice] = ()
) -> tuple[Check, ...]:
    """Which claims stay because they are contested, and which can go."""
    stay = escalations.staying(invoices, case, desk.today, desk.country)
    if not stay:
        return ()
    numbers = {"stay": [i.number for i in stay], "go": [i.number for i in go]}
    return (Check("look", desk.word("escalations.stays", **numbers)),)


def _lacking(case: Case, invoices: Collection[Invoice], desk: Desk) -> tuple[Check, ...]:
    """Which claims stay behind, and what an agency asks for that the books do not have."""
    return (*_staying(case, invoices, desk), *_needs(case, invoices, desk))


def _needs(case: Case, invoices: Collection[Invoice], desk: Desk) -> tuple[Check, ...]:
    kept = {i.id: len(desk.books.files.of_invoice(i.id)) for i in invoices}
    found = ways.missing(invoices, case, desk.business, kept)
    return tuple(Check("look", desk.word(f"escalations.needs.{f.key}", **f.facts)) for f in found)


def _way(
    way: Way, case: Case, invoices: Collection[Invoice], desk: Desk, *, is_free: bool, missing: int
) -> Item:
    """One way on as a row: what it costs, needs and leads to, and its button where it is open."""
    facts = {**way.facts, "missing": missing, "term": law.term(desk)}
    if isinstance(doors := facts.get("routes"), tuple):
        facts["routes"] = [desk.word(f"law_routes.{door}") for door in doors]
    customer, one = case.customer.id, _one(case, invoices)
    buttons = {
        "wait": desk.button("snooze", "pause.form", customer),
        "plan": desk.button("plan", "plan.form", customer),
        "hand_over": desk.button("hand_over", "escalation.agency", customer, one),
        "write_off": desk.button("write_off", "escalation.reason", customer, one),
    }
    leaves = way.kind in STATES
    is_open = not leaves or (is_free and facts.get("may", True))
    if way.kind == "plan":
        is_open = bool(cases.owed(case))
    title, text = (
        desk.word(f"escalations.titles.{way.kind}"),
        desk.word(f"escalations.ways.{way.kind}", **facts),
    )
    return Item(title, text, button=buttons[way.kind] if is_open else None)


def agency(request: Request, desk: Desk) -> Card:
    """To whom the claims are handed over; the agency of last time stands there."""
    case, invoices = _free(request.action, desk)
    ready = escalations.may_go(invoices, case, desk.business, desk.today)
    usual = escalations.usual_agency(desk.books.escalations.all())
    fields = (desk.field("agency", value=usual),)
    return desk.card(
        "hand_over",
        _facts(case, ready),
        checks=_lacking(case, ready, desk),
        form=desk.form(
            "escalation.hand_over", case.customer.id, fields, value=_shown(ready), submit="hand_over"
        ),
        subject=case.customer.id,
    )


def _free(action: Action, desk: Desk) -> Chosen:
    """The claims that are meant; refused while something stands in the way."""
    case, invoices = _chosen(action, desk)
    escalations.check_free(invoices, case, desk.business, desk.today, desk.books.incoming.waiting())
    return case, invoices


def _facts(case: Case, invoices: Collection[Invoice]) -> dict[str, object]:
    numbers = [i.number for i in invoices]
    return {"customer": case.customer.name, "numbers": numbers, "owed": open_totals(invoices)}


def hand_over(request: Request, desk: Desk) -> Card:
    """The claims are the agency's from today: the pack is made, and Purr falls silent about them."""
    case, invoices = _free(request.action, desk)
    ready = escalations.may_go(invoices, case, desk.business, desk.today)
    to = request.values.get("agency", "")
    given = escalations.hand_over(new_id(), ready, case, to, request.who, desk.today)
    pack = packs.make(case, desk, {i.id for i in ready})
    _leave(replace(given, pack=pack.id), ready, desk)
    desk.books.history.add("handed_over", customer=case.customer.id, who=request.who, what=given.to)
    return desk.card(
        "handed_over",
        _facts(case, ready) | {"agency": given.to},
        checks=_lacking(case, ready, desk),
        handouts=(handouts.of_pack(pack, desk),),
        buttons=(_back(given, desk),),
        subject=case.customer.id,
    )


def reason(request: Request, desk: Desk) -> Card:
    """Why the claims are given up."""
    case, invoices = _free(request.action, desk)
    options = tuple((each, desk.word(f"escalations.reasons.{each}")) for each in REASONS)
    fields = (
        desk.field("reason", "choice", REASONS[0], options=options),
        desk.field("note", "area", required=False),
    )
    form = desk.form(
        "escalation.write_off", case.customer.id, fields, value=_shown(invoices), submit="write_off"
    )
    checks = _staying(case, invoices, desk)
    return desk.card("write_off", _facts(case, invoices), checks=checks, form=form, subject=case.customer.id)


def write_off(request: Request, desk: Desk) -> Card:
    """The claims are given up; what the accounts and the tax office make of it is not ours to say."""
    case, invoices = _free(request.action, desk)
    why, note = request.values.get("reason", ""), request.values.get("note", "")
    given = escalations.write_off(new_id(), invoices, case, why, note, request.who, desk.today)
    _leave(given, invoices, desk)
    what = desk.word(f"escalations.reasons.{given.reason}")
    desk.books.history.add("written_off", customer=case.customer.id, who=request.who, what=what)
    facts = _facts(case, invoices) | {"country": desk.country}
    checks = _staying(case, invoices, desk)
    return desk.card(
        "written_off", facts, checks=checks, buttons=(_back(given, desk),), subject=case.customer.id
    )


def _leave(given: Escalation, invoices: Collection[Invoice], desk: Desk) -> None:
    """The claims leave the ladder: no draft about them waits, and what was agreed about them is over."""
    desk.books.escalations.add(given)
    notes.end_agreements({i.id for i in invoices}, desk.books.case(given.customer), desk)
    for invoice in invoices:
        desk.books.invoices.save(replace(invoice, state=STATES[given.kind]))
    table.put_away(given.customer, desk)


def _back(given: Escalation, desk: Desk) -> Button:
    return desk.button("reopen", "escalation.reopen", given.id, style="quiet")


def reopen(request: Request, desk: Desk) -> Card | Action:
    """The claims are the owner's again, where they stood: after a final notice nothing milder follows."""
    named = request.action.subject
    out = [e for e in desk.books.escalations.all() if e.id == named]
    out = out or list(desk.books.escalations.out(desk.customer(named).id))
    if len(out) == 1:
        return _reopened(out[0], request.who, desk)
    if not out:
        raise Refusal("nothing_elsewhere", customer=desk.customer(named).name)
    name = desk.books.customers.get(out[0].customer).name
    return desk.card("reopen", {"customer": name}, items=tuple(_row(e, desk) for e in out))


def _row(given: Escalation, desk: Desk) -> Item:
    """One thing that may be taken back, by its invoices, and who has it or why it was given up."""
    numbers = {i.id: i.number for i in desk.books.invoices.of(given.customer)}
    title = ", ".join(numbers[c.invoice] for c in given.claims)
    why = given.to or desk.word(f"escalations.reasons.{given.reason}")
    owed = desk.word("money", amounts=totals(c.amount for c in given.claims))
    return Item(title, why, owed, _back(given, desk))


def _reopened(given: Escalation, who: str, desk: Desk) -> Action:
    desk.books.escalations.save(escalations.ended(given, desk.today))
    about = {c.invoice for c in given.claims}
    for invoice in desk.books.invoices.of(given.customer):
        if invoice.id in about and invoice.state == STATES[given.kind]:
            desk.books.invoices.save(replace(invoice, state="open"))
    desk.books.history.add("reopened", customer=given.customer, who=who, what=given.to)
    return Action("customer.show", given.customer)


def pack(request: Request, desk: Desk) -> Card:
    """The evidence about a customer's open claims, or about one, as a file: `evidence pack 1042`."""
    named = request.action.subject or request.action.value
    customer = desk.customer(named)
    case = desk.books.case(customer.id)
    meant = {i.id for i in desk.books.invoices.by_number(named)} | {request.action.value}
    only = {i.id for i in case.invoices if i.id in meant}
    made = packs.make(case, desk, only)
    desk.books.history.add("pack_made", customer=customer.id, who=request.who, what=made.name)
    facts = {"customer": customer.name, "name": made.name}
    return desk.card("pack", facts, handouts=(handouts.of_pack(made, desk),), subject=customer.id)


ANSWERS: Answers = {
    "escalation.show": show,
    "escalation.agency": agency,
    "escalation.hand_over": hand_over,
    "escalation.reason": reason,
    "escalation.write_off": write_off,
    "escalation.reopen": reopen,
    "pack.show": pack,
}
