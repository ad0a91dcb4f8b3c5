"""Waivers: what a customer was asked for beyond the invoices, and being let off it, at once or by a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bot import cases
from bot.cases import Case
from bot.errors import Refusal
from bot.invoices import Invoice, outstanding
from bot.letters import Charge, Letter
from bot.money import Money, totals
from bot.promises import Promise, check_day, let_off


def asked(case: Case, invoices: Collection[str] | None = None) -> tuple[Charge, ...]:
    """The most they were asked for beyond the invoices named, or all that are owed, and not let off."""
    letter = _charged(case, _owed(case) if invoices is None else invoices)
    return letter.charges if letter else ()


def asked_in_all(case: Case) -> Money | None:
    """The sum of what they were asked for beyond their invoices; None for nothing, or several currencies."""
    sums = totals(c.amount for c in asked(case))
    return sums[0] if len(sums) == 1 else None


def parted(rest: Money, case: Case) -> tuple[Money, Money]:
    """Money beyond the invoices it is for: what was asked beyond them, and what is to the payer's credit."""
    sought = asked_in_all(case)
    nothing = Money(0, rest.currency)
    extra = min(rest, sought) if sought and sought.currency == rest.currency else nothing
    return extra, rest - extra


def _owed(case: Case) -> tuple[str, ...]:
    return tuple(c.invoice for c in cases.owed(case))


def _charged(case: Case, invoices: Collection[str]) -> Letter | None:
    """The letter that asked for most beyond these invoices, with its charges on them that stand."""
    found = (replace(x, charges=_standing(x, case, invoices)) for x in case.letters if x.reached)
    return max((x for x in found if x.charges), key=_most, default=None)


def _standing(letter: Letter, case: Case, invoices: Collection[str]) -> tuple[Charge, ...]:
    """What a letter asked for beyond some invoices and was not let off since."""
    until = {i: let_off(case.promises, i) or date.min for i in invoices}
    return tuple(c for c in letter.charges if c.invoice in until and letter.went_on > until[c.invoice])


def _most(letter: Letter) -> tuple[int, date]:
    return sum(c.amount.minor for c in letter.charges), letter.went_on


def offer(ident: str, case: Case, until: date, today: date) -> Promise:
    """Paid by a day, they are let off what was asked beyond the invoices; refused where that is nothing."""
    letter = _to_waive(case)
    named = {c.invoice for c in letter.claims}
    return Promise(
        id=ident,
        customer=case.customer.id,
        day=check_day(until, today),
        made=today,
        kind="waiver",
        claims=tuple(c for c in cases.owed(case) if c.invoice in named),
        drops=totals(c.amount for c in letter.charges)[0],
    )


def give(ident: str, case: Case, today: date) -> Promise:
    """They are let off at once what they were asked for beyond the invoices."""
    offered = offer(ident, case, today, today)
    currency = offered.claims[0].amount.currency
    return replace(offered, amount=Money(0, currency), state="kept")


def _to_waive(case: Case) -> Letter:
    letter = _charged(case, _owed(case))
    if letter is None:
        raise Refusal("nothing_to_waive", customer=case.customer.name)
    return letter


def paid_for(amount: Money, case: Case, owed: Sequence[Invoice]) -> Sequence[Invoice]:
    """The invoices an amount is meant for: those of the letter that asked for just that, else all owed."""
    letter = _charged(case, {i.id for i in owed})
    if letter is None:
        return owed
    named = {c.invoice for c in letter.claims}
    meant = [i for i in owed if i.id in named]
    asks = totals([*(outstanding(i) for i in meant), *(c.amount for c in letter.charges)])
    return meant if asks == (amount,) else owed


def beyond(amount: Money, covered: Collection[Invoice], case: Case) -> Money:
    """What of an amount goes beyond the invoices it covers; refused above what was asked for beyond them."""
    rest = amount - sum((outstanding(i) for i in covered), Money(0, amount.currency))
    charges = (c.amount for c in asked(case, {i.id for i in covered}) if c.amount.currency == amount.currency)
    over = rest - sum(charges, Money(0, amount.currency))
    if over.minor > 0:
        raise Refusal("paid_too_much", amount=amount, over=over)
    return rest
