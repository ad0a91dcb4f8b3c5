"""Notes that several features write down alike: an answer read, a pause, a promise resolved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Literal

from bot import cases, plans, promises
from bot.cases import Case, Pause
from bot.chat import Card
from bot.errors import Refusal
from bot.invoices import Invoice, is_open
from bot.letters import Claim
from bot.money import Money
from bot.nudges import next_nudge
from bot.payments import Payment
from bot.promises import Kind, Promise
from bot.replies import Meaning
from handlers.desk import Desk, new_id
from handlers.desk.escalated import news

Closed = Literal["kept", "broken", "withdrawn"]


def read_reply(ident: str, meaning: Meaning, who: str, desk: Desk) -> None:
    """An answer counts as read, with what it meant; nothing where a matter did not start from one."""
    if not ident:
        return
    reply = desk.books.replies.get(ident)
    if reply.unread:
        desk.books.replies.save(replace(reply, meaning=meaning))
        what = desk.word(f"buttons.means_{meaning}")
        desk.books.history.add("reply_read", customer=reply.customer, who=who, what=what)


def pause(customer: str, until: date, desk: Desk) -> None:
    """Leave a customer alone until a day, on which the owner is asked again."""
    desk.books.pauses.add(Pause(id=new_id(), customer=customer, until=until, made=desk.today))


def close_promises(
    customer: str, state: Closed, desk: Desk, *kinds: Kind, about: Collection[str] = ()
) -> bool:
    """Open promises of a customer are over; whether there were any.

    Of these kinds, and about any of these invoices, where any are named.
    """
    of_kind = (p for p in desk.books.promises.of(customer) if not kinds or p.kind in kinds)
    meant = (p for p in of_kind if not about or _concerns(p, about))
    closed = [replace(p, state=state) for p in meant if p.state == "open"]
    for promise in closed:
        desk.books.promises.save(promise)
    return bool(closed)


def _concerns(promise: Promise, invoices: Collection[str]) -> bool:
    """Whether a promise is about any of these invoices; one that names none is about all."""
    about = {c.invoice for c in promise.claims}
    return not about or not about.isdisjoint(invoices)


def make_way(new: Promise, desk: Desk) -> None:
    """What was agreed before gives way to a new promise or more time, but for what it is a part of."""
    for earlier in desk.books.promises.of(new.customer):
        is_agreed = earlier.state == "open" and earlier.kind in promises.AGREED
        if is_agreed and not promises.stands_beside(earlier, new):
            desk.books.promises.save(replace(earlier, state="withdrawn"))


def end_agreements(invoices: Collection[str], case: Case, desk: Desk) -> None:
    """What was agreed about some invoices is over: broken if it was missed, else withdrawn."""
    for promise in case.promises:
        if promise.state != "open" or not _concerns(promise, invoices):
            continue
        is_missed = promise.kind in promises.AGREED and promises.is_missed(promise, desk.today, desk.country)
        desk.books.promises.save(replace(promise, state="broken" if is_missed else "withdrawn"))
    for plan in case.plans:
        if plan.state not in plans.ALIVE or set(plan.invoices).isdisjoint(invoices):
            continue
        missed = plans.missed(plan, cases.received(plan, case), desk.today, desk.country)
        over: plans.State = "in_default" if plan.state == "active" and missed else "withdrawn"
        desk.books.plans.save(replace(plan, state=over))


def credit(amount: Money, invoice: Invoice, desk: Desk) -> None:
    """A credit note on an invoice."""
    desk.books.payments.add(
        Payment(
            id=new_id(),
            customer=invoice.customer,
            invoice=invoice.id,
            day=desk.today,
            amount=amount,
            kind="credit_note",
            at=desk.now,
        )
    )


def money(kind: str, amount: Money, invoice: str, customer: str, who: str, desk: Desk) -> None:
    """Money that came or was taken back, in the history."""
    what = desk.word("money", amounts=(amount,))
    desk.books.history.add(kind, customer=customer, invoice=invoice, who=who, what=what)


def end_offers(customer: str, desk: Desk) -> None:
    """An offer to let something off is over once all of it was paid with what was asked beyond it."""
    left = {c.invoice for c in cases.owed(desk.books.case(customer))}
    for promise in desk.books.promises.of(customer):
        about = {c.invoice for c in promise.claims}
        if (promise.kind, promise.state) == ("waiver", "open") and not left & about:
            desk.books.promises.save(replace(promise, state="withdrawn"))


def settle_agreements(customer: str, desk: Desk) -> tuple[Card, ...]:
    """Plans and promises are kept by the money in the books, and open again where it was taken back.

    Gives a card for each waiver that has become due to the customer, and for an agency that is to hear of it.
    """
    heard = news(customer, desk)
    if not desk.books.plans.of(customer) and not desk.books.promises.of(customer):
        return heard  # as for most of the thousands whom one bank file may tell of
    case = desk.books.case(customer)
    for plan in case.plans:
        if (judged := plans.judged(plan, case.invoices, case.payments)) != plan:
            desk.books.plans.save(judged)
            if judged.state != "active":
                desk.books.history.add(f"plan_{judged.state}", customer=customer)
    told: list[Card] = []
    for promise in case.promises:
        now = promises.judged(promise, case.invoices, case.payments, desk.country)
        if now.state != promise.state:
            desk.books.promises.save(now)
            if now.state == "kept" and now.kind in promises.AGREED:
                desk.books.history.add("promise_kept", customer=customer)
            told += _waived(now, case, desk)
    return (*told, *heard)


def _waived(promise: Promise, case: Case, desk: Desk) -> tuple[Card, ...]:
    """The end of a waiver in the history, and a card where the customer is let off as offered."""
    if promise.kind != "waiver" or promise.state == "open":
        return ()
    customer, dropped = case.customer, desk.word("money", amounts=(promise.drops,))
    if promise.state == "broken":
        desk.books.history.add("waiver_lapsed", customer=customer.id)
        return ()
    desk.books.history.add("waiver_kept", customer=customer.id, what=dropped)
    facts = {"customer": customer.name, "dropped": promise.drops}
    return (desk.card("waiver_kept", facts, subject=customer.id),)


def to_agree_on(case: Case) -> tuple[Claim, ...]:
    """What an agreement with a customer may be about; refused when that is nothing, and why."""
    claims = cases.owed(case)
    if not claims:
        key = "all_rests" if any(is_open(i) for i in case.invoices) else "nothing_open"
        raise Refusal(key, customer=case.customer.name)
    return claims


def plan_list(desk: Desk) -> None:
    """The next list comes as the business now wants it; one that is due already still comes."""
    due = desk.books.next_nudge()
    if due is None or due > desk.now:
        desk.books.set_next_nudge(next_nudge(desk.business, desk.now))
