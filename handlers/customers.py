"""Customers: the card of one, and what the owner wants done with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import cases, checks, pages, waivers, workdays
from bot.cases import Case
from bot.chat import Action, Button, Card, Check, Item, Request
from bot.credit import Credit
from bot.escalations import elsewhere
from bot.invoices import days_overdue, is_open, open_totals, outstanding
from bot.letters import Letter
from bot.parties import Customer
from bot.reminders import Step, demandable, next_step
from bot.rest import asked_after, asked_on
from handlers.desk import Answers, Desk, agreed, bank, handouts, heard, joined, known, law, ledgers

ROWS = 8
"""How many invoices a card lists at the most."""


def show(request: Request, desk: Desk) -> Card:
    """A customer's card: what is open, what to check first, what may be done."""
    return customer_card(desk.books.case(request.action.subject), desk)


def customer_card(case: Case, desk: Desk) -> Card:
    """The card of one customer as things stand today."""
    step = next_step(case, desk.business, desk.today)
    if step.kind == "answer":
        return heard.card(next(r for r in case.replies if r.unread), case, desk)
    owed = open_totals(i for i in case.invoices if is_open(i))
    facts = {
        "customer": case.customer.name,
        "why": reason(step, case, desk),
        "owed": owed,
        "today": desk.today,
    }
    card = desk.card(
        "customer",
        facts | {"again": _asks_again(step, desk)},
        facts=known.facts(case, desk),
        items=_invoices(case, desk),
        handouts=handouts.of_invoices((i.id for i in case.invoices if is_open(i)), desk),
        checks=(*joined.checks(case.customer, desk), *_checks(case, desk)),
        law=law.rules(case, desk),
        buttons=known.by_phone_first(_buttons(case, step, desk), case, desk),
        subject=case.customer.id,
    )
    return replace(card, foot=desk.word("escalations.silent")) if step.why == "handed_over" else card


def reason(step: Step, case: Case, desk: Desk) -> str:
    """Where things stand with a customer, in one sentence."""
    facts: dict[str, object] = {
        "customer": case.customer.name,
        "opens": step.opens,
        "announced": step.announced,
    }
    late = cases.late(case, desk.today, desk.country)
    facts |= {"days": max((days_overdue(i, desk.today) for i in late), default=0)}
    key = "announced" if step.announced and step.kind != "final_notice" else step.why
    return desk.word(
        f"standing.{key}", **_step_facts(step), **facts, last=_last_letter(case), term=law.term(desk)
    )


def _step_facts(step: Step) -> dict[str, object]:
    """What the words for a step need beyond the dates, the same whatever the step."""
    part, promise = step.facts.get("part"), step.facts.get("promise")
    until = step.facts.get("until") or next((b.until for b in step.blocks if b.until), step.opens)
    return {
        "part": part,
        "promise": promise,
        "plan": step.facts.get("plan"),
        "amounts": credit.amounts if isinstance(credit := step.facts.get("credit"), Credit) else (),
        "until": until,
        "level": step.level,
        "amount": step.facts.get("amount"),
    }


def _last_letter(case: Case) -> Letter | None:
    return max((x for x in case.letters if x.reached), key=lambda x: x.went_on, default=None)


def _asks_again(step: Step, desk: Desk) -> date | None:
    """The day on which the owner is asked again; None for the next bank day."""
    if step.kind in ("wait", "look"):
        return asked_on(desk.business, max(step.opens, desk.today))
    again = asked_after(desk.business, desk.today)
    return again if again != workdays.after(desk.today, desk.country) else None


def _invoices(case: Case, desk: Desk) -> tuple[Item, ...]:
    open_ones = sorted(
        (i for i in case.invoices if is_open(i)), key=lambda i: (i.due or desk.today, i.number)
    )
    items = [
        Item(
            desk.word("invoice_title", number=i.number, what=i.description),
            desk.word("invoice_line", due=i.due, days=days_overdue(i, desk.today), today=desk.today),
            desk.word("money", amounts=(outstanding(i),)),
        )
        for i in open_ones[:ROWS]
    ]
    if len(open_ones) > ROWS:
        items.append(Item(desk.word("and_more", count=len(open_ones) - ROWS)))
    return tuple(items)


def _checks(case: Case, desk: Desk) -> tuple[Check, ...]:
    if not cases.late(case, desk.today, desk.country):
        return ()
    seen, waiting = bank.seen(desk), desk.books.incoming.waiting()
    found = checks.before_writing(case, desk.business, desk.today, seen, waiting)
    told = (Check(f.state, desk.word(f"checks.{f.key}", **f.facts)) for f in found)
    return (*told, *ledgers.fresh(desk))


def _buttons(case: Case, step: Step, desk: Desk) -> tuple[Button, ...]:
    customer = case.customer.id
    if step.kind == "unknown":
        letter = str(step.facts["letter"])
        return (
            desk.button("went_out", "letter.went_out", letter),
            desk.button("did_not_go", "letter.did_not_go", letter),
        )
    late = [*_missed(step, customer, desk), *_writing(case, step, desk)]
    late += [*agreed.ways(case, step, desk), *_disputes(case, desk)]
    if case.customer.mine:
        late.append(desk.button("give_back", "customer.give_back", customer))
    money = [desk.button("paid", "payment.form", customer)] if any(is_open(i) for i in case.invoices) else []
    rest = _silent(customer, desk) if case.customer.no_contact else _talk(case, desk, bool(money))
    return (
        *late,
        *money,
        *rest,
        *_elsewhere(case, desk),
        *_page(case, desk),
        *_register(case.customer, desk),
        *joined.ways(case.customer, desk),
        *_data(case.customer, desk),
        desk.button("history", "customer.history", customer, style="quiet", look=True),
    )


