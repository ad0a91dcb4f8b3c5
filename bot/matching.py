"""Matching: which invoices money that came in is for, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal

from bot.incoming import Incoming
from bot.invoices import Invoice, outstanding
from bot.money import Money, totals
from bot.names import fold
from bot.owed import MANY, Owed, canonical, telling
from bot.payments import allocate

__all__ = ["Incoming", "Match", "Owed", "Why", "canonical", "matches", "on", "resembles", "stated", "sure"]

Why = Literal["reference", "number", "amount_name", "shared", "sum", "amount", "name"]
WEIGHT: Mapping[Why, int] = {
    "reference": 100, "number": 95, "amount_name": 80, "shared": 75, "sum": 70, "amount": 50, "name": 40
}  # fmt: skip
"""How much each way of fitting tells, in hundredths; from `CERTAIN` on nobody is asked."""
CERTAIN = 90
SHORT = 4
"""Fewer characters of an invoice number tell nothing by themselves."""
BREAKS = re.compile(r"[\s,;:/]+")


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


def matches(money: Incoming, owed: Owed) -> tuple[Match, ...]:
    """Where money may belong, the likeliest first: one match a customer and set of invoices."""
    return _best(stated(money, owed) or [*_by_name(money, owed), *_by_amount(money, owed)])


def stated(money: Incoming, owed: Owed) -> tuple[Match, ...]:
    """Where the payer says that money belongs, by reference or number; nothing else is ever sure."""
    return _best([*_by_reference(money, owed), *_by_number(money, owed)])


def resembles(money: Incoming, owed: Owed) -> bool:
    """Whether money may belong somewhere by its payer's name or its amount alone."""
    theirs = owed.find("customer", owed.named(signed(money)), money)
    return any(True for _ in chain(theirs, _by_amount(money, owed)))


def spoken(money: Incoming) -> list[str]:
    """The words of a payer that may be the numbers of invoices."""
    written = " ".join((*money.references, money.text))
    return [word for word in map(fold, BREAKS.split(written)) if len(word) >= SHORT]


def signed(money: Incoming) -> frozenset[str]:
    """The words that may be of a payer's name."""
    return telling(money.payer or money.text)


def _best(found: Iterable[Match]) -> tuple[Match, ...]:
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
    named = list(owed.find("number", spoken(money), money))
    for customer in dict.fromkeys(i.customer for i in named):
        theirs = [i for i in named if i.customer == customer]
        known = not money.payer or bool(telling(money.payer) & owed.words(customer))
        told = known and _covers(money.amount, theirs, owed)
        yield on(money, theirs, "number" if told else "sum")


def _by_name(money: Incoming, owed: Owed) -> Iterator[Match]:
    """The open invoices of whoever has the payer's name: one of that amount, all together, or just theirs."""
    for customer in owed.named(signed(money)):
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
    extra = owed.beyond(invoices[0].customer)
    return amount == left or (
        extra is not None and extra.currency == left.currency and amount == left + extra
    )


def _left(invoices: Iterable[Invoice]) -> Money:
    """What is left of invoices of one currency, together."""
    return totals(outstanding(i) for i in invoices)[0]
