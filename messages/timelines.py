"""Timelines: what happened about some claims, day by day, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.claims import fee_of
from bot.dossiers import Dossier
from bot.instalments import Instalment
from bot.letters import LEGAL, Letter
from bot.money import Money
from bot.plans import Plan
from bot.promises import Promise
from messages.formats import Formats
from messages.voice import Voice

HOW = {"sent": "sent", "copied": "copied", "failed": "failed", "unknown": "uncertain"}
"""How a letter went, and the key of the words for it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened on a day, and the id of what tells more of it, if that has a file."""

    day: date
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """The words and the habits of writing days and amounts in which a dossier is told."""

    voice: Voice
    formats: Formats

    def word(self, key: str, **facts: object) -> str:
        """A word of the escalations' own file."""
        return self.voice.word(f"escalations.{key}", **facts)

    def day(self, day: date | None) -> str:
        """A day in figures; nothing where there is none."""
        return self.formats.short(day) if day else ""

    def money(self, amount: Money | None) -> str:
        """An amount with its currency; nothing where there is none."""
        return self.formats.money(amount) if amount else ""


def teller(language: str, country: str, day: date) -> Teller:
    """Who tells in a language: amounts to the last cent, with the code of their currency."""
    voice = Voice(language, country=country, today=day)
    return Teller(voice, Formats(voice.language, day, False, True))


def timeline(dossier: Dossier, told: Teller) -> tuple[Entry, ...]:
    """Everything that happened, in the order of the days; of one day, as it follows from another."""
    found = (
        *_invoices(dossier, told),
        *(_letter(x, dossier, told) for x in dossier.letters),
        *_answers(dossier, told),
        *_agreements(dossier, told),
        *_disputes(dossier, told),
        *_money(dossier, told),
    )
    return tuple(sorted(found, key=lambda entry: entry.day))


def _invoices(dossier: Dossier, told: Teller) -> Iterator[Entry]:
    for invoice in dossier.invoices:
        named = {"invoice": invoice.number}
        if invoice.delivered:
            what = invoice.description or told.word("paper.unknown")
            yield Entry(invoice.delivered, told.word("timeline.delivered", what=what, **named))
        if invoice.issued:
            amount = told.money(invoice.amount)
            yield Entry(invoice.issued, told.word("timeline.issued", amount=amount, **named))
        if invoice.due and invoice.due <= dossier.day:
            yield Entry(invoice.due, told.word("timeline.due", **named))


def _letter(letter: Letter, dossier: Dossier, told: Teller) -> Entry:
    fee = fee_of(letter)
    facts: dict[str, object] = {"kind": letter_kind(letter, dossier, told), "to": letter.to}
    if letter.reached:
        facts |= {"by": letter.approved_by or dossier.business.owner, "pay_by": told.day(letter.pay_by)}
        facts |= {"fee": told.money(fee.amount if fee else None)}
    return Entry(letter.went_on, told.word(f"timeline.{HOW[letter.state]}", **facts), letter.id)


def letter_kind(letter: Letter, dossier: Dossier, told: Teller) -> str:
    """What a letter is: the law's own letters by the name their law gives them."""
    if letter.kind in LEGAL:
        term = told.voice.word(f"terms.{dossier.business.country}.{letter.kind}")
        return term[:1].upper() + term[1:]
    return told.word(f"letter_kinds.{letter.kind}")


def _answers(dossier: Dossier, told: Teller) -> Iterator[Entry]:
    for reply in dossier.replies:
        text = told.word("timeline.reply", source=told.word(f"sources.{reply.source}"))
        yield Entry(dossier.local(reply.at).date(), text, reply.id)
    for call in dossier.calls:
        outcome = told.word(f"calls.{call.outcome}")
        yield Entry(call.day, told.word("timeline.call", outcome=outcome))


def _agreements(dossier: Dossier, told: Teller) -> Iterator[Entry]:
    for promise in dossier.promises:
        yield Entry(promise.made, promised(promise, told))
    for plan in dossier.plans:
        yield Entry(plan.agreed, planned(plan, told))


def promised(promise: Promise, told: Teller) -> str:
    """What was promised, granted or offered, and by when."""
    amount = promise.drops if promise.kind == "waiver" else promise.amount
    facts = {"day": told.day(promise.day)}
    if promise.kind != "deferral":
        facts |= {"amount": told.money(amount)}
    return told.word(f"timeline.{promise.kind}", **facts)


def planned(plan: Plan, told: Teller) -> str:
    """A plan with all its instalments."""
    parts = "; ".join(_part(part, told) for part in plan.instalments)
    key = "plan_offered" if plan.state in ("offered", "rejected") else "plan"
    return told.word(f"timeline.{key}", by=plan.agreed_by, parts=parts)


def _part(part: Instalment, told: Teller) -> str:
    return f"{told.day(part.day)} {told.money(part.amount)}"


def _disputes(dossier: Dossier, told: Teller) -> Iterator[Entry]:
    numbers = {i.id: i.number for i in dossier.invoices}
    for dispute in dossier.disputes:
        number = numbers[dispute.invoice]
        reason = told.voice.word(f"dispute_reasons.{dispute.reason}")
        amount = told.money(dispute.part)
        yield Entry(
            dispute.opened, told.word("timeline.disputed", invoice=number, amount=amount, reason=reason)
        )
        if dispute.closed:
            outcome = outcome_of(dispute.outcome, told)
            yield Entry(dispute.closed, told.word("timeline.settled", invoice=number, outcome=outcome))


def outcome_of(outcome: str, told: Teller) -> str:
    """How a dispute ended, in words where there are some."""
    known = told.voice.language.find(f"outcomes.{outcome}")
    return known if isinstance(known, str) else outcome or told.word("paper.unknown")


def _money(dossier: Dossier, told: Teller) -> Iterator[Entry]:
    for each in dossier.claims:
        for payment in each.paid:
            facts = {"amount": told.money(payment.amount), "invoice": each.invoice.number}
            yield Entry(payment.day, told.word(f"timeline.{payment.kind}", **facts))