def _elsewhere(case: Case, desk: Desk) -> tuple[Button, ...]:
    """The way back for claims that were handed over or written off."""
    if not elsewhere(case):
        return ()
    return (desk.button("reopen", "escalation.reopen", case.customer.id, style="quiet"),)


def _page(case: Case, desk: Desk) -> tuple[Button, ...]:
    """What they can look at, where the page of one of their letters is open."""
    closed = desk.books.pages.closed([x.id for x in case.letters])
    if not desk.has_page or not desk.business.page or not pages.alive(case.letters, closed, desk.today):
        return ()
    return (desk.button("page", "page.show", case.customer.id, style="quiet", look=True),)


def _register(customer: Customer, desk: Desk) -> tuple[Button, ...]:
    if not desk.register_of(customer):
        return ()
    return (desk.button("look_up", "customer.look_up", customer.id, style="quiet"),)


def _data(customer: Customer, desk: Desk) -> tuple[Button, ...]:
    """The way to all that is kept about them; of one who was erased there is no more to it."""
    if customer.erased:
        return ()
    return (
        Button(desk.word("privacy.buttons.data"), Action("privacy.show", customer.id), "quiet", look=True),
    )


def _missed(step: Step, customer: str, desk: Desk) -> list[Button]:
    """The ways on when what was agreed has not come, money waits for its place, or an old debt rests."""
    if step.why == "waiver_missed":
        return [
            desk.button("fee_stands", "waiver.over", customer, style="primary"),
            desk.button("more_time", "waiver.form", customer),
            desk.button("waive_now", "waiver.give", customer),
        ]
    if step.kind == "credit":
        return [
            desk.button("use_credit", "credit.use", customer, style="primary"),
            desk.button("credit_settled", "credit.settle", customer),
        ]
    if step.kind == "promise_missed":
        return [desk.button("promise_over", "promise.over", customer, style="primary")]
    if step.kind == "part_missed":
        return [desk.button("plan_over", "plan.over", customer)]
    if step.why == "parked":
        return [desk.button("take_one", "parked.take", customer, style="primary")]
    return []


def _writing(case: Case, step: Step, desk: Desk) -> list[Button]:
    """The letter that may be written now, and the way to let the customer off what the last one added."""
    customer, found = case.customer.id, []
    if step.kind == "decide":
        found = [desk.button("ways_on", "escalation.show", customer, style="primary")]
        if demandable(case, step.claims, desk.business, desk.today):
            found.append(desk.button("write_demand", "letter.demand", customer))
    elif step.claims and step.kind not in ("wait", "call", "decide"):
        label = "write_notice" if step.kind == "final_notice" else "draft"
        found = [desk.button(label, "letter.draft", customer, style="primary")]
    if step.why != "waiver_missed" and waivers.asked(case):
        found.append(desk.button("waive", "waiver.form", customer))
    return found


def _disputes(case: Case, desk: Desk) -> list[Button]:
    """The way to settle each open dispute, named by its invoice where there are several."""
    contested = [d for d in case.disputes if d.closed is None]
    if len(contested) == 1:
        return [desk.button("dispute_close", "dispute.settle", contested[0].id)]
    numbers = {i.id: i.number for i in case.invoices}
    return [
        Button(
            desk.word(
                "settle_which", invoice=numbers[d.invoice], reason=desk.word(f"dispute_reasons.{d.reason}")
            ),
            Action("dispute.settle", d.id),
        )
        for d in contested
    ]


def _silent(customer: str, desk: Desk) -> list[Button]:
    return [
        desk.button("log_reply", "reply.form", customer),
        desk.button("may_write", "customer.may_write", customer),
    ]


def _talk(case: Case, desk: Desk, owes: bool) -> list[Button]:
    customer = case.customer.id
    answer = desk.button("log_reply", "reply.form", customer)
    if not owes:
        return [answer]
    return [
        desk.button("call", "call.show", customer),
        answer,
        *([desk.button("plan", "plan.form", customer)] if cases.owed(case) else []),
        desk.button("disputed", "dispute.form", customer),
        desk.button("snooze", "pause.form", customer),
        desk.button("mine", "customer.mine", customer, style="quiet"),
        desk.button("contact", "customer.contact", customer, style="quiet"),
    ]


def may_write(request: Request, desk: Desk) -> Card:
    """A customer who wanted no contact may be written to again, as the owner says."""
    customer = desk.customer(request.action.subject)
    desk.books.customers.save(replace(customer, no_contact=False))
    desk.books.history.add("contact_again", customer=customer.id, who=request.who)
    return customer_card(desk.books.case(customer.id), desk)


def mine(request: Request, desk: Desk) -> Card:
    """The owner takes a customer over: Purr falls silent about them until told otherwise."""
    return _own(request, desk, True)


def give_back(request: Request, desk: Desk) -> Card:
    """The owner hands a customer back to the ladder."""
    return _own(request, desk, False)


def _own(request: Request, desk: Desk, is_mine: bool) -> Card:
    customer = desk.customer(request.action.subject)
    desk.books.customers.save(replace(customer, mine=is_mine))
    kind = "customer_mine" if is_mine else "customer_given_back"
    desk.books.history.add(kind, customer=customer.id, who=request.who)
    return desk.card(kind, {"customer": customer.name}, subject=customer.id)


ANSWERS: Answers = {
    "customer.show": show,
    "customer.may_write": may_write,
    "customer.mine": mine,
    "customer.give_back": give_back,
}
