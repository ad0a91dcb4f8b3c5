"""Flaws on the desk: what is wrong with the invoices of an intake, in words, and what to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot import flaws
from bot.chat import Check
from bot.intake import Intake, is_other_seller
from bot.invoices import Invoice
from handlers.desk import Desk

SHOWN = 4
"""How many flaws are shown at the most, the commonest of them."""
NUMBERS = 3
"""How many invoices a flaw names."""


def told(found: Intake, desk: Desk) -> tuple[Check, ...]:
    """What is odd about new invoices that can be read all the same."""
    return tuple(Check("look", words) for words in _words(found, desk))


def of_references(invoices: Iterable[Invoice], desk: Desk) -> tuple[Check, ...]:
    """References that a letter would name and no bank would take."""
    odd = (i for i in invoices if flaws.is_odd_reference(i.reference, desk.business))
    words = (desk.word("checks.reference_odd", invoice=i.number, reference=i.reference) for i in odd)
    return tuple(Check("look", each) for each in words)


def _words(found: Intake, desk: Desk) -> Iterator[str]:
    fresh = [entry.document for entry in found.of("new")]
    others = sorted({d.seller.name for d in fresh if is_other_seller(d, desk.business)})
    if others:
        yield desk.word("flaws.seller_other", seller=", ".join(others))
    for flaw, numbers in [*flaws.of_all(fresh, desk.business).items()][:SHOWN]:
        yield desk.word(f"flaws.{flaw}", numbers=_named(numbers, desk))


def _named(numbers: tuple[str, ...], desk: Desk) -> str:
    """The first of them, and how many more."""
    named, more = ", ".join(numbers[:NUMBERS]), len(numbers) - NUMBERS
    return f"{named} {desk.word('and_more', count=more)}" if more > 0 else named
