"""Money is counted in whole minor units and never lost or made."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.money import Money, exponent, totals

minors = st.integers(-(10**15), 10**15)
currencies = st.sampled_from(["NOK", "SEK", "DKK", "EUR", "ISK"])
monies = st.builds(Money, minors, currencies)


@given(monies)
def test_a_decimal_amount_and_back_is_the_same(money: Money) -> None:
    assert Money.of(money.decimal, money.currency) == money
    assert Money.of(str(money.decimal), money.currency) == money


@given(monies, st.integers(1, 60))
def test_parts_add_up_to_the_whole_and_differ_by_at_most_one(money: Money, parts: int) -> None:
    split = money.split(parts)
    assert len(split) == parts
    assert sum(part.minor for part in split) == money.minor
    assert 0 <= split[0].minor - split[-1].minor <= 1
    assert list(split) == sorted(split, reverse=True)


@given(minors, minors)
def test_taking_away_undoes_adding(one: int, other: int) -> None:
    first, second = Money(one, "NOK"), Money(other, "NOK")
    assert first + second - second == first
    assert first + -first == Money(0, "NOK")


@given(st.lists(monies))
def test_totals_lose_nothing(amounts: list[Money]) -> None:
    sums = totals(amounts)
    assert [total.currency for total in sums] == list(dict.fromkeys(a.currency for a in amounts))
    for total in sums:
        assert total.minor == sum(a.minor for a in amounts if a.currency == total.currency)


def test_an_amount_keeps_its_cents() -> None:
    assert Money.of("1234.5", "NOK") == Money(123450, "NOK")
    assert Money.of("0.07", "EUR").decimal == Decimal("0.07")


def test_a_currency_without_cents_has_none() -> None:
    assert exponent("ISK") == 0
    assert Money.of(500, "ISK") == Money(500, "ISK")
    with pytest.raises(ValueError, match="too many decimals"):
        Money.of("1.5", "ISK")


def test_more_decimals_than_the_currency_has_are_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.005 NOK has too many decimals"):
        Money.of("0.005", "NOK")


@pytest.mark.parametrize("mix", [operator.add, operator.sub, operator.lt, operator.le])
def test_currencies_do_not_mix(mix: Callable[[Money, Money], object]) -> None:
    with pytest.raises(ValueError, match="NOK does not mix with SEK"):
        mix(Money(1, "NOK"), Money(1, "SEK"))


def test_shares_round_half_up() -> None:
    assert Money(105, "NOK").times(Decimal("0.5")) == Money(53, "NOK")
    assert Money(1000, "NOK").times(Decimal("0.1225")) == Money(123, "NOK")


def test_only_nothing_is_false() -> None:
    assert not Money(0, "NOK")
    assert Money(-1, "NOK")


def test_whole_amounts_are_told_from_those_with_cents() -> None:
    assert Money(1200, "NOK").is_whole
    assert not Money(1201, "NOK").is_whole
    assert Money(7, "ISK").is_whole
