"""Owed: what money may be for, to be found by reference, number, sum or name."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Literal

from bot import references
from bot.incoming import Incoming, is_unproved, may_be, replaced
from bot.invoices import Invoice, outstanding
from bot.money import Money
from bot.names import fold
from bot.parties import Customer
from bot.payments import Payment

Kind = Literal["reference", "number", "left", "customer"]
"""What an invoice can be found by."""
MANY = 20
"""What more than so many have in common tells nothing of any of them: a word in a name, an amount."""
LEADING = re.compile(r"\A(?:0|RF\d\d)+")
"""What a reference may begin with and mean nothing by, in one country or another."""
COMMON = frozenset("aps oyj ans enk ivs asa holding group norge sverige danmark finland och and the".split())
"""Words that many names share."""


class Owed:
    """What is owed, to be found by reference, number, sum or name; it is told what money changes.

    `beyond` is what customers were asked for beyond their invoices, which an amount may cover too. `payments`
    nobody has proved yet, by the books or by hand, may be the very money that a bank now tells of.
    """

    def __init__(
        self,
        country: str,
        invoices: Iterable[Invoice] = (),
        customers: Iterable[Customer] = (),
        beyond: Mapping[str, Money] | None = None,
        payments: Iterable[Payment] = (),
    ) -> None:
        self.country = country
        self._beyond = beyond or {}
        self._names = {c.id: frozenset().union(*map(telling, c.names)) for c in customers}
        self._unproved: dict[str, list[Payment]] = defaultdict(list)
        for payment in payments:
            if is_unproved(payment):
                self._unproved[payment.invoice].append(payment)
        self._invoices = {invoice.id: invoice for invoice in invoices}
        self._found: dict[Kind, dict[Hashable, dict[str, None]]] = {}

    def find(self, kind: Kind, values: Iterable[Hashable], money: Incoming) -> Iterator[Invoice]:
        """The invoices in the money's currency that something may still be paid on, by one of their marks."""
        looked_at: set[str] = set()
        for ident in (i for value in values for i in self._marked(kind, value) if i not in looked_at):
            looked_at.add(ident)
            invoice = self.as_if_unpaid(self._invoices[ident], money)
            if invoice.amount.currency == money.amount.currency and outstanding(invoice):
                yield invoice

    def as_if_unpaid(self, invoice: Invoice, money: Incoming) -> Invoice:
        """An invoice without the payments that may be the very money at hand."""
        same = [p.amount for p in self._unproved.get(invoice.id, ()) if may_be(p, money)]
        if not same:
            return invoice
        return replace(invoice, paid=invoice.paid - sum(same, Money(0, invoice.paid.currency)))

    def pay(self, money: Incoming, shares: Iterable[tuple[Invoice, Money]]) -> None:
        """Money has been laid on some invoices, in the place of what was noted of it before."""
        for invoice, amount in shares:
            known = self._invoices[invoice.id]
            noted = self._unproved.get(invoice.id, [])
            left = replaced(noted, money, amount)
            gone = sum(p.amount.minor for p in noted) - sum(p.amount.minor for p in left)
            if noted:
                self._unproved[invoice.id] = list(left)
            self._alter(replace(known, paid=known.paid + amount - Money(gone, amount.currency)))

    def give_back(self, laid: Iterable[tuple[str, Money]]) -> None:
        """Money has been taken back from invoices, by their ids: so much of each is owed again."""
        for ident, amount in laid:
            known = self._known(ident)
            self._alter(replace(known, paid=known.paid - amount))
            for kind in self._found:  # it may be owed again, and was not looked for by its other marks
                self._note(kind, self._invoices[ident])

    def named(self, words: Iterable[str]) -> list[str]:
        """The customers who have one of these words in their name, but for words that many have."""
        bearers = [self._bearers.get(word, []) for word in words]
        return list(dict.fromkeys(each for some in bearers if len(some) <= MANY for each in some))

    def words(self, customer: str) -> frozenset[str]:
        """The words of a customer's name that tell whose it is."""
        return self._names[customer]

    def beyond(self, customer: str) -> Money | None:
        """What a customer was last asked for beyond their invoices, where that is one sum."""
        return self._beyond.get(customer)

    def _known(self, ident: str) -> Invoice:
        return self._invoices[ident]

    def _marked(self, kind: Kind, value: Hashable) -> Iterable[str]:
        """The ids of the invoices with a mark; all are gathered when one of that kind is first asked for."""
        if kind not in self._found:
            self._found[kind] = {}
            for invoice in self._invoices.values():
                self._note(kind, invoice)
        return self._found[kind].get(value, ())

    def _note(self, kind: Kind, invoice: Invoice) -> None:
        """Remember an invoice by one of its marks.

        By what is left they are taken out again from the front, over which a plain dict would stumble.
        """
        fresh = OrderedDict[str, None] if kind == "left" else dict[str, None]
        self._found[kind].setdefault(self._mark(kind, invoice), fresh())[invoice.id] = None

    def _mark(self, kind: Kind, invoice: Invoice) -> Hashable:
        if kind == "left":
            return outstanding(invoice)
        if kind == "customer":
            return invoice.customer
        return fold(invoice.number) if kind == "number" else canonical(invoice.reference, self.country)

    def _alter(self, invoice: Invoice) -> None:
        if "left" in self._found:
            self._found["left"].get(outstanding(self._invoices[invoice.id]), {}).pop(invoice.id, None)
            self._note("left", invoice)
        self._invoices[invoice.id] = invoice

    @cached_property
    def _bearers(self) -> dict[str, list[str]]:
        """Who has a word in their name."""
        bearers: dict[str, list[str]] = defaultdict(list)
        for customer, words in self._names.items():
            for word in words:
                bearers[word].append(customer)
        return bearers


def canonical(reference: str, country: str) -> str:
    """A reference as banks and books may both write it: without layout, and zeros where they mean nothing."""
    bare = _bare(reference)
    if country == "FI":
        bare = re.sub(r"\ARF\d\d", "", bare)
    return bare.lstrip("0") if country in ("FI", "DK") else bare


def reference_key(reference: str) -> str:
    """A reference as it is looked up: all that any country takes for the same have one key."""
    bare = _bare(reference)
    return LEADING.sub("", bare) or bare


def telling(name: str) -> frozenset[str]:
    """The words of a name that tell whose it is."""
    return frozenset(w for w in words_of(name) if len(w) > 2 and w not in COMMON)


def words_of(name: str) -> list[str]:
    """The words of a name as they are compared."""
    return re.findall(r"\w+", fold(name))


def _bare(reference: str) -> str:
    """A reference without layout; of the line of a Danish slip the part that names the payment."""
    if reference.isascii() and reference.isdigit():
        return reference
    line = references.fik(reference)
    return line.payment if line and line.payment else references.normalise(reference)
