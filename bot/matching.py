"""Matching: which invoices money that came in is for, and how sure that is."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Literal

from bot import references
from bot.incoming import Incoming, is_unproved, may_be, replaced
from bot.invoices import Invoice, outstanding
from bot.money import Money, totals
from bot.names import fold
from bot.parties import Customer
from bot.payments import Payment, allocate

__all__ = ["Incoming", "Match", "Owed", "Why", "canonical", "matches", "on", "sure"]

Kind = Literal["reference", "number", "left", "customer"]
"""What an invoice can be found by."""
Why = Literal["reference", "number", "amount_name", "shared", "sum", "amount", "name"]
WEIGHT: Mapping[Why, int] = {
    "reference": 100, "number": 95, "amount_name": 80, "shared": 75, "sum": 70, "amount": 50, "name": 40
}  # fmt: skip
"""How much each way of fitting tells, in hundredths; from `CERTAIN` on nobody is asked."""
CERTAIN = 90
SHORT = 4
"""Fewer characters of an invoice number tell nothing by themselves."""
MANY = 20
"""What more than so many have in common tells nothing of any of them: a word in a name, an amount."""
BREAKS = re.compile(r"[\s,;:/]+")
COMMON = frozenset("aps oyj ans enk ivs asa holding group norge sverige danmark finland och and the".split())
"""Words that many names share."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whose money it may be, on which invoices, and why; `rest` falls on none of them."""

    customer: str
    shares: tuple[tuple[Invoice, Money], ...]
    why: Why
    rest: Money

    @property
    def certain(self) -> bool:
        """Whether it may be placed without asking."""
        return WEIGHT[self.why] >= CERTAIN


class Owed:
    """What is owed, to be found by reference, number, sum or name; it is told what money changes.

    `beyond` is what customers were asked for beyond their invoices, which an amount may cover too. `payments`
    nobody has proved yet, by the books or by hand, may be the very money that a bank now tells of.
    """

    def __init__(
        self,
        country: str,
        invoices: Iterable[Invoice],
        customers: Iterable[Customer],
        beyond: Mapping[str, Money] | None = None,
        payments: Iterable[Payment] = (),
    ) -> None:
        self.country = country
        self.beyond = beyond or {}
        self.names = {c.id: _telling(c.name) for c in customers}
        self.unproved: dict[str, list[Payment]] = defaultdict(list)
        for payment in payments:
            if is_unproved(payment):
                self.unproved[payment.invoice].append(payment)
        self._invoices = {invoice.id: invoice for invoice in invoices}
        self._found: dict[Kind, dict[Hashable, dict[str, None]]] = {}

    def _index(self, kind: Kind) -> dict[Hashable, dict[str, None]]:
        """The invoices by one of their marks, gathered when it is first asked for.

        By what is left they are taken out again from the front, over which a plain dict would stumble.
        """
        if kind not in self._found:
            found: dict[Hashable, dict[str, None]] = defaultdict(OrderedDict if kind == "left" else dict)
            for invoice in self._invoices.values():
                found[self._mark(kind, invoice)][invoice.id] = None
            self._found[kind] = dict(found)
        return self._found[kind]

    def _mark(self, kind: Kind, invoice: Invoice) -> Hashable:
        if kind == "left":
            return outstanding(invoice)
        if kind == "customer":
            return invoice.customer
        return fold(invoice.number) if kind == "number" else canonical(invoice.reference, self.country)

    @cached_property
    def _bearers(self) -> dict[str, list[str]]:
        """Who has a word in their name."""
        bearers: dict[str, list[str]] = defaultdict(list)
        for customer, words in self.names.items():
            for word in words:
                bearers[word].append(customer)
        return bearers

    def named(self, words: Iterable[str]) -> list[str]:
        """The customers who have one of these words in their name, but for words that many have."""
        bearers = [self._bearers.get(word, []) for word in words]
        return list(dict.fromkeys(each for some in bearers if len(some) <= MANY for each in some))

    def pay(self, money: Incoming, shares: Iterable[tuple[Invoice, Money]]) -> None:
        """Money has been laid on some invoices, in the place of what was noted of it before."""
        for invoice, amount in shares:
            known = self._invoices[invoice.id]
            noted = self.unproved.get(invoice.id, [])
            left = replaced(noted, money, amount)
            gone = sum(p.amount.minor for p in noted) - sum(p.amount.minor for p in left)
            if noted:
                self.unproved[invoice.id] = list(left)
            self._alter(replace(known, paid=known.paid + amount - Money(gone, amount.currency)))

    def _alter(self, invoice: Invoice) -> None:
        if "left" in self._found:
            lefts = self._found["left"]
            lefts[outstanding(self._invoices[invoice.id])].pop(invoice.id, None)
            lefts.setdefault(outstanding(invoice), OrderedDict())[invoice.id] = None
        self._invoices[invoice.id] = invoice

    def find(self, kind: Kind, values: Iterable[Hashable], money: Incoming) -> Iterator[Invoice]:
        """The invoices in the money's currency that something may still be paid on, by one of their marks."""
        index = self._index(kind)
        looked_at: set[str] = set()
        for ident in (i for value in values for i in index.get(value, ()) if i not in looked_at):
            looked_at.add(ident)
            invoice = self.as_if_unpaid(self._invoices[ident], money)
            if invoice.amount.currency == money.amount.currency and outstanding(invoice):
                yield invoice

    def as_if_unpaid(self, invoice: Invoice, money: Incoming) -> Invoice:
        """An invoice without the payments that may be the very money at hand."""
        same = [p.amount for p in self.unproved.get(invoice.id, ()) if may_be(p, money)]
        if not same:
            return invoice
        return replace(invoice, paid=invoice.paid - sum(same, Money(0, invoice.paid.currency)))


