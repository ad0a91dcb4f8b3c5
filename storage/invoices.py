"""Where invoices are kept; what is paid on one, and since when, is counted from its payments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.invoices import Invoice
from bot.ledger import number_key
from bot.money import Money
from bot.names import fold
from bot.owed import Kind, reference_key
from storage.columns import WHOLE
from storage.payments import UNPROVED, payments
from storage.repository import Repository
from storage.scope import Where, finding, listing, sorted_after
from storage.shapes import Shape
from storage.tables import scoped

SHAPE = Shape(Invoice)
invoices = scoped(
    "invoices",
    SHAPE,
    sa.Column("number_key", sa.Text(), nullable=False),
    sa.Column("reference_key", sa.Text(), nullable=False),
    sa.Column("left_key", sa.Text(), nullable=False),
    refs={"customer": "customers"},
    computed=["paid", "settled"],
    indexes=[("customer",), ("number_key",), ("reference_key",), ("left_key",), ("due",)],
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
    """The first day on which payments reached an invoice's amount; none where a credit note did."""
    order = (payments.c.day, payments.c.place)
    running = sa.func.sum(payments.c.amount_minor).over(order_by=order).label("running")
    rows = sa.select(*order, payments.c.kind, running).where(_on_it(payments)).correlate(invoices).subquery()
    paid = sa.case((rows.c.kind == "payment", rows.c.day))
    reached = sa.select(paid).where(rows.c.running >= invoices.c.amount_minor)
    first = reached.order_by(rows.c.day, rows.c.place).limit(1)
    return first.correlate(invoices).scalar_subquery()


PAID = _paid()
SETTLED = sa.case((invoices.c.amount_minor <= PAID, _settled()))
IS_OPEN = sa.and_(invoices.c.state != "written_off", invoices.c.amount_minor > PAID)
NOTED = sa.exists().where(_on_it(payments), UNPROVED).correlate(invoices)
IS_PAYABLE = sa.or_(IS_OPEN, NOTED)
"""Whether money may be for it: it is open, or paid only by what no bank has told of."""
LEFT_KEY = sa.cast(invoices.c.amount_minor - PAID, sa.Text()) + " " + invoices.c.amount_currency
KEYS: Mapping[Kind, sa.ColumnElement[Any]] = {
    "reference": invoices.c.reference_key,
    "number": invoices.c.number_key,
    "left": invoices.c.left_key,
    "customer": invoices.c.customer,
}
"""The column by which an invoice is found."""


def left_key(amount: Money) -> str:
    """What is left of an invoice as it is looked up."""
    return f"{amount.minor} {amount.currency}"


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
        return self.numbered([number_key(number)])

    def numbered(self, keys: Collection[str]) -> tuple[Invoice, ...]:
        """Those of any of these numbers, as `number_key` writes them."""
        alike = self._where(self.scope.among(self.table.c.number_key, {fold(key) for key in keys}))
        return tuple(invoice for invoice in alike if number_key(invoice.number) in keys)

    def any(self) -> bool:
        """Whether there ever was an invoice."""
        return bool(self.scope.rows(self.scope.select(self.table, self.table.c.id).limit(1)))

    def open(self) -> tuple[Invoice, ...]:
        """Those on which something is left to pay."""
        return self._where(IS_OPEN)

    def payable(self, kind: Kind, keys: Collection[str], most: int | None = None) -> tuple[Invoice, ...]:
        """Those that money may be for and that have any of some keys; of each key no more than `most`.

        A key is the id of a customer, or what `reference_key`, `fold` or `left_key` makes of the rest.
        """
        query = self._finding_payable(kind, self.scope.is_sqlite, most is not None)
        at_most = {} if most is None else {"most": most}
        found = self.scope.found(query, asked=self.scope.listed(keys), **at_most)
        return tuple(map(self.shape.value, found))

    @classmethod
    @cache
    def _finding_payable(cls, kind: Kind, is_sqlite: bool, is_limited: bool) -> sa.Select[Any]:
        key, t = KEYS[kind], cls.table.c
        asked = sa.and_(listing(key, "asked", is_sqlite), IS_PAYABLE)
        query = finding(cls.table, *cls._columns()).order_by(*sorted_after(cls._order(), is_sqlite))
        if not is_limited:
            return query.where(asked)
        turn = sa.func.row_number().over(partition_by=key, order_by=cls._order())
        ranked = finding(cls.table, t.id, turn.label("turn")).where(asked).subquery()
        return query.where(t.id.in_(sa.select(ranked.c.id).where(ranked.c.turn <= sa.bindparam("most"))))

    def count_left(self, ids: Collection[str]) -> None:
        """Bring up to date by what is left some invoices are found; how much it is, is always counted."""
        if ids := {*ids} - {""}:
            self.scope.update(self.table, self.scope.among(self.table.c.id, ids), {"left_key": LEFT_KEY})

    def save(self, value: Invoice) -> None:
        """Write down what became of an invoice; refused when it was never added."""
        super().save(value)
        self.count_left([value.id])

    def save_all(self, values: Iterable[Invoice]) -> None:
        """Write down what became of many invoices, all of which are there."""
        values = tuple(values)
        super().save_all(values)
        self.count_left([value.id for value in values])

    def late(self, today: date) -> tuple[Invoice, ...]:
        """Those open after their due date."""
        return self._where(is_late(today))

    def told_since(self, day: date) -> tuple[Invoice, ...]:
        """Those open, and those sold or paid on since a day: what reports look back on."""
        t = self.table.c
        sold = sa.func.coalesce(t.issued, t.due) >= day
        came = self.scope.select(payments, payments.c.invoice).where(
            payments.c.day >= day, payments.c.invoice.is_not(None)
        )
        return self._where(sa.or_(IS_OPEN, sold, t.id.in_(came)))

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
        cells["number_key"] = fold(value.number)
        cells["reference_key"] = reference_key(value.reference)
        cells["left_key"] = left_key(value.amount)
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
