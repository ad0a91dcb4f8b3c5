"""Incoming: what was noted before, and whether the bank now tells of the same money."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.incoming import Incoming, is_unproved, may_be, replaced
from bot.ledger import FROM_BOOKS
from bot.payments import Payment
from tests.cast import kr

DAY = date(2026, 11, 20)
MONEY = Incoming(id="m", day=DAY, amount=kr("1000"), mark="m")


def noted(days: int, key: str = "", amount: str = "1000") -> Payment:
    day = DAY + timedelta(days=days)
    return Payment(id=f"p{days}", customer="c", invoice="i", day=day, amount=kr(amount), key=key)


@pytest.mark.parametrize(("days", "is_same"), [(-2, True), (2, True), (-30, False), (30, False)])
def test_a_payment_with_a_day_is_the_bank_s_when_their_days_are_near(days: int, is_same: bool) -> None:
    for key in ("", f"{FROM_BOOKS}day:1"):
        assert may_be(noted(days, key), MONEY) is is_same


def test_what_only_follows_from_the_books_may_be_money_of_any_day_before() -> None:
    assert may_be(noted(200, f"{FROM_BOOKS}i:0"), MONEY)
    assert not may_be(noted(-1, f"{FROM_BOOKS}i:0"), MONEY)


def test_only_what_no_bank_has_told_of_is_unproved() -> None:
    assert is_unproved(noted(0)) and is_unproved(noted(0, f"{FROM_BOOKS}i:0"))
    assert not is_unproved(noted(0, "bank:m:0"))


def test_money_takes_the_place_of_just_as_much_of_what_was_noted() -> None:
    books = noted(1, f"{FROM_BOOKS}i:0", "1500")
    (left,) = replaced([books], MONEY, kr("1000"))
    assert left.amount == kr("500")
    assert replaced([noted(0)], MONEY, kr("1000")) == ()
    assert replaced([noted(90)], MONEY, kr("1000")) == (noted(90),)
