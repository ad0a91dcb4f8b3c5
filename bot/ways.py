"""Ways on from a claim that no letter helps any more: wait, plan, hand over, write off; side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.answers import Answer
from bot.cases import Case
from bot.checks import Finding
from bot.claims import answers
from bot.countries import country
from bot.invoices import Invoice, open_totals
from bot.money import Money, totals
from bot.parties import Business

WayKind = Literal["wait", "plan", "hand_over", "write_off"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way on; its facts say what it costs and leads to. None among them is not known, and is said so."""

    kind: WayKind
    facts: Mapping[str, object] = field(default_factory=dict)


def ways(invoices: Collection[Invoice], case: Case, business: Business, today: date) -> tuple[Way, ...]:
    """The four ways on for some claims."""
    told = tuple(answers(invoices, case, business, today).values())
    national = country(business.country).currency
    handing = {"fee": _fee(told, national), "consumer": case.customer.kind == "consumer"}
    return (
        Way("wait", _waiting(told, business)),
        Way("plan", {"fee": _plan_fee(told, national)}),
        Way("hand_over", handing | _doors(told, business)),
        Way("write_off", {"owed": open_totals(invoices), "country": business.country}),
    )


def is_consumer(case: Case) -> bool:
    """Whether the law protects the customer as a consumer; who is not known is one."""
    return case.customer.kind in ("consumer", "unknown")


def _waiting(told: Collection[Answer], business: Business) -> dict[str, object]:
    """What the time brings: interest, where its rate is known, and the day the first claim lapses."""
    known = [each.interest for each in told if each.interest]
    rates = {one.segments[-1].rate for one in known if one.segments}
    is_known = len(known) == len(told)
    interest = totals(one.amount for one in known if one.amount)
    lapses = [each.limitation.bars_on for each in told if each.limitation.bars_on]
    return {
        "is_known": is_known,
        "interest": interest if is_known else (),
        "rate": rates.pop() if is_known and len(rates) == 1 else None,
        "asked": "interest" in business.charges,
        "bars_on": min(lapses, default=None),
    }


def _plan_fee(told: Collection[Answer], national: str) -> Money | None:
    """What the law lets one ask for a written plan; None where it names no such fee."""
    most = max((each.plan_fee for each in told if each.plan_fee), default=None)
    return Money.of(most, national) if most else None


def _fee(told: Collection[Answer], national: str) -> Money | None:
    """What the law lets one add once for handing a claim over; None where it names no such fee."""
    most = max((each.escalation.max_fee for each in told if each.escalation.max_fee), default=None)
    return Money.of(most, national) if most else None


def _doors(told: Collection[Answer], business: Business) -> dict[str, object]:
    """Where the claims may go by the law of the country, whether today, and from when if that is known."""
    found = [each.escalation for each in told]
    doors = dict.fromkeys(f"{business.country}.{door}" for each in found for door in each.routes)
    days = [each.opens for each in found if each.opens]
    may = any(each.may for each in found)
    return {"routes": tuple(doors), "may": may, "opens": None if may else min(days, default=None)}


def missing(
    invoices: Collection[Invoice], case: Case, business: Business, kept: Mapping[str, int]
) -> tuple[Finding, ...]:
    """What an agency asks for and the books do not have; `kept` counts the files kept with each invoice."""
    of_each = (f for invoice in invoices for f in _of_invoice(invoice, kept.get(invoice.id, 0)))
    return (*_of_customer(case, business), *of_each)


def _of_customer(case: Case, business: Business) -> Iterator[Finding]:
    known = case.customer
    name: dict[str, object] = {"customer": known.name}
    if not known.address:
        yield Finding("address", "look", name)
    if known.kind == "unknown":
        yield Finding("kind", "look", name)
    elif known.kind == "consumer":
        yield Finding("identity", "look", name)
    elif not known.number:
        yield Finding("number", "look", name)
    if known.country and known.country != business.country:
        yield Finding("abroad", "look", name)
    if known.standing in ("bankrupt", "dissolved"):
        yield Finding("estate", "look", name)
    if not business.number:
        yield Finding("own_number", "look")


def _of_invoice(invoice: Invoice, files: int) -> Iterator[Finding]:
    number: dict[str, object] = {"invoice": invoice.number}
    if not files:
        yield Finding("document", "look", number)
    if invoice.delivered is None:
        yield Finding("delivered", "look", number)
    if files < 2:
        yield Finding("proof", "look", number)
    if not invoice.description:
        yield Finding("description", "look", number)
    if invoice.issued is None:
        yield Finding("issued", "look", number)
