"""The compass of one customer: what is lawful today, what opens next and when, and on what that rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot import cases, law
from bot.additions import UNTOUCHED
from bot.answers import Answer, Permission
from bot.cases import Case
from bot.claims import question
from bot.countries import Country
from bot.countries import country as country_of
from bot.disputes import undisputed
from bot.invoices import Invoice
from bot.ladder import in_notice
from bot.money import Money, totals
from bot.parties import Business
from bot.questions import Question
from bot.statutes import Law

STOPS = frozenset({"disputed", "handed_over", "plan_kept", "insolvent", "barred"})
"""Why nothing may be done about a claim."""
TOLD = STOPS | UNTOUCHED | {"due_missing"}
"""What is told of a claim by itself."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the compass: the key of its words, their facts, where it stands, whether it holds today.

    `unsure`: it rests on practice or on a reading of the text.
    """

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    open: bool = True
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Under:
    """Whose law: the business's, of its country."""

    business: Business
    home: Country
    law: Law

    @property
    def sources(self) -> Mapping[str, str]:
        """Where each part of the law stands."""
        return self.law.sources


@dataclass(frozen=True, slots=True)
class Told:
    """An invoice, the question about it, and what the law says."""

    invoice: Invoice
    asked: Question
    answer: Answer


def compass(
    case: Case, business: Business, today: date, invoices: Iterable[Invoice] | None = None
) -> tuple[Mark, ...]:
    """The lines of the compass, the sum of them first; nothing where nothing is late.

    About some invoices, else about all that are late.
    """
    home = country_of(business.country)
    about = cases.late(case, today, business.country) if invoices is None else tuple(invoices)
    told = tuple(_told(invoice, case, business, today) for invoice in about)
    if not told or home.law is None:
        return ()
    under = Under(business, home, home.law)
    stopped = tuple(_stopped(told, under))
    going = tuple(x for x in told if not STOPS & set(x.answer.refusals))
    adding = tuple(x for x in going if not UNTOUCHED & set(x.answer.refusals))
    steps = (*_letters(going, case, under), *_escalation(told, under), *_added(adding, under))
    return (_sum(steps, stopped, home), *stopped, *steps, *_limits(told, under), *_doubts(case))


def _told(invoice: Invoice, case: Case, business: Business, today: date) -> Told:
    """What the law says; of a claim that is contested in part, the rest may be asked for without a fee."""
    asked = question(invoice, case, business, today)
    answer = law.ask(asked)
    if "disputed" in answer.refusals and undisputed(invoice, case.disputes):
        others = tuple(code for code in answer.refusals if code != "disputed")
        free = replace(answer.reminder, may_send=answer.overdue and not STOPS & set(others))
        answer = replace(answer, reminder=free, refusals=("disputed_part", *others))
    return Told(invoice, asked, answer)


def _sum(steps: Iterable[Mark], stopped: tuple[Mark, ...], home: Country) -> Mark:
    """What may be done today, and the next step with a day of its own."""
    listed = {mark.key: mark for mark in steps}
    later = [m for m in listed.values() if not m.open and isinstance(m.facts.get("day"), date)]
    first = min(later, key=lambda m: str(m.facts["day"]), default=None)
    fee = listed.get("fee")
    return Mark(
        "today",
        {
            "open": tuple(key for key, mark in listed.items() if mark.open),
            "fee": fee.facts["amount"] if fee and fee.open else None,
            "term": home.final_notice_term,
            "next": first.key if first else "",
            "next_day": first.facts["day"] if first else None,
            "stopped": stopped[0].key.removeprefix("stopped.") if stopped else "",
        },
    )


def _stopped(told: Iterable[Told], under: Under) -> Iterator[Mark]:
    """What stops each invoice, and once that the rules of the day are not reviewed."""
    for each in told:
        for code in each.answer.refusals:
            if code in TOLD:
                facts = {"invoice": each.invoice.number}
                yield Mark(f"stopped.{code}", facts, under.sources.get("routes", ""), open=False)
    unreviewed = [x.invoice.number for x in told if "regime_unreviewed" in x.answer.refusals]
    if unreviewed:
        told_of: dict[str, object] = {"invoice": unreviewed[0], "through": under.law.reviewed_through}
        yield Mark("stopped.regime_unreviewed", told_of, under.sources["notice"], open=False)


def _letters(going: tuple[Told, ...], case: Case, under: Under) -> Iterator[Mark]:
    """The letters that may go out, and with a fee; after a final notice nothing milder, nor another one."""
    told = tuple(x for x in going if not in_notice(x.invoice.id, case.letters))
    if told:
        yield from _climbing(told, under)
    if going and under.law.demand:
        demand = _best(going, "demand", by_sending=True)
        known = {"day": demand.day, "deadline": demand.deadline, "fee": demand.amount}
        yield Mark("demand", known, under.sources["demand"], open=demand.open, unsure=demand.unsure)


