"""A running balance: the newest line first or last, several accounts, and where a line is missing."""

from __future__ import annotations

from decimal import Decimal

from storage.readers._bank_balance import Step, run


def steps(*pairs: tuple[int, int | None], account: str = "") -> list[Step]:
    return [
        Step(at, Decimal(amount), None if balance is None else Decimal(balance), account)
        for at, (amount, balance) in enumerate(pairs)
    ]


def test_it_holds_in_either_order() -> None:
    lines = steps((5, 5), (3, 8), (-2, 6))
    assert run(lines).broken == run(lines[::-1]).broken == ()
    assert run(lines).holds


def test_the_line_that_leads_elsewhere_is_told() -> None:
    assert run(steps((5, 5), (3, 8), (30, 11), (1, 12), (1, 13))).broken == (2,)


def test_a_line_without_a_balance_parts_its_neighbours() -> None:
    told = run(steps((5, 5), (0, None), (1, 99), (1, 100)))
    assert (told.tried, told.broken) == (1, ())


def test_accounts_in_one_list_each_have_their_own() -> None:
    mine, yours = steps((5, 5), (3, 8), account="1"), steps((7, 70), (1, 71), account="2")
    mixed = [mine[0], yours[0], mine[1], yours[1]]
    assert (run(mixed).tried, run(mixed).broken) == (2, ())


def test_nothing_to_try_proves_nothing() -> None:
    assert not run(steps((5, 5))).holds
    assert not run(steps((5, 5), (3, 1))).holds
