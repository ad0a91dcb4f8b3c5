"""Where invoices are kept; what is paid on one, and since when, is counted from its payments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.invoices import Invoice
from bot.money import Money
from storage.columns import WHOLE
from storage.payments import UNPROVED, payments
from storage.repository import Repository
from storage.scope import Where
from storage.shapes import Shape
from storage.tables import scoped

SHAPE = Shape(Invoice)
invoices = scoped(
    "invoices",
    SHAPE,
    sa.Column("number_key", sa.Text(), nullable=False),
    refs={"customer": "customers"},
    computed=["paid", "settled"],
    indexes=[("customer",), ("number_key",), ("due",)],
)
COMPUTED = ("paid_minor", "paid_currency", "settled")


def _on_it(rows: sa.FromClause) -> Where:
    """Which payments count on the invoice at hand: those in its own currency."""
    return sa.and_(
        rows.c.business == invoices.c.business,
        rows.c.invoice == invoices.c.id,
        rows.c.amount_currency == invoices.c.amount_currency,
    )


def _paid() -> sa.ColumnElement[int]:
    """The sum of an invoice's payments."""
    total = sa.func.coalesce(sa.func.sum(payments.c.amount_minor), 0)
    return sa.select(sa.cast(total, WHOLE)).where(_on_it(payments)).correlate(invoices).scalar_subquery()


def _settled() -> sa.ColumnElement[date]:
    """The first day on which an invoice's payments reached its amount."""
    running = sa.func.sum(payments.c.amount_minor).over(order_by=(payments.c.day, payments.c.place))
    days = (
        sa.select(payments.c.day, running.label("running"))
        .where(_on_it(payments))
        .correlate(invoices)
        .subquery()
    )
    reached = days.c.running >= invoices.c.amount_minor
    return sa.select(sa.func.min(days.c.day)).where(reached).correlate(invoices).scalar_subquery()


PAID = _paid()
SETTLED = sa.case((invoices.c.amount_minor <= PAID, _settled()))
IS_OPEN = sa.and_(invoices.c.state != "written_off", invoices.c.amount_minor > PAID)


def number_key(number: str) -> str:
    """An invoice number as it is compared: without case and outer spaces."""
    return number.strip().casefold()


@dataclass(frozen=True, slots=True)
class Resting:
    """Invoices that were old at first sight: how many, how many of them hardly so, and one sum a currency."""

    count: int
    recent: int
    total: tuple[Money, ...]


class Invoices(Repository[Invoice]):
    """The invoices of one business, the oldest due first; `paid` and `settled` are counted, never kept."""

    noun = "invoice"
    table = invoices
    shape = SHAPE

    def by_number(self, number: str) -> tuple[Invoice, ...]:
        """Those with this number; more than one where two customers share it."""
        return self._where(self.table.c.number_key == number_key(number))

    def numbered(self, keys: Collection[str]) -> tuple[Invoice, ...]:
        """Those of any of these numbers, as `number_key` writes them."""
        return self._where(self.scope.among(self.table.c.number_key, keys))

    def any(self) -> bool:
        """Whether there ever was an invoice."""
        return bool(self.scope.rows(self.scope.select(self.table, self.table.c.id).limit(1)))

    def open(self) -> tuple[Invoice, ...]:
        """Those on which something is left to pay."""
        return self._where(IS_OPEN)

    def payable(self) -> tuple[Invoice, ...]:
        """Those that money may be for: open, or paid only by what no bank has told of."""
        noted = self.scope.select(payments, payments.c.invoice).where(UNPROVED)
        return self._where(sa.or_(IS_OPEN, self.table.c.id.in_(noted)))

    def late(self, today: date) -> tuple[Invoice, ...]:
        """Those open after their due date."""
        return self._where(is_late(today))

    def parked(self) -> tuple[Invoice, ...]:
        """Those open that were old at first sight and are not chased."""
        return self._where(IS_OPEN, self.table.c.parked)

    def resting(self, since: date) -> Resting:
        """How many are parked, and what they come to; `since` is the first due date that is recent."""
        t = self.table.c
        left = sa.cast(sa.func.sum(t.amount_minor - PAID), WHOLE)
        recent = sa.cast(sa.func.sum(sa.case((sa.or_(t.due.is_(None), t.due >= since), 1), else_=0)), WHOLE)
        query = self.scope.select(self.table, sa.func.count(), recent, left, t.amount_currency)
        query = query.where(IS_OPEN, t.parked).group_by(t.amount_currency).order_by(t.amount_currency)
        rows = self.scope.rows(query)
        counted = sum(row[0] for row in rows), sum(row[1] for row in rows)
        return Resting(*counted, tuple(Money(row[2], row[3]) for row in rows))

    def _row(self, value: Invoice) -> dict[str, Any]:
        cells = super()._row(value)
        for name in COMPUTED:
            del cells[name]
        cells["number_key"] = number_key(value.number)
        return cells

    @classmethod
    def _columns(cls) -> list[sa.ColumnElement[Any]]:
        counted = {"paid_minor": PAID, "paid_currency": cls.table.c.amount_currency, "settled": SETTLED}
        return [counted[name] if name in counted else cls.table.c[name] for name in cls.shape.names]

    @classmethod
    def _order(cls) -> tuple[sa.ColumnElement[Any], ...]:
        return (cls.table.c.due.nulls_last(), cls.table.c.number, cls.table.c.id)


def is_late(today: date) -> Where:
    """Whether an invoice is open after its due date."""
    return sa.and_(invoices.c.due < today, IS_OPEN)
