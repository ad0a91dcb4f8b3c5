"""The customer's page: how long it lives, and what may be shown on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot import cases, plans, promises
from bot.cases import Case
from bot.disputes import undisputed
from bot.invoices import Invoice, is_open, outstanding
from bot.letters import Charge, Letter
from bot.money import Money, totals
from bot.parties import Business

LIVES = timedelta(days=90)
"""How long after a letter its page may be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An invoice as its page shows it: what is left to pay, less what is contested."""

    invoice: str
    number: str
    what: str
    due: date | None
    amount: Money
    contested: bool
    reference: str
    account: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed about the payment and still holds: by when, and how much, where that is not all."""

    kind: Literal["promise", "plan"]
    day: date
    amount: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a page may show. `numbers` are the invoices of its letter; `owed` those still open.

    `charges` were asked for in that letter; `waiting`: an answer of theirs has not been read yet.
    """

    numbers: tuple[str, ...]
    owed: tuple[Owed, ...] = ()
    charges: tuple[Charge, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    waiting: bool = False

    @property
    def to_pay(self) -> tuple[Money, ...]:
        """What all of it comes to, one sum per currency."""
        amounts = [*(each.amount for each in self.owed), *(each.amount for each in self.charges)]
        return totals(amount for amount in amounts if amount)


def is_alive(letter: Letter, closed: Collection[str], today: date) -> bool:
    """Whether a letter's page may be looked at: it may have gone out, not long ago, and is not closed."""
    has_gone = letter.reached or letter.state in ("sending", "unknown")
    return has_gone and letter.id not in closed and today <= letter.went_on + LIVES


def alive(letters: Iterable[Letter], closed: Collection[str], today: date) -> tuple[Letter, ...]:
    """Those of a customer's letters whose pages may be looked at; letters of thanks have none."""
    return tuple(each for each in letters if each.kind != "thanks" and is_alive(each, closed, today))


def sheet(letter: Letter, case: Case, business: Business, today: date) -> Sheet | None:
    """What the page of a letter shows today; None once all of it was handed over or given up.

    A claim that was given up is not called settled: it may be taken up again, and the owner has told nobody.
    """
    named = {c.invoice for c in letter.claims}
    about = [i for i in case.invoices if i.id in named and i.state == "open"]
    if not about:
        return None
    left = [i for i in about if is_open(i)]
    asked = [i.id for i in left if undisputed(i, case.disputes)]
    return Sheet(
        numbers=tuple(i.number for i in about),
        owed=tuple(_owed(i, case, business) for i in left),
        charges=_charges(letter, asked, case),
        agreed=tuple(_agreed(left, case, business, today)) if left else (),
        waiting=any(r.unread and r.source != "bounce" for r in case.replies),
    )


def _owed(invoice: Invoice, case: Case, business: Business) -> Owed:
    amount = undisputed(invoice, case.disputes)
    return Owed(
        invoice=invoice.id,
        number=invoice.number,
        what=invoice.description,
        due=invoice.due,
        amount=amount,
        contested=amount < outstanding(invoice),
        reference=invoice.reference,
        account=business.account or invoice.account,
    )


def _charges(letter: Letter, asked: Iterable[str], case: Case) -> tuple[Charge, ...]:
    """What the letter asked for beyond the invoices that are still asked for, and was not let off since."""
    until = {each: promises.let_off(case.promises, each) or date.min for each in asked}
    return tuple(c for c in letter.charges if c.invoice in until and letter.went_on > until[c.invoice])


def _agreed(left: Iterable[Invoice], case: Case, business: Business, today: date) -> Iterable[Agreed]:
    """What was agreed about these invoices and still holds."""
    about = {i.id for i in left}
    for plan in case.plans:
        if about & set(plan.invoices) and cases.is_kept(plan, case, today, business.country):
            part = plans.next_instalment(plan, cases.received(plan, case))
            yield from (Agreed("plan", each.day, each.amount) for each in (part,) if each)
    for promise in case.promises:
        stands = promise.kind in promises.AGREED and promises.holds(promise, today, business.country)
        if stands and about & {c.invoice for c in promise.claims}:
            yield Agreed("promise", promise.day, promise.amount)
