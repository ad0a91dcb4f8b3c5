"""Where customers are kept, and how one is found by what the owner calls them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz

from bot.buyers import telling_digits
from bot.names import fold
from bot.owed import words_of
from bot.parties import Customer
from storage.invoices import invoices, is_late
from storage.joins import Joins
from storage.repository import Repository
from storage.scope import sorted_after
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


@dataclass(frozen=True, slots=True)
class Named:
    """A word of a customer's name."""

    word: str
    customer: str


NAMED = Shape(Named)
named = scoped(
    "named", NAMED, key=["word", "customer"], refs={"customer": "customers"}, indexes=[("customer",)]
)
ALIKE = 85
"""From which likeness (0 to 100) a name counts as meant, though misspelt."""


def number_key(number: str) -> str:
    """A registration number as it is compared: its digits, or where they tell nothing its letters too."""
    return telling_digits(number) or "".join(c for c in number.casefold() if c.isalnum())


class Customers(Repository[Customer]):
    """The customers of one business, by name."""

    noun = "customer"
    table = customers
    shape = SHAPE

    def get(self, key: str) -> Customer:
        """The customer with an id, or whoever they have gone into; refused when there is none."""
        found = self._by(id=key)
        return found[0] if found else super().get(Joins(self.scope).heir(key))

    def by_name(self, name: str) -> tuple[Customer, ...]:
        """Those called exactly so, but for case and accents."""
        return self._by(name_key=fold(name))

    def bearers(self, words: Collection[str], most: int) -> Mapping[str, tuple[str, ...]]:
        """Who has each of these words in their name, but for the words that more than `most` have."""
        asked = self.scope.among(named.c.word, words)
        rare = self.scope.select(named, named.c.word).where(asked).group_by(named.c.word)
        rare = rare.having(sa.func.count() <= most)
        query = self.scope.select(named, named.c.word, named.c.customer).where(named.c.word.in_(rare))
        found: dict[str, tuple[str, ...]] = {}
        order = sorted_after([named.c.customer], self.scope.is_sqlite)
        for word, customer in self.scope.rows(query.order_by(*order)):
            found[word] = (*found.get(word, ()), customer)
        return found

    def add(self, value: Customer) -> None:
        """Write down a new customer, and the words of their name."""
        super().add(value)
        self._name([value])

    def add_all(self, values: Iterable[Customer]) -> None:
        """Write down many new customers, and the words of their names."""
        values = tuple(values)
        super().add_all(values)
        self._name(values)

    def save(self, value: Customer) -> None:
        """Write down what is known of a customer now; refused when they were never added."""
        super().save(value)
        self._rename([value])

    def save_all(self, values: Iterable[Customer]) -> None:
        """Write down what is known of many customers now, all of whom are there."""
        values = tuple(values)
        super().save_all(values)
        self._rename(values)

    def _name(self, values: Iterable[Customer]) -> None:
        rows = [{"word": word, "customer": v.id} for v in values for word in {*words_of(" ".join(v.names))}]
        self.scope.insert_all(named, rows)

    def _rename(self, values: Collection[Customer]) -> None:
        if values:
            self.scope.delete(named, self.scope.among(named.c.customer, [value.id for value in values]))
            self._name(values)

    def remove(self, customer: str) -> None:
        """Take a customer out of whom nothing else tells any more."""
        self.scope.delete(named, named.c.customer == customer)
        self.scope.delete(customers, customers.c.id == customer)

    def by_number(self, number: str) -> tuple[Customer, ...]:
        """Those with this registration number, however it is spaced."""
        key = number_key(number)
        return self._by(number_key=key) if key else ()

    def shared(self, numbers: Collection[str]) -> frozenset[str]:
        """Those of some registration numbers, as they are compared, that more than one customer has."""
        key = self.table.c.number_key
        query = self.scope.select(self.table, key).where(self.scope.among(key, numbers)).group_by(key)
        return frozenset(row[0] for row in self.scope.rows(query.having(sa.func.count() > 1)))

    def of_no_language(self) -> tuple[Customer, ...]:
        """Those of whom nobody knows which language they read."""
        return self._where(self.table.c.language == "", self.table.c.erased.is_(None))

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
        named = [(tuple(map(fold, customer.names)), customer) for customer in self.all()]
        ways = (tuple(c for names, c in named if any(map(alike, names))) for alike in _ways(wanted))
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
