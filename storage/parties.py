"""Where customers are kept, and how one is found by what the owner calls them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz

from bot.names import fold
from bot.parties import Customer
from storage.invoices import invoices, is_late
from storage.repository import Repository
from storage.shapes import Shape
from storage.tables import scoped

SHAPE = Shape(Customer)
customers = scoped(
    "customers",
    SHAPE,
    sa.Column("name_key", sa.Text(), nullable=False),
    sa.Column("number_key", sa.Text(), nullable=False),
    indexes=[("name_key",), ("number_key",)],
)
ALIKE = 85
"""From which likeness (0 to 100) a name counts as meant, though misspelt."""


def number_key(number: str) -> str:
    """A registration number as it is compared: letters and digits alone."""
    return "".join(c for c in number.casefold() if c.isalnum())


class Customers(Repository[Customer]):
    """The customers of one business, by name."""

    noun = "customer"
    table = customers
    shape = SHAPE

    def by_name(self, name: str) -> tuple[Customer, ...]:
        """Those called exactly so, but for case and accents."""
        return self._where(self.table.c.name_key == fold(name))

    def by_number(self, number: str) -> tuple[Customer, ...]:
        """Those with this registration number, however it is spaced."""
        key = number_key(number)
        return self._where(self.table.c.number_key == key) if key else ()

    def to_look_up(self, countries: Collection[str], today: date, since: date) -> Customer | None:
        """One of these countries with a number and something late, not looked up after a day, or never."""
        table = self.table
        is_due = sa.or_(table.c.looked_up.is_(None), table.c.looked_up <= since)
        owes = sa.exists().where(
            invoices.c.business == table.c.business, invoices.c.customer == table.c.id, is_late(today)
        )
        query = self.scope.select(table, *self._columns()).where(table.c.number_key != "", is_due, owes)
        query = query.where(table.c.country.in_(countries))
        found = self._values(query.order_by(table.c.looked_up.nulls_first(), table.c.id).limit(1))
        return found[0] if found else None

    def find(self, text: str) -> tuple[Customer, ...]:
        """Those an owner may mean, by number or name: the closest way of matching that finds any."""
        wanted = fold(text)
        if not wanted:
            return ()
        named = [(fold(customer.name), customer) for customer in self.all()]
        ways = (tuple(c for name, c in named if alike(name)) for alike in _ways(wanted))
        return self.by_number(text) or next((found for found in ways if found), ())

    def _row(self, value: Customer) -> dict[str, Any]:
        keys = {"name_key": fold(value.name), "number_key": number_key(value.number)}
        return super()._row(value) | keys

    @classmethod
    def _order(cls) -> tuple[sa.ColumnElement[Any], ...]:
        return (cls.table.c.name_key, cls.table.c.id)


def _ways(wanted: str) -> Iterator[Callable[[str], bool]]:
    """Ways in which a folded name may be the wanted one, the closest first."""
    yield lambda name: name == wanted
    yield lambda name: name.startswith(wanted)
    yield lambda name: wanted in name
    yield lambda name: fuzz.partial_ratio(wanted, name) >= ALIKE
