"""Open items: what is left of each invoice, and when nothing may be said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.documents import Party
from bot.money import Money
from storage.readers._open_items import Account, Posting


def account(*pairs: tuple[str, int], balance: int | None = None) -> Account:
    postings = [Posting(number, Decimal(amount)) for number, amount in pairs]
    return Account(Party("Café"), "SEK", None if balance is None else Decimal(balance), postings)


def test_what_is_left_of_each_invoice() -> None:
    left = list(account(("1", 10), ("2", 5), ("1", -4), ("2", -5)).documents(Party("Åsa")))
    assert [(d.number, d.amount, d.total) for d in left] == [("1", Money(600, "SEK"), Money(1000, "SEK"))]


@pytest.mark.parametrize(
    ("pairs", "balance", "explained"),
    [
        ([("1", 10), ("1", -4)], 6, True),
        ([("1", 10), ("1", -4)], None, True),
        ([("1", 10), ("1", -4)], 7, False),
        ([("1", 10), ("", -4)], 6, False),
        ([("1", 10), ("2", -4)], 6, False),
        ([], 0, True),
        ([], 5, False),
    ],
)
def test_when_the_postings_explain_the_balance(
    pairs: list[tuple[str, int]], balance: int | None, explained: bool
) -> None:
    assert account(*pairs, balance=balance).explained() is explained
