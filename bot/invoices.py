"""Invoices: what is owed, what is left of it, and how late it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot import workdays
from bot.countries import country as country_of
from bot.money import Money, totals

State = Literal["open", "written_off", "handed_over"]

AGES = (0, 30, 60, 90)
"""Days overdue at which an invoice enters the next bucket of the ageing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """A claim on a customer. `paid` sums payments and credit notes; `parked`: old at first sight, not chased.

    `state` is what the owner decided; being paid follows from the amounts. `settled`: the day on which money
    paid it in full, by which people are known; none where a credit note did.
    """

    id: str
    customer: str
    number: str
    amount: Money
    paid: Money
    due: date | None
    issued: date | None = None
    reference: str = ""
    account: str = ""
    description: str = ""
    delivered: date | None = None
    state: State = "open"
    parked: bool = False
    settled: date | None = None


def outstanding(invoice: Invoice) -> Money:
    """What is left to pay; nothing once written off or overpaid."""
    left = invoice.amount - invoice.paid
    return left if left.minor > 0 and invoice.state != "written_off" else Money(0, left.currency)


def is_open(invoice: Invoice) -> bool:
    """Whether something is left to pay."""
    return invoice.state != "written_off" and invoice.paid < invoice.amount


def days_overdue(invoice: Invoice, today: date) -> int:
    """Whole days since the due date; 0 on it, before it, and where there is none."""
    return max((today - invoice.due).days, 0) if invoice.due else 0


def is_late(invoice: Invoice, today: date) -> bool:
    """Whether it is open after its due date; due today is not late."""
    return is_open(invoice) and days_overdue(invoice, today) > 0


def is_payable(invoice: Invoice, today: date, country: str) -> bool:
    """Whether it may still be paid on time: where the law moves a due date off a day of rest, until then."""
    if invoice.due is None or today <= invoice.due:
        return True
    return country_of(country).moves_due and today <= workdays.on_or_after(invoice.due, country)


def open_totals(invoices: Iterable[Invoice]) -> tuple[Money, ...]:
    """What is left of them all, one total per currency."""
    return totals(left for invoice in invoices if (left := outstanding(invoice)))


def age(invoice: Invoice, today: date) -> int:
    """The lower edge, in days overdue, of the bucket of the ageing it is in; -1 when it is not late."""
    late = days_overdue(invoice, today)
    return max(begins for begins in AGES if begins <= late) if late else -1


def ageing(invoices: Iterable[Invoice], today: date) -> dict[int, tuple[Money, ...]]:
    """Open totals by how late they are, keyed by the lower edge of the bucket in days; -1 is not late."""
    buckets: dict[int, list[Money]] = {begins: [] for begins in (-1, *AGES)}
    for invoice in invoices:
        buckets[age(invoice, today)].append(outstanding(invoice))
    return {begins: totals(m for m in amounts if m) for begins, amounts in buckets.items()}


def missing_parts(invoice: Invoice, account: str) -> tuple[str, ...]:
    """Which parts a customer needs to pay it are not on it: keys of what the owner must mend."""
    parts = {
        "due": invoice.due is not None,
        "account": bool(invoice.account or account),
        "description": bool(invoice.description),
    }
    return tuple(name for name, there in parts.items() if not there)


def days_to_invoice(invoice: Invoice) -> int:
    """How many days after delivery it was sent; 0 where that is not known."""
    if invoice.delivered is None or invoice.issued is None:
        return 0
    return max((invoice.issued - invoice.delivered).days, 0)
