"""Dossiers: all that is evidence about some claims on one customer, as of a day; of nobody else anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot import law, workdays
from bot.additions import so_far
from bot.answers import Answer
from bot.cases import Case
from bot.checks import Finding
from bot.claims import question
from bot.disputes import Dispute
from bot.errors import Refusal
from bot.identity import masked
from bot.invoices import Invoice, is_open, outstanding
from bot.letters import Charge, Claim, Letter
from bot.money import Money, totals
from bot.parties import Business, Customer
from bot.payments import Payment
from bot.plans import Plan
from bot.promises import Promise
from bot.replies import Call, Reply
from bot.ways import is_consumer, missing

TOLD = frozenset({"sent", "copied", "unknown", "failed"})
"""The letters that went out, or may have: what was only drafted is no evidence."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim as of the day: what is open of it, what came in, and what the law lets one add to it.

    `unknown` names what has no verified figure; then there is no sum.
    """

    invoice: Invoice
    left: Money
    paid: tuple[Payment, ...]
    charges: tuple[Charge, ...]
    unknown: tuple[str, ...]
    lapses: date | None

    @property
    def sums(self) -> tuple[Money, ...]:
        """All of it together, one sum per currency; none where a part is unknown."""
        return () if self.unknown else totals([self.left, *(c.amount for c in self.charges)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that is evidence about some claims, as of a day; nobody's identity number is in it."""

    day: date
    business: Business
    customer: Customer
    claims: tuple[Stated, ...]
    letters: tuple[Letter, ...]
    replies: tuple[Reply, ...]
    calls: tuple[Call, ...]
    promises: tuple[Promise, ...]
    plans: tuple[Plan, ...]
    disputes: tuple[Dispute, ...]
    missing: tuple[Finding, ...]

    @property
    def invoices(self) -> tuple[Invoice, ...]:
        """The invoices it is about."""
        return tuple(each.invoice for each in self.claims)

    def local(self, moment: datetime) -> datetime:
        """A moment on the creditor's own clocks."""
        return workdays.local(moment, self.business.zone)

    @property
    def sums(self) -> tuple[Money, ...]:
        """All claims together; none where a part of one is unknown."""
        if any(each.unknown for each in self.claims):
            return ()
        return totals(amount for each in self.claims for amount in each.sums)


def about(case: Case, only: Collection[str] = ()) -> tuple[Invoice, ...]:
    """The invoices that evidence is wanted of: those named, else all on which something is left."""
    found = tuple(i for i in case.invoices if (i.id in only if only else is_open(i)))
    if not found:
        raise Refusal("nothing_open", customer=case.customer.name)
    return found


def dossier(
    invoices: Collection[Invoice], case: Case, business: Business, day: date, kept: Mapping[str, int]
) -> Dossier:
    """The dossier of some claims; `kept` counts the files kept with each invoice."""
    ids = {i.id for i in invoices}
    case = replace(case, customer=_without_identity(case))
    return Dossier(
        day=day,
        business=business,
        customer=case.customer,
        claims=tuple(_stated(i, case, business, day) for i in invoices),
        letters=tuple(_shown(x) for x in case.letters if x.state in TOLD and _names(x.claims, ids)),
        replies=tuple(replace(r, text=masked(r.text)) for r in case.replies),
        calls=tuple(replace(c, words=masked(c.words)) for c in case.calls),
        promises=tuple(replace(p, words=masked(p.words)) for p in case.promises if _names(p.claims, ids)),
        plans=tuple(p for p in case.plans if ids & set(p.invoices)),
        disputes=tuple(replace(d, words=masked(d.words)) for d in case.disputes if d.invoice in ids),
        missing=missing(invoices, case, business, kept),
    )


def _names(claims: Iterable[Claim], ids: Collection[str]) -> bool:
    return any(c.invoice in ids for c in claims)


def _without_identity(case: Case) -> Customer:
    """The customer; a person's own number is not handed on, the agency asks for it itself."""
    known = case.customer
    number = "" if is_consumer(case) else masked(known.number)
    return replace(known, number=number, name=masked(known.name))


def _shown(letter: Letter) -> Letter:
    return replace(letter, subject=masked(letter.subject), body=masked(letter.body))


def _stated(invoice: Invoice, case: Case, business: Business, day: date) -> Stated:
    """A claim put to the law as it stands, also where it has been handed over since."""
    live = replace(invoice, state="open")
    told = law.ask(question(live, case, business, day))
    mine = tuple(p for p in case.payments if p.invoice == invoice.id)
    return Stated(
        live,
        outstanding(live),
        mine,
        so_far(live, told, case, business),
        tuple(_unknown(told)),
        told.limitation.bars_on,
    )


def _unknown(told: Answer) -> Iterable[str]:
    if "due_missing" in told.refusals:
        return ("due",)
    parts = {"interest": told.interest is None, "charges": told.owed.charges is None}
    return tuple(name for name, is_unknown in parts.items() if is_unknown)
