from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from bot.documents import Document, Party, Receipt
from bot.intake import Entry, Intake
from bot.ledger import FROM_BOOKS
from bot.ledgers import DATED, TROUBLES, Connection, LedgerError, dated
from bot.money import Money
from bot.payments import Payment

TODAY = date(2026, 11, 26)


def sek(minor: int) -> Money:
    return Money(minor, "SEK")


def receipt(minor: int, day: int, number: str = "7001", currency: str = "SEK") -> Receipt:
    return Receipt(date(2026, 11, day), Money(minor, currency), (number,))


def payments(minor: int, receipts: Iterable[Receipt]) -> list[Payment]:
    """The payments that so much less being left becomes."""
    document = Document("invoice", "7001", sek(0), buyer=Party(name="Hotel Aurora"))
    whole = Payment(id="p", customer="c", invoice="i", day=TODAY, amount=sek(minor), key=f"{FROM_BOOKS}i:0")
    intake = Intake((Entry("part_paid", document, payment=whole), Entry("same", document)))
    names = (f"n{number}" for number in count())
    found = dated(intake, receipts, TODAY, lambda: next(names))
    assert found.entries[-1].what == "same"
    return [entry.payment for entry in found.entries if entry.payment]


def told(minor: int, *receipts: Receipt) -> list[tuple[int, int]]:
    return [(p.day.day, p.amount.minor) for p in payments(minor, receipts)]


def test_what_lets_one_in_is_not_shown_where_a_connection_is_printed() -> None:
    assert "hemlig" not in repr(Connection(system="fiken", secrets={"token": "hemlig"}))


def test_trouble_is_told_by_its_key() -> None:
    error = LedgerError("refused", permanent=True)
    assert (str(error), error.permanent) == ("refused", True)
    assert list(TROUBLES) == sorted(TROUBLES)


def test_a_payment_has_the_day_that_the_system_tells() -> None:
    assert told(50000, receipt(50000, 20)) == [(20, 50000)]


def test_two_payments_since_the_last_reading_are_two() -> None:
    (first, second) = payments(50000, [receipt(30000, 22), receipt(20000, 20)])
    assert [(p.day.day, p.amount.minor) for p in (first, second)] == [(20, 20000), (22, 30000)]
    assert first.id != second.id and first.key != second.key
    assert first.key.startswith(DATED) and DATED.startswith(FROM_BOOKS)


def test_what_was_known_before_is_not_told_again() -> None:
    assert told(20000, receipt(30000, 10), receipt(20000, 24)) == [(24, 20000)]
    assert told(20000, receipt(50000, 24)) == [(24, 20000)]


def test_where_the_payments_do_not_come_to_it_the_rest_came_today() -> None:
    assert told(50000, receipt(30000, 20)) == [(26, 50000)]
    assert told(50000, receipt(50000, 20, "7002")) == [(26, 50000)]
    assert told(50000, receipt(50000, 20, currency="EUR")) == [(26, 50000)]
    assert told(50000) == [(26, 50000)]


def test_no_payment_is_of_tomorrow() -> None:
    assert told(50000, receipt(50000, 30)) == [(26, 50000)]


@given(
    st.integers(1, 10**9), st.lists(st.tuples(st.integers(-(10**6), 10**9), st.integers(1, 30)), max_size=8)
)
def test_the_parts_always_come_to_the_whole(minor: int, listed: list[tuple[int, int]]) -> None:
    found = payments(minor, [receipt(amount, day) for amount, day in listed])
    assert sum(p.amount.minor for p in found) == minor
    assert all(p.amount.minor > 0 and p.day <= TODAY for p in found)
    assert len({p.key for p in found}) == len(found)
