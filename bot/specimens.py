"""Specimens: what a letter of each sort could be about, made up to show how it reads, and never sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from bot import drafts, instalments
from bot.cases import Case
from bot.countries import country as country_of
from bot.disputes import Dispute
from bot.drafts import Occasion
from bot.invoices import Invoice
from bot.letters import Claim, Letter
from bot.money import Money
from bot.parties import Business, Contact, Customer
from bot.plans import Plan
from bot.promises import Promise
from bot.wording import Sort

AMOUNTS, LATE = (4_250_00, 1_900_00), timedelta(days=20)
"""What is owed, and since when it was due."""
ON_TOP, CONTESTED, PARTS = 96_00, 500_00, 3
"""What had been asked beyond it, what of it is contested, and in how many instalments it is paid."""
READER = Customer(id="shown", name="Café Norrsken", contacts=(Contact(name="Maja Berg"),))
"""Who gets it."""


class Specimen(NamedTuple):
    """A letter that is only shown: about whose invoices, from whom, and what the customer had written."""

    case: Case
    business: Business
    today: date
    words: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What it asks for."""
        return tuple(Claim(i.id, i.amount) for i in self.case.invoices)

    @property
    def day(self) -> date:
        """A day ahead by which something is to be done."""
        return drafts.copy_day(self.today, self.business.country)

    @property
    def answer(self) -> date:
        """The day by which somebody answers."""
        return drafts.answer_day(self.today, self.business.country)

    def money(self, minor: int) -> Money:
        """An amount in what it is about."""
        return Money(minor, self.claims[0].amount.currency)


def specimen(count: int, business: Business, today: date, language: str, words: str = "") -> Specimen:
    """What a letter could be about: one or two invoices."""
    currency = country_of(business.country).currency
    invoices = tuple(
        Invoice(
            id=str(at),
            customer=READER.id,
            number=str(1042 + at),
            amount=Money(amount, currency),
            paid=Money(0, currency),
            due=today - LATE,
        )
        for at, amount in enumerate(AMOUNTS[:count])
    )
    reader = replace(READER, language=language, country=business.country)
    return Specimen(Case(customer=reader, invoices=invoices), business, today, words)


def _promise(about: Specimen) -> Promise:
    return Promise(id="shown", customer=READER.id, day=about.day, made=about.today, drops=about.money(ON_TOP))


def _plan(about: Specimen) -> Plan:
    invoices, owed = zip(*((c.invoice, c.amount) for c in about.claims), strict=True)
    return Plan(
        id="shown",
        customer=READER.id,
        invoices=invoices,
        instalments=instalments.propose(owed, PARTS, about.day, about.business.country),
        agreed=about.today,
        agreed_by="",
    )


def _dispute(about: Specimen, part: Money | None = None) -> Dispute:
    return Dispute(
        id="shown",
        customer=READER.id,
        invoice=about.claims[0].invoice,
        opened=about.today,
        part=part,
        words=about.words,
    )


def _announced(about: Specimen) -> Letter:
    """An earlier letter that announced a step for today."""
    return Letter(
        id="shown",
        customer=READER.id,
        kind="reminder",
        language=about.case.customer.language,
        subject="",
        body="",
        made=about.today,
        next_step="calls",
        next_day=about.today,
    )


OCCASIONS: Mapping[Sort, Callable[[Specimen], Occasion]] = {
    "thanks": lambda x: Occasion("thanks", fields=(("paid_day", x.today),)),
    "soon": lambda x: drafts.of_soon(x.day, None),
    "promise": lambda x: drafts.of_promise(_promise(x)),
    "deferral": lambda x: drafts.of_promise(replace(_promise(x), kind="deferral")),
    "plan_offer": lambda x: drafts.of_plan(_plan(x), x.answer, "plan_offer"),
    "plan": lambda x: drafts.of_plan(_plan(x), x.answer),
    "plan_agreed": lambda x: drafts.of_plan(_plan(x), None),
    "copy": lambda x: drafts.of_copy(x.day),
    "payment_unseen": lambda x: drafts.of_unseen(x.today, x.business.country),
    "dispute": lambda x: drafts.of_dispute(_dispute(x), x.business.country),
    "part_disputed": lambda x: drafts.of_dispute(_dispute(x, x.money(CONTESTED)), x.business.country),
    "refund": lambda x: drafts.of_refund(x.words, x.today, x.business.country),
    "later": lambda x: drafts.of_later(_announced(x), x.day, x.business),
    "taken_back": lambda x: drafts.of_taken_back(_announced(x)),
    "waiver": lambda x: drafts.of_promise(replace(_promise(x), kind="waiver")),
    "let_off": lambda x: drafts.of_promise(replace(_promise(x), kind="waiver", state="kept")),
}
"""Why it is written, for all letters but those of the ladder, which the ladder itself knows."""
