"""Questions: what is left of a debt on a day, and what a letter gives."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bot.asked import notice, question


@pytest.mark.parametrize(
    ("day", "left"),
    [(date(2026, 3, 9), 10000), (date(2026, 3, 10), 6000), (date(2026, 4, 1), 0), (date(2026, 5, 1), 0)],
)
def test_a_payment_counts_from_the_end_of_its_day_and_nothing_is_left_below_nothing(
    day: date, left: int
) -> None:
    debt = question("NO", "2026-06-01", "2026-03-02", paid={"2026-03-10": "4000", "2026-04-01": "9000"}).debt
    assert debt.left(day).decimal == left


def test_the_invoice_is_the_demand_unless_another_was_sent() -> None:
    assert question("NO", "2026-06-01", "2026-03-02", issued="2026-02-01").debt.demanded == date(2026, 2, 1)
    asked = question("NO", "2026-06-01", "2026-03-02", issued="2026-02-01", demanded="2026-03-05")
    assert asked.debt.demanded == date(2026, 3, 5)


@pytest.mark.parametrize(("deadline", "gives"), [("2026-03-15", False), ("2026-03-16", True), (None, False)])
def test_the_sending_day_is_no_day_of_the_deadline(deadline: str | None, gives: bool) -> None:
    assert notice("2026-03-02", deadline).gives(14) is gives


@pytest.mark.parametrize(
    ("debtor", "consumer"), [("consumer", True), ("unknown", True), ("business", False), ("public", False)]
)
def test_who_is_not_known_is_a_consumer(debtor: str, consumer: bool) -> None:
    assert question("NO", "2026-06-01", "2026-03-02", debtor=debtor).consumer is consumer
