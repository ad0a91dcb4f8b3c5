"""Credit: money of a customer's that lies on no invoice, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.cases import Case, Standing
from bot.disputes import undisputed
from bot.invoices import Invoice
from bot.money import Money, totals
from bot.payments import Payment, allocate


@dataclass(frozen=True, slots=True)
class Credit:
    """Money on no invoice that keeps us from asking, and the late invoices it may go on, the oldest first.

    Of an invoice that is contested in part, that part counts as if it were paid: no money goes on it.
    """

    amounts: tuple[Money, ...]
    invoices: tuple[Invoice, ...]


def waiting(case: Case, now: Standing) -> Credit | None:
    """The credit the owner has to find a place for; None while something else keeps us silent anyway."""
    blocked = {b.invoice for b in now.blocks if b.kind == "credit"}
    if not blocked or any(not b.invoice for b in now.blocks):
        return None
    owed = ((i, undisputed(i, case.disputes)) for i in now.late if i.id in blocked)
    invoices = tuple(replace(invoice, paid=invoice.amount - left) for invoice, left in owed)
    codes = {i.amount.currency for i in invoices}
    return Credit(tuple(m for m in totals(case.credit) if m.currency in codes), invoices)


def lay(
    credit: Credit, payments: Sequence[Payment], name: Callable[[], str]
) -> tuple[tuple[Payment, tuple[Payment, ...]], ...]:
    """Each payment that makes up a credit, with the payments on its invoices that it becomes.

    What is more than they owe stays a credit.
    """
    laid: list[tuple[Payment, tuple[Payment, ...]]] = []
    owed = {i.id: i for i in credit.invoices}
    for payment, amount in _left(credit.amounts, payments):
        shares = allocate(amount, tuple(owed.values()))
        owed |= {invoice.id: replace(invoice, paid=invoice.paid + share) for invoice, share in shares}
        rest = payment.amount - sum((share for _, share in shares), Money(0, payment.amount.currency))
        places = [*((invoice.id, share) for invoice, share in shares), *([("", rest)] if rest else [])]
        if shares:
            parts = (_part(payment, *place, name, is_first=not at) for at, place in enumerate(places))
            laid.append((payment, tuple(parts)))
    return tuple(laid)


def ended(
    amounts: Iterable[Money], payments: Sequence[Payment], day: date, name: Callable[[], str]
) -> tuple[Payment, ...]:
    """The payments that end a credit which the owner has paid back, or used in their own books."""
    return tuple(
        replace(_part(payment, "", -amount, name), day=day) for payment, amount in _left(amounts, payments)
    )


def _left(amounts: Iterable[Money], payments: Sequence[Payment]) -> Iterator[tuple[Payment, Money]]:
    """The payments a credit is left of, each with how much of it: the latest, as the earlier went first."""
    for held in amounts:
        left, code = held, held.currency
        came = [p for p in payments if not p.invoice and p.amount.currency == code and p.amount.minor > 0]
        for payment in reversed(came):
            if some := min(left, payment.amount):
                yield payment, some
                left -= some


def _part(
    payment: Payment, invoice: str, amount: Money, name: Callable[[], str], *, is_first: bool = False
) -> Payment:
    """A part of a payment, which goes wherever the whole of it is taken; the first is known by its key."""
    ident = name()
    key = payment.key if is_first or not payment.key else f"{payment.key}:{ident}"
    return replace(payment, id=ident, invoice=invoice, amount=amount, key=key)
