"""Choices: what each country's law says of a fee before there is any claim."""

from __future__ import annotations

from datetime import date

import pytest

from bot.choices import largest_fee, takes_agreement
from bot.countries import codes
from bot.money import Money

TODAY = date(2026, 11, 26)
NEW_YEAR = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("country", "fee"),
    [
        ("NO", Money.of(38, "NOK")),
        ("SE", Money.of(60, "SEK")),
        ("DK", Money.of(100, "DKK")),
        ("FI", Money.of(12, "EUR")),
    ],
)
def test_the_most_a_reminder_may_ask_for_itself_is_the_law_s(country: str, fee: Money) -> None:
    assert largest_fee(country, TODAY) == fee


def test_in_sweden_alone_the_fee_must_have_been_agreed_on() -> None:
    assert [country for country in codes() if takes_agreement(country, TODAY)] == ["SE"]


def test_no_fee_is_named_for_a_day_whose_rules_nobody_has_reviewed() -> None:
    assert largest_fee("NO", NEW_YEAR) is None
    assert not takes_agreement("NO", NEW_YEAR)
