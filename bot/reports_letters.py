"""Which letters led to payment: of those that went out, how many were followed by money, and how soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low
from typing import NamedTuple

from bot.letters import LADDER, LEGAL, TONES, Kind, Letter, Tone
from bot.payments import Payment

WITHIN = 14
"""Days after a letter within which money counts as having followed it."""
ORDER: tuple[Kind, ...] = ("reminder", "final_notice", "demand")
"""The letters of the ladder, the mildest first."""
PLAIN: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Led:
    """Letters of one kind, level and tone: how many went, how many were followed by money, after how long.

    `waiting` went out so lately that it is too early to tell; they are not among the `sent`.
    """

    kind: Kind
    level: int
    tone: Tone
    sent: int
    paid: int
    waiting: int
    days: int | None


class _Outcome(NamedTuple):
    """What followed one letter: `days` until money came, None when none did."""

    kind: Kind
    level: int
    tone: Tone
    days: int | None
    is_early: bool


def led_to_payment(letters: Iterable[Letter], payments: Iterable[Payment], today: date) -> tuple[Led, ...]:
    """What followed the letters of the ladder, the mildest first.

    Money on one of its invoices follows a letter until the next about that invoice, two weeks at the most.
    """
    came: dict[str, list[date]] = {}
    for payment in payments:
        if payment.kind == "payment" and payment.amount.minor > 0:
            came.setdefault(payment.invoice, []).append(payment.day)
    of_customer: dict[str, list[Letter]] = {}
    for letter in letters:
        if letter.kind in LADDER and letter.reached:
            of_customer.setdefault(letter.customer, []).append(letter)
    outcomes = [each for theirs in of_customer.values() for each in _outcomes(theirs, came, today)]
    keys = {(x.kind, x.level, x.tone) for x in outcomes}
    ranked = sorted(keys, key=lambda key: (ORDER.index(key[0]), key[1], TONES.index(key[2])))
    return tuple(_led([x for x in outcomes if x[:3] == key]) for key in ranked)


def _outcomes(letters: Iterable[Letter], came: dict[str, list[date]], today: date) -> Iterator[_Outcome]:
    gone = sorted(letters, key=lambda x: (x.went_on, x.level))
    for at, letter in enumerate(gone):
        end = _end(letter, gone[at + 1 :])
        days = [d for c in letter.claims for d in came.get(c.invoice, ()) if letter.went_on <= d < end]
        soonest = (min(days) - letter.went_on).days if days else None
        # What the law words has no tone of its own, and comes once.
        step = (letter.level, letter.tone) if letter.kind not in LEGAL else (0, PLAIN)
        yield _Outcome(letter.kind, *step, soonest, not days and today < end)


def _end(letter: Letter, later: Iterable[Letter]) -> date:
    """The first day on which money follows the letter no more."""
    about = {claim.invoice for claim in letter.claims}
    after = [x.went_on for x in later if about & {claim.invoice for claim in x.claims}]
    return min([letter.went_on + timedelta(days=WITHIN + 1), *after])


def _led(outcomes: Sequence[_Outcome]) -> Led:
    days = [x.days for x in outcomes if x.days is not None]
    waiting = sum(x.is_early for x in outcomes)
    usual = median_low(days) if days else None
    return Led(*outcomes[0][:3], len(outcomes) - waiting, len(days), waiting, usual)
