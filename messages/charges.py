"""Charges: the words by which a letter adds to its invoices, and whether it may use them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.letters import ADDITIONS, Addition, Charge
from messages.ear.amounts import stated
from messages.ear.words import plain, words


def told(text: str, charge: Charge, sums: Sequence[Charge], code: str) -> bool:
    """Whether a text states a charge on a line with its word; two of one kind and sum have to stand twice."""
    word = words(code).review[charge.addition]
    lines = [line for line in text.splitlines() if word.search(plain(line))]
    found = sum(each.fits(charge.amount) for line in lines for each in stated(line))
    return found >= sum((c.addition, c.amount) == (charge.addition, charge.amount) for c in sums)


def uncalled(text: str, sums: Sequence[Charge], code: str) -> Iterator[str]:
    """The words for charges that are not among a letter's; that there is none of them may be said."""
    asked = {each.addition for each in sums}
    spoken = plain(text)
    for addition in ADDITIONS:
        for found in () if addition in asked else naming(addition, code).finditer(spoken):
            if not _denied(spoken, found, code):
                yield text[found.start() : found.end()]


def naming(addition: Addition, code: str) -> re.Pattern[str]:
    """The words by which a letter speaks of a charge, and that mean nothing else."""
    return words(code).review[f"adds_{addition}"]


def _denied(spoken: str, found: re.Match[str], code: str) -> bool:
    """Whether a text says that there is no such charge: *uten gebyr eller renter*."""
    after = words(code).review.get("not_asked")
    behind = spoken[found.end() :].lstrip(" ")
    return bool(_none(code).search(spoken[: found.start()]) or (after and after.match(behind)))


@cache
def _none(code: str) -> re.Pattern[str]:
    said = words(code).review
    named = "|".join(said[f"adds_{addition}"].pattern for addition in ADDITIONS)
    return re.compile(rf"{said['adds_nothing'].pattern}(?:,? (?:{said['of_it'].pattern}|{named}))*,?\s*$")