def _climbing(told: tuple[Told, ...], under: Under) -> Iterator[Mark]:
    """A reminder, free and with its fee, and the final notice."""
    sources = under.sources
    free = any(each.answer.reminder.may_send for each in told)
    yield Mark("reminder", {}, sources["reminder"], open=free)
    fee = _best((x for x in told if not UNTOUCHED & set(x.answer.refusals)), "reminder")
    yield Mark(
        "fee",
        {"amount": fee.amount, "day": fee.day, "on": "fee" in under.business.charges},
        sources["reminder"],
        open=fee.open,
        unsure=fee.unsure,
    )
    notice = _best(told, "final_notice", by_sending=True)
    facts = {"term": under.home.final_notice_term, "deadline": notice.deadline, "fee": notice.amount}
    on = under.business.final_notice
    yield Mark("final_notice", facts | {"on": on}, sources["notice"], open=notice.open, unsure=notice.unsure)


@dataclass(frozen=True, slots=True)
class _Best:
    """The best that the law says of a letter among several invoices."""

    open: bool = False
    day: date | None = None
    amount: Money | None = None
    deadline: date | None = None
    unsure: bool = False


def _best(told: Iterable[Told], part: str, *, by_sending: bool = False) -> _Best:
    """The invoice for which a letter is open, or opens first: with its fee, or by its sending alone."""
    found = [_of(each, part, by_sending) for each in told]
    return min(found, key=lambda b: (not b.open, b.day or date.max), default=_Best())


def _of(each: Told, part: str, by_sending: bool) -> _Best:
    permission: Permission | None = getattr(each.answer, part)
    if permission is None:
        return _Best()
    is_open = permission.may_send if by_sending else permission.may_charge
    day = permission.opens
    amount = permission.max_fee
    if amount is None and not is_open and day and day > each.asked.on:
        # What the fee will be on its day, as the rules of today know it.
        then = getattr(law.ask(replace(each.asked, on=day)), part)
        amount = then.max_fee if then else None
    return _Best(
        is_open,
        None if is_open else day,
        Money.of(amount, country_of(each.asked.country).currency) if amount is not None else None,
        permission.min_deadline,
        part in each.answer.unsure,
    )


def _escalation(told: tuple[Told, ...], under: Under) -> Iterator[Mark]:
    """Where the claim may go next, and from when."""
    found = min(
        (each.answer.escalation for each in told if each.answer.escalation.routes),
        key=lambda e: (not e.may, e.opens or date.max),
        default=None,
    )
    if found:
        facts = {
            "day": None if found.may else found.opens,
            "term": under.home.final_notice_term,
            "routes": tuple(f"{under.home.code}.{route}" for route in found.routes),
        }
        yield Mark("escalate", facts, under.sources["notice"], open=found.may)


def _added(told: tuple[Told, ...], under: Under) -> Iterator[Mark]:
    """What time has added: interest, and compensation from businesses."""
    part = "interest_consumer" if told and told[0].asked.consumer else "interest"
    source = under.sources.get(part) or under.sources["interest"]
    interest = [each.answer.interest for each in told]
    if any(one is None for one in interest):
        yield Mark("interest_missing", {}, source, open=False)
    known = [one for one in interest if one]
    amount = totals(one.amount for one in known if one.amount)
    starts = [one.start for one in known if one.start]
    rates = [one.segments[-1].rate for one in known if one.segments]
    if known:
        yield Mark(
            "interest",
            {
                "amount": amount or None,
                "rate": rates[0] if len(set(rates)) == 1 else None,
                "start": min(starts, default=None),
                "on": "interest" in under.business.charges,
            },
            source,
            open=bool(amount),
            unsure=any("interest" in each.answer.unsure for each in told),
        )
    yield from _compensation(told, under)


def _compensation(told: tuple[Told, ...], under: Under) -> Iterator[Mark]:
    source = under.sources["compensation"]
    flat = [each.answer.compensation for each in told if each.answer.compensation]
    if flat:
        facts = {
            "amount": Money.of(sum(flat), under.home.currency),
            "on": "compensation" in under.business.charges,
        }
        unsure = any({"compensation", "charges"} & set(each.answer.unsure) for each in told)
        yield Mark("compensation", facts, source, unsure=unsure)
    elif any(x.answer.owed.charges is None and not x.asked.consumer for x in told):
        yield Mark("compensation_missing", {}, source, open=False)


def _limits(told: Iterable[Told], under: Under) -> Iterator[Mark]:
    """The first day on which one of the claims lapses."""
    known = [(x.answer.limitation.bars_on, x.answer.limitation.barred) for x in told]
    if days := sorted((day, barred) for day, barred in known if day):
        day, barred = days[0]
        facts = {"day": day, "barred": barred}
        yield Mark("limitation", facts, under.sources["limitation"], open=not barred)


def _doubts(case: Case) -> Iterator[Mark]:
    """That nobody has said what kind of customer this is."""
    if case.customer.kind == "unknown":
        yield Mark("consumer", {"customer": case.customer.name}, open=False)