def matches(money: Incoming, owed: Owed) -> tuple[Match, ...]:
    """Where money may belong, the likeliest first: one match a customer and set of invoices."""
    found = [*_by_reference(money, owed), *_by_number(money, owed)]
    if not found:
        found = [*_by_name(money, owed), *_by_amount(money, owed)]
    best: dict[tuple[str, ...], Match] = {}
    for match in sorted(found, key=lambda m: -WEIGHT[m.why]):
        best.setdefault((match.customer, *(i.id for i, _ in match.shares)), match)
    return tuple(best.values())


def sure(found: Sequence[Match]) -> Match | None:
    """The one match that needs no question; none where two would do as well."""
    certain = [m for m in found if m.certain]
    return certain[0] if len(certain) == 1 else None


def on(money: Incoming, invoices: Sequence[Invoice], why: Why = "number") -> Match:
    """Money laid on invoices of one customer, the oldest first; what is more than they come to is on none."""
    shares = allocate(money.amount, invoices)
    laid = sum((amount for _, amount in shares), Money(0, money.amount.currency))
    return Match(invoices[0].customer, shares, why, money.amount - laid)


def canonical(reference: str, country: str) -> str:
    """A reference as banks and books may both write it: without layout, and zeros where they mean nothing."""
    if reference.isascii() and reference.isdigit():
        bare = reference
    else:
        line = references.fik(reference)
        bare = line.payment if line and line.payment else references.normalise(reference)
    if country == "FI":
        bare = re.sub(r"\ARF\d\d", "", bare)
    return bare.lstrip("0") if country in ("FI", "DK") else bare


def _by_reference(money: Incoming, owed: Owed) -> Iterator[Match]:
    """Those whose payment reference was given; of several, only where they come to just that much."""
    given = {canonical(each, owed.country) for each in money.references} - {""}
    named = list(owed.find("reference", given, money)) if given else []
    if len(named) > 1 and _is_shared(named, owed.country):
        yield from (on(money, [i], "shared") for i in named)
    elif named:
        is_told = len(named) == 1 or _left(named) == money.amount
        yield on(money, named, "reference" if is_told else "sum")


def _is_shared(invoices: Sequence[Invoice], country: str) -> bool:
    """Whether a reference stands on two of these invoices, or those given belong to two customers."""
    distinct = {canonical(i.reference, country) for i in invoices}
    return len(distinct) < len(invoices) or len({i.customer for i in invoices}) > 1


def _by_number(money: Incoming, owed: Owed) -> Iterator[Match]:
    """Those whose number stands among what the payer wrote; sure only with the right sum and name."""
    written = " ".join((*money.references, money.text))
    said = [word for word in map(fold, BREAKS.split(written)) if len(word) >= SHORT]
    named = list(owed.find("number", said, money))
    for customer in dict.fromkeys(i.customer for i in named):
        theirs = [i for i in named if i.customer == customer]
        known = not money.payer or bool(_telling(money.payer) & owed.names[customer])
        told = known and _covers(money.amount, theirs, owed)
        yield on(money, theirs, "number" if told else "sum")


def _by_name(money: Incoming, owed: Owed) -> Iterator[Match]:
    """The open invoices of whoever has the payer's name: one of that amount, all together, or just theirs."""
    for customer in owed.named(_telling(money.payer or money.text)):
        theirs = list(owed.find("customer", [customer], money))
        just = [i for i in theirs if _covers(money.amount, [i], owed)]
        if just:
            yield from (on(money, [i], "amount_name") for i in just)
        elif theirs:
            yield on(money, theirs, "sum" if _covers(money.amount, theirs, owed) else "name")


def _by_amount(money: Incoming, owed: Owed) -> Iterator[Match]:
    """Those on which just this much is left, or the first of them where there are many."""
    found = (i for i in owed.find("left", [money.amount], money) if outstanding(i) == money.amount)
    return (on(money, [i], "amount") for i in islice(found, MANY))


def _covers(amount: Money, invoices: Sequence[Invoice], owed: Owed) -> bool:
    """Whether an amount is what some invoices come to, or that and what was asked for beyond them."""
    left = _left(invoices)
    extra = owed.beyond.get(invoices[0].customer)
    return amount == left or (
        extra is not None and extra.currency == left.currency and amount == left + extra
    )


def _left(invoices: Iterable[Invoice]) -> Money:
    """What is left of invoices of one currency, together."""
    return totals(outstanding(i) for i in invoices)[0]


def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell whose it is."""
    return frozenset(w for w in re.findall(r"\w+", fold(name)) if len(w) > 2 and w not in COMMON)
