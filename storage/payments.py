"""Where payments are kept: each once, on an invoice or on none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.ledger import FROM_BOOKS
from bot.money import Money
from bot.payments import Payment
from storage.columns import WHOLE
from storage.repository import Listed
from storage.scope import Scope, finding, listing
from storage.shapes import Shape
from storage.tables import counter, scoped

SHAPE = Shape(Payment)
payments = scoped(
    "payments",
    SHAPE,
    counter("place"),
    refs={"customer": "customers", "invoice": "invoices"},
    blank=["invoice", "key"],
    unique=["key"],
    indexes=[("customer", "place"), ("invoice", "day"), ("invoice", "place"), ("place",)],
)


UNPROVED = sa.and_(
    payments.c.kind == "payment", sa.or_(payments.c.key.is_(None), payments.c.key.startswith(FROM_BOOKS))
)
"""Noted by hand, or following from less being left in the books: what a bank tells of may be the same."""


class Payments(Listed[Payment]):
    """The payments of one business, in the order they were written down.

    `changed` is told the invoices on which something else is paid now.
    """

    noun = "payment"
    table = payments
    shape = SHAPE

    def __init__(self, scope: Scope, changed: Callable[[Collection[str]], None]) -> None:
        super().__init__(scope)
        self._tell = changed

    def add(self, payment: Payment) -> bool:
        """Write down a payment unless its key is there already; whether it was new."""
        is_new = self.scope.insert_once(self.table, self._row(payment), ("key",))
        self._tell([payment.invoice])
        return is_new

    def add_all(self, payments: Iterable[Payment]) -> None:
        """Write down many payments of which none is there yet."""
        payments = tuple(payments)
        self._add_all(payments)
        self._tell([payment.invoice for payment in payments])

    def unproved(self, invoices: Collection[str] | None = None) -> tuple[Payment, ...]:
        """Payments that no bank has told of, on some invoices or on any."""
        among = [] if invoices is None else [self.scope.among(self.table.c.invoice, invoices)]
        return self._where(UNPROVED, *among)

    def save(self, payment: Payment) -> None:
        """Write down what became of a payment; refused when it was never added."""
        before = self.get(payment.id)
        self._save(payment)
        self._tell({before.invoice, payment.invoice})

    def remove(self, key: str) -> None:
        """Take back a payment that was no payment; refused when there is none."""
        payment = self.get(key)
        self.scope.delete(self.table, self.table.c.id == key)
        self._tell([payment.invoice])

    def last_day(self) -> date | None:
        """The latest day on which money came, as far as is known."""
        paid = self.table.c.kind == "payment"
        rows = self.scope.rows(self.scope.select(self.table, sa.func.max(self.table.c.day)).where(paid))
        latest: date | None = rows[0][0]
        return latest

    def since(self, day: date) -> tuple[Payment, ...]:
        """What came on a day or later."""
        return self._where(self.table.c.day >= day)

    def of_invoice(self, invoice: str) -> tuple[Payment, ...]:
        """What came in on an invoice."""
        return self._by(invoice=invoice)

    def credit(self, customer: str) -> tuple[Money, ...]:
        """Money of a customer that is on no invoice, one amount per currency."""
        return self.credits([customer]).get(customer, ())

    def credits(self, customers: Collection[str]) -> Mapping[str, tuple[Money, ...]]:
        """Money on no invoice of each of many customers, in one query."""
        found: dict[str, tuple[Money, ...]] = {}
        query = _crediting(self.scope.is_sqlite)
        for row in self.scope.found(query, asked=self.scope.listed(customers)):
            found[row[0]] = (*found.get(row[0], ()), Money(row[1], row[2]))
        return found


@cache
def _crediting(is_sqlite: bool) -> sa.Select[Any]:
    """The query of what is left of money on no invoice, by customer and currency."""
    t = payments.c
    total = sa.cast(sa.func.sum(t.amount_minor), WHOLE)
    query = finding(payments, t.customer, total, t.amount_currency)
    query = query.where(t.invoice.is_(None), listing(t.customer, "asked", is_sqlite))
    return query.group_by(t.customer, t.amount_currency).having(total > 0).order_by(t.amount_currency)
