"""Deliveries: planned until a worker claims them, by a key that names them once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.deliveries import Delivery
from tests.cast import noon

NOON = noon(date(2026, 11, 16))
LETTER = Delivery(key="letter:7", kind="letter", ref="7", not_before=NOON)


def test_a_delivery_begins_planned_and_held_by_nobody() -> None:
    assert (LETTER.state, LETTER.attempts, LETTER.claimed_by, LETTER.lease_until) == ("planned", 0, "", None)


def test_a_claim_keeps_the_key_and_what_is_sent() -> None:
    claimed = replace(
        LETTER, state="sending", attempts=1, claimed_by="w1", lease_until=NOON + timedelta(minutes=5)
    )
    assert (claimed.key, claimed.ref, claimed.not_before) == (LETTER.key, LETTER.ref, LETTER.not_before)
