"""What is known of a customer, as facts of their card: how to reach them best, and what to do next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.cases import Case
from bot.chat import Button, Fact
from bot.parties import Customer
from bot.reach import best_way, usual_hours
from bot.upfront import reasons
from handlers.desk import Desk, agreed, joined


def facts(case: Case, desk: Desk) -> tuple[Fact, ...]:
    """All of it, each with its reason."""
    next_time = upfront(case, desk)
    return (
        *_contact(case.customer, desk),
        *reached(case, desk),
        *agreed.record(case, desk),
        *((Fact(desk.word("known.next_time"), next_time),) if next_time else ()),
    )


def _contact(customer: Customer, desk: Desk) -> tuple[Fact, ...]:
    """What else they are called, and how they are reached, each ready to copy."""
    known = {"email": customer.to, "phone": customer.phone, "language": customer.language}
    shown = known | {"language": desk.word(f"languages.{customer.language}") if customer.language else ""}
    ways = (
        Fact(desk.word(f"fields.{name}"), value, value if name != "language" else "")
        for name, value in shown.items()
        if value
    )
    return (*joined.facts(customer, desk), *ways)


def reached(case: Case, desk: Desk) -> tuple[Fact, ...]:
    """By which way they answer, and at which hours they write, as far as that is clear."""
    way, hours = best_way(case, desk.business.zone), usual_hours(case, desk.business.zone)
    said = [desk.word(f"known.ways.{way.way}", count=way.count, out_of=way.out_of)] if way else []
    said += [desk.word("known.hours", first=hours.first, last=hours.last)] if hours else []
    return (Fact(desk.word("known.reached"), " ".join(said)),) if said else ()


def by_phone_first(buttons: Sequence[Button], case: Case, desk: Desk) -> tuple[Button, ...]:
    """The way to call before the way to write, where they clearly answer by phone and can be called."""
    way, may_write = best_way(case, desk.business.zone), any(b.action.verb == "letter.draft" for b in buttons)
    if not (may_write and case.customer.phone and way and way.way == "phone"):
        return tuple(buttons)
    calls = [replace(b, style="primary") for b in buttons if b.action.verb == "call.show"]
    rest = (b for b in buttons if b.action.verb != "call.show")
    return (*calls, *(replace(b, style="plain") if b.style == "primary" and calls else b for b in rest))


def upfront(case: Case, desk: Desk) -> str:
    """That part of it may be asked for up front next time, and why; empty where nothing speaks for it."""
    said = [desk.word(f"known.upfront.{r.key}", **r.facts) for r in reasons(case, desk.today)]
    return " ".join([desk.word("known.upfront.ask"), *said]) if said else ""
