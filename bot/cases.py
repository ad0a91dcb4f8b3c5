"""Cases: all that is known about one customer's debts, what blocks asking, and what may be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot import disputes, plans, promises, workdays
from bot.disputes import Dispute
from bot.invoices import Invoice, is_open, is_payable
from bot.letters import Claim, Letter
from bot.money import Money, totals
from bot.parties import Customer
from bot.payments import Payment
from bot.plans import Plan
from bot.promises import Promise
from bot.registers import SILENT
from bot.replies import Call, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Asked to wait until a day; on that day the owner is asked again, nothing is sent.

    Of one invoice, of one customer, or of everything (both empty).
    """

    id: str
    until: date
    made: date
    customer: str = ""
    invoice: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One customer with all that bears on what to do next. `credit` is money of theirs on no invoice.

    `payments` are all of theirs where one customer is looked at; among many, only where something was agreed.
    """

    customer: Customer
    invoices: tuple[Invoice, ...] = ()
    letters: tuple[Letter, ...] = ()
    replies: tuple[Reply, ...] = ()
    promises: tuple[Promise, ...] = ()
    plans: tuple[Plan, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    pauses: tuple[Pause, ...] = ()
    calls: tuple[Call, ...] = ()
    credit: tuple[Money, ...] = ()
    payments: tuple[Payment, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Why a claim is left alone just now; `invoice` empty: the whole customer. Its facts fill the words."""

    kind: str
    invoice: str = ""
    until: date | None = None
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands on a day: what is late, what keeps us silent, and what may be asked for."""

    late: tuple[Invoice, ...]
    blocks: tuple[Block, ...]
    claims: tuple[Claim, ...]


def standing(case: Case, today: date, country: str) -> Standing:
    """What is late, blocked and claimable today, all at once."""
    overdue = late(case, today, country)
    found = (*_customer_blocks(case, today, country), *_invoice_blocks(case, today, country))
    asked = _askable(case, found, overdue)
    credited = tuple(_credit_blocks(case, asked))
    silent = {b.invoice for b in credited}
    left = () if any(not b.invoice for b in found) else asked
    return Standing(
        overdue, (*found, *credited), tuple(Claim(i.id, amount) for i, amount in left if i.id not in silent)
    )


def blocks(case: Case, today: date, country: str) -> tuple[Block, ...]:
    """Everything that keeps us silent towards this customer, or about one of their invoices, today."""
    return standing(case, today, country).blocks


def late(case: Case, today: date, country: str) -> tuple[Invoice, ...]:
    """The invoices past their due date and any day of rest that moves it, the oldest first."""
    found = [i for i in case.invoices if is_open(i) and not is_payable(i, today, country)]
    return tuple(sorted(found, key=lambda i: (i.due or today, i.number)))


def bearing_on(customer: Customer, invoices: Iterable[Invoice], pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The pauses of a customer, of one of their invoices, and of everything."""
    ids = {invoice.id for invoice in invoices}
    return tuple(
        p for p in pauses if p.customer == customer.id or p.invoice in ids or not (p.customer or p.invoice)
    )


def is_paused(case: Case, today: date) -> bool:
    """Whether the owner asked to wait with this customer, or with everybody, until after today."""
    return any(not pause.invoice and today < pause.until for pause in case.pauses)


def pause_over(case: Case, today: date) -> Pause | None:
    """The pause whose day has come, so that the owner is asked, until they have done something since."""
    done = [x.made for x in case.letters] + [x.made for x in case.promises] + [x.made for x in case.pauses]
    done += [call.day for call in case.calls]
    over = [p for p in case.pauses if p.until <= today and not any(day >= p.until for day in done)]
    return max(over, key=lambda p: p.until, default=None)


def spoken_on(case: Case, day: date) -> date | None:
    """The day, if somebody there was spoken with on it: what was agreed then was agreed by telephone."""
    return day if any(c.spoken and c.day == day for c in case.calls) else None


def owed(case: Case) -> tuple[Claim, ...]:
    """What an agreement may be about: all that is open, less what is parked, contested or given up."""
    left = (
        (i, disputes.undisputed(i, case.disputes))
        for i in case.invoices
        if i.state == "open" and not i.parked
    )
    return tuple(Claim(i.id, amount) for i, amount in left if amount)


def last_paid(case: Case) -> Payment | None:
    """The last money of theirs that came on an invoice; a credit note is none."""
    came = [p for p in case.payments if p.kind == "payment" and p.invoice and p.amount.minor > 0]
    return max(came, key=lambda p: p.day, default=None)


