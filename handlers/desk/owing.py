"""Owing: what money may be for, of which memory holds no more than is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping

from bot import waivers
from bot.incoming import Incoming
from bot.invoices import Invoice
from bot.matching import signed, spoken
from bot.money import Money
from bot.owed import MANY, Kind, Owed, reference_key, telling
from handlers.desk import Desk
from storage.invoices import left_key

FIRST = 1
"""How many of a payer, or with a sum left, are looked up first: often it is only asked if there are any."""
MORE = 50
"""How many times as many are looked up next, where those do not do."""
WRITTEN: Mapping[Kind, Callable[..., str]] = {
    "reference": reference_key, "number": str, "left": left_key, "customer": str
}  # fmt: skip
"""How the books write what an invoice is found by."""


class Owing(Owed):
    """What is owed of the books, of which only that is looked up that some money may be for.

    Most of what `money` may be for is looked up at once. It holds for as long as the books change only as it
    is told.
    """

    def __init__(self, desk: Desk, money: Collection[Incoming] = ()) -> None:
        super().__init__(desk.country)
        self.books = desk.books
        self._found = {"reference": {}, "number": {}, "left": {}, "customer": {}}
        self._looked: dict[tuple[Kind, str], int | None] = {}
        self._bearers_of: dict[str, tuple[str, ...]] = {}
        self._extras: dict[str, Money | None] = {}
        self._look_ahead(money)

    def among(self, ids: Collection[str]) -> tuple[Invoice, ...]:
        """Some invoices by their ids, the oldest due first."""
        found = self.books.invoices.among(ids)
        self._meet(found)
        return tuple(self._invoices[invoice.id] for invoice in found)

    def named(self, words: Iterable[str]) -> list[str]:
        """The customers who have one of these words in their name, but for words that many have."""
        words = list(words)
        self._learn(words)
        return list(dict.fromkeys(each for word in words for each in self._bearers_of[word]))

    def words(self, customer: str) -> frozenset[str]:
        """The words of a customer's name that tell whose it is."""
        if customer not in self._names:
            self._greet([customer])
        return self._names[customer]

    def beyond(self, customer: str) -> Money | None:
        """What a customer was last asked for beyond their invoices, where that is one sum."""
        if customer not in self._extras:
            charged = any(x.reached and x.charges for x in self.books.letters.of(customer))
            self._extras[customer] = waivers.asked_in_all(self.books.case(customer)) if charged else None
        return self._extras[customer]

    def _look_ahead(self, money: Collection[Incoming]) -> None:
        """Look up what payers name, and, for those who name nothing that is there, who they are."""
        came = [m for m in money if m.amount.minor > 0]
        numbers = {m.id: spoken(m) for m in came}
        keys = {m.id: [reference_key(each) for each in m.references] for m in came}
        self._look_up("reference", {key for each in keys.values() for key in each})
        self._look_up("number", {word for each in numbers.values() for word in each})
        self._greet({self._invoices[i].customer for ids in self._found["number"].values() for i in ids})
        known = {*map(reference_key, (i.reference for i in self._invoices.values()))}
        said = self._found["number"]
        vague = [m for m in came if known.isdisjoint(keys[m.id]) and said.keys().isdisjoint(numbers[m.id])]
        words = {m.id: signed(m) for m in vague}
        self._learn({word for each in words.values() for word in each})
        self._look_up("customer", {c for each in words.values() for c in self.named(each)}, FIRST)
        self._look_up("left", {left_key(m.amount) for m in vague}, FIRST)

    def _greet(self, customers: Collection[str]) -> None:
        """Find out what some customers are called."""
        if customers:
            self._names |= {c.id: telling(c.name) for c in self.books.customers.among(customers)}

    def _learn(self, words: Collection[str]) -> None:
        """Find out who has these words in their name."""
        unknown = {word for word in words if word not in self._bearers_of}
        if unknown:
            found = self.books.customers.bearers(unknown, MANY)
            self._bearers_of |= {word: found.get(word, ()) for word in unknown}

    def _known(self, ident: str) -> Invoice:
        if ident not in self._invoices:
            self.among([ident])
        return super()._known(ident)

    def _marked(self, kind: Kind, value: Hashable) -> Iterator[str]:
        """The ids of the invoices with a mark, ever more of which are looked up as they are asked for."""
        key = WRITTEN[kind](value)
        if (kind, key) not in self._looked:
            self._look_up(kind, [key], FIRST if kind in ("left", "customer") else None)
        while True:
            yield from tuple(self._found[kind].get(value, ()))
            most = self._looked[kind, key]
            if most is None:
                return
            self._look_up(kind, [key], most * MORE)

    def _look_up(self, kind: Kind, keys: Collection[str], most: int | None = None) -> None:
        """Look up what may be paid with any of some keys, of each no more than `most`."""
        asked = [key for key in keys if key]
        found = self.books.invoices.payable(kind, asked, most) if asked else ()
        self._meet(found)
        counted = Counter(WRITTEN[kind](self._mark(kind, invoice)) for invoice in found) if most else {}
        self._looked |= {(kind, key): most if most and counted.get(key, 0) >= most else None for key in keys}
        for invoice in found:
            self._note(kind, self._invoices[invoice.id])

    def _meet(self, found: Iterable[Invoice]) -> None:
        """Take in invoices, and what was noted on them, unless more is known of them here already."""
        fresh = {invoice.id: invoice for invoice in found if invoice.id not in self._invoices}
        if fresh:
            self._invoices |= fresh
            for payment in self.books.payments.unproved(fresh):
                self._unproved[payment.invoice].append(payment)
