"""Notes that several features write down alike: an answer read, a pause, a promise resolved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from bot import cases, plans, promises
from bot.cases import Case, Pause
from bot.errors import Refusal
from bot.invoices import is_open
from bot.letters import Claim
from bot.replies import Meaning
from handlers.desk import Desk, new_id

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


def close_promises(customer: str, state: Closed, desk: Desk) -> None:
    """Open promises of a customer are over, in the way named."""
    for promise in desk.books.promises.of(customer):
        if promise.state == "open":
            desk.books.promises.save(replace(promise, state=state))


def settle_agreements(customer: str, desk: Desk) -> None:
    """Plans and promises are kept by the money in the books, and open again where it was taken back."""
    case = desk.books.case(customer)
    for plan in case.plans:
        if (judged := plans.judged(plan, case.invoices, case.payments)) != plan:
            desk.books.plans.save(judged)
    for promise in case.promises:
        if (told := promises.judged(promise, case.invoices, case.payments)) != promise:
            desk.books.promises.save(told)


def to_agree_on(case: Case) -> tuple[Claim, ...]:
    """What an agreement with a customer may be about; refused when that is nothing, and why."""
    claims = cases.owed(case)
    if not claims:
        key = "all_rests" if any(is_open(i) for i in case.invoices) else "nothing_open"
        raise Refusal(key, customer=case.customer.name)
    return claims