def at_issue(case: Case) -> tuple[Claim, ...]:
    """What an answer about money can name: what they owe, else what they paid last."""
    last = last_paid(case)
    return owed(case) or ((Claim(last.invoice, last.amount),) if last else ())


def given_up(case: Case, today: date, country: str) -> tuple[Plan, ...]:
    """The plans that are over when an owner says that one was not kept: the missed, else all that run."""
    active = [p for p in case.plans if p.state == "active"]
    return tuple(p for p in active if not is_kept(p, case, today, country)) or tuple(active)


def received(plan: Plan, case: Case) -> Money:
    """What has come in on one of their plans."""
    return plans.received(plan, case.invoices, case.disputes, case.payments)


def is_kept(plan: Plan, case: Case, today: date, country: str) -> bool:
    """Whether one of their plans is in good standing."""
    return plans.in_good_standing(plan, received(plan, case), today, country)


def plan_kept(invoice: Invoice, case: Case, today: date, country: str) -> bool:
    """Whether an invoice is being paid by a plan in good standing."""
    return any(invoice.id in p.invoices and is_kept(p, case, today, country) for p in case.plans)


def claims(case: Case, today: date, country: str) -> tuple[Claim, ...]:
    """What may be asked for today: late, not blocked, and only the part that is not contested."""
    return standing(case, today, country).claims


def _askable(
    case: Case, found: Iterable[Block], overdue: Iterable[Invoice]
) -> tuple[tuple[Invoice, Money], ...]:
    """The late invoices that no block names, each with the part that is not contested."""
    silent = {b.invoice for b in found}
    asked = ((i, disputes.undisputed(i, case.disputes)) for i in overdue if i.id not in silent)
    return tuple((invoice, amount) for invoice, amount in asked if amount)


def _customer_blocks(case: Case, today: date, country: str) -> Iterator[Block]:
    name = case.customer.name
    if case.customer.no_contact:
        yield Block("no_contact", facts={"customer": name})
    if case.customer.standing in SILENT:
        yield Block(case.customer.standing, facts={"customer": name})
    if case.customer.mine:
        yield Block("mine", facts={"customer": name})
    if any(r.unread for r in case.replies):
        yield Block("reply", facts={"customer": name})
    if any(letter.pending for letter in case.letters):
        yield Block("letter_pending", facts={"customer": name})
    for pause in case.pauses:
        if not pause.invoice and today < pause.until:
            yield Block("pause", until=pause.until, facts={"day": pause.until})
    for promise in case.promises:
        if promises.holds(promise, today, country):
            until = promises.follow_up(promise, country)
            yield Block(promise.kind, until=until, facts={"customer": name, "day": promise.day})


def _invoice_blocks(case: Case, today: date, country: str) -> Iterator[Block]:
    planned = {i: p for p in case.plans if is_kept(p, case, today, country) for i in p.invoices}
    offered = {i: p for p in case.plans if plans.is_awaited(p, today, country) for i in p.invoices}
    for invoice in case.invoices:
        if not is_open(invoice):
            continue
        if invoice.parked:
            yield Block("parked", invoice.id)
        if invoice.state == "handed_over":
            yield Block("handed_over", invoice.id)
        if not disputes.undisputed(invoice, case.disputes):
            yield Block("dispute", invoice.id, facts={"invoice": invoice.number})
        if invoice.id in planned:
            plan = planned[invoice.id]
            part = plans.next_instalment(plan, received(plan, case))
            yield Block("plan", invoice.id, until=plans.grace_end(part, country) if part else None)
        if invoice.id in offered:
            by = plans.answer_by(offered[invoice.id], country)
            yield Block("offer", invoice.id, until=workdays.after(by, country), facts={"day": by})
        for pause in case.pauses:
            if pause.invoice == invoice.id and today < pause.until:
                yield Block("pause", invoice.id, until=pause.until, facts={"day": pause.until})


def _credit_blocks(case: Case, asked: Sequence[tuple[Invoice, Money]]) -> Iterator[Block]:
    """The claims of a currency in which money of theirs is on no invoice: that has its place first."""
    held = {m.currency: m for m in totals(case.credit)}
    for invoice, amount in asked:
        if have := held.get(amount.currency):
            yield Block("credit", invoice.id, facts={"customer": case.customer.name, "amounts": (have,)})
