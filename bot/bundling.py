"""Small sums bundled: what is too little for a letter of its own waits until more is late, for so long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import workdays
from bot.countries import country
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.ladder import names
from bot.letters import Claim, Letter
from bot.money import Money
from bot.parties import Business

USUAL = {"EUR": 20}
USUAL_CROWNS = 200
"""Up to how much a sum is offered to wait: about what it costs to write, send and follow a letter."""
TIMES = 5
"""How many times the usual sum may wait at the most: more than that is worth asking for."""
DAYS = range(7, 91)
"""For how many days after its due date a small sum may wait at the most."""


@dataclass(frozen=True, slots=True)
class Small:
    """A customer's sum that waits until more is late: which invoices it is on, and the day that ends it."""

    amount: Money
    invoices: frozenset[str]
    until: date


def usual(business: Business) -> Money:
    """The sum that is offered to a business as one that may wait."""
    currency = country(business.country).currency
    return Money.of(USUAL.get(currency, USUAL_CROWNS), currency)


def most(business: Business) -> Money:
    """The largest sum that a business may let wait."""
    offered = usual(business)
    return Money(offered.minor * TIMES, offered.currency)


def check(amount: Money, days: int, business: Business) -> None:
    """Refuse to let a sum wait that is no small one, is in another currency, or for too short or too long."""
    largest = most(business)
    if amount.currency != largest.currency or amount.minor <= 0 or largest < amount:
        raise Refusal("small_sum", most=largest)
    if days not in DAYS:
        raise Refusal("small_days", least=DAYS[0], most=DAYS[-1])


def waiting(
    asked: Iterable[Claim], late: Sequence[Invoice], letters: Iterable[Letter], business: Business
) -> Small | None:
    """What of the claims on late invoices is a small sum; None where nothing waits on that account.

    It is all that may be asked for in the business's own currency, and no letter that went out names it.
    Other currencies never wait. From the day `until` on it is asked for like anything else.
    """
    if not business.small:
        return None
    limit = Money(business.small, country(business.country).currency)
    own = [c for c in asked if c.amount.currency == limit.currency]
    amount, ids = sum((c.amount for c in own), Money(0, limit.currency)), frozenset(c.invoice for c in own)
    due = min((i.due for i in late if i.id in ids and i.due), default=None)
    if due is None or limit < amount or any(names(x, i) for x in letters if x.reached for i in ids):
        return None
    ends = workdays.on_or_after(due + timedelta(days=business.small_days), business.country)
    return Small(amount, ids, ends)
