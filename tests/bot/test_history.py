"""History: an event says what happened and when, and cannot be rewritten."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from bot.history import Event
from tests.cast import noon

PAID = Event(id="1", at=noon(date(2026, 11, 16)), kind="paid", customer="norrsken")


def test_what_happened_by_itself_names_no_person() -> None:
    assert PAID.who == "" and dict(PAID.data) == {}


def test_what_happened_cannot_be_rewritten() -> None:
    with pytest.raises(FrozenInstanceError):
        PAID.kind = "disputed"  # type: ignore[misc]
