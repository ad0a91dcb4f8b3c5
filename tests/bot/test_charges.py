"""Charges: simple interest by the day, cut where rate or principal changes, rounded once; compensation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.charges import Interest
from tests.bot.asked import ask, iso

DUE = "2026-03-02"


def interest(where: str, on: str, due: str | None = DUE, **more: Any) -> Interest:
    found = ask(where, on, due, **more).interest
    assert found is not None
    return found


def rows(found: Interest) -> list[tuple[str | None, str | None, str, int]]:
    return [(iso(s.start), iso(s.end), str(s.principal.decimal), s.days) for s in found.segments]


@pytest.mark.parametrize("where", ["NO", "SE", "DK", "FI"])
def test_none_runs_on_the_due_date_and_a_day_of_it_the_day_after(where: str) -> None:
    assert rows(interest(where, DUE)) == [] and not interest(where, DUE).amount
    assert iso(interest(where, DUE).start) == "2026-03-03"
    assert rows(interest(where, "2026-03-03")) == [("2026-03-03", "2026-03-03", "10000.00", 1)]


def test_the_twenty_ninth_of_february_is_a_day_and_the_year_stays_365() -> None:
    found = interest("NO", "2024-03-01", "2024-02-28", amount="36500.00")
    assert rows(found) == [("2024-02-29", "2024-03-01", "36500.00", 2)]
    assert found.amount.decimal == Decimal("25.00")


def test_it_is_cut_at_each_half_year_also_where_the_rate_stays_or_is_agreed() -> None:
    days = [("2025-12-31", "2025-12-31"), ("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-07-01")]
    for rate in (None, "15.00"):
        found = interest("SE", "2026-07-01", "2025-12-30", rate=rate)
        assert [(a, b) for a, b, *_ in rows(found)] == days


def test_a_payment_lowers_the_principal_from_the_day_after() -> None:
    found = interest("NO", "2026-03-20", paid={"2026-03-10": "4000.00"})
    assert rows(found) == [
        ("2026-03-03", "2026-03-10", "10000.00", 8),
        ("2026-03-11", "2026-03-20", "6000.00", 10),
    ]


@pytest.mark.parametrize("paid", ["2026-02-01", "2026-03-01", "2026-03-02"])
def test_a_payment_on_or_before_due_lowers_it_from_the_start(paid: str) -> None:
    assert rows(interest("NO", "2026-03-04", paid={paid: "4000.00"})) == [
        ("2026-03-03", "2026-03-04", "6000.00", 2)
    ]


def test_a_payment_on_the_first_day_of_interest_leaves_that_day_whole() -> None:
    found = interest("NO", "2026-03-05", paid={"2026-03-03": "10000.00"})
    assert rows(found) == [("2026-03-03", "2026-03-03", "10000.00", 1)]


def test_a_payment_on_the_day_itself_and_a_later_one_cut_nothing() -> None:
    once = rows(interest("NO", "2026-03-20"))
    assert rows(interest("NO", "2026-03-20", paid={"2026-03-20": "4000.00"})) == once
    assert rows(interest("NO", "2026-03-20", paid={"2026-03-21": "4000.00"})) == once
    answer = ask("NO", "2026-03-20", DUE, paid={"2026-03-21": "4000.00"})
    assert answer.owed.principal and answer.owed.principal.decimal == 10000


def test_more_than_is_owed_leaves_nothing_and_no_segment() -> None:
    answer = ask("NO", "2026-03-20", DUE, paid={"2026-03-04": "9000.00", "2026-03-10": "4000.00"})
    assert answer.interest and len(rows(answer.interest)) == 2
    assert answer.owed.principal is not None and not answer.owed.principal
    assert not answer.overdue and answer.days_overdue == 0
    assert answer.reminder.opens is None and answer.escalation.routes == ()


def test_a_payment_at_the_turn_of_the_half_year_cuts_once() -> None:
    found = interest("SE", "2026-07-02", "2026-06-29", paid={"2026-06-30": "1000.00"})
    assert rows(found) == [
        ("2026-06-30", "2026-06-30", "10000.00", 1),
        ("2026-07-01", "2026-07-02", "9000.00", 2),
    ]


def test_two_payments_of_one_day_are_one_cut() -> None:
    answer = ask("SE", "2026-03-20", DUE, paid={"2026-03-10": "1000.00"})
    assert answer.interest and len(answer.interest.segments) == 2


@pytest.mark.parametrize(
    ("demanded", "issued", "start"),
    [
        ("2026-02-10", None, "2026-03-12"),
        (None, "2026-02-10", "2026-03-12"),
        ("2026-02-10", "2026-01-01", "2026-03-12"),
        ("2026-01-31", None, "2026-03-03"),
        ("2026-01-05", None, "2026-03-03"),
        (None, None, None),
    ],
)
def test_without_an_agreed_due_date_it_waits_thirty_days_from_the_demand_and_for_due(
    demanded: str | None, issued: str | None, start: str | None
) -> None:
    for where in ("NO", "SE", "DK", "FI"):
        answer = ask(where, "2026-04-01", DUE, agreed=False, demanded=demanded, issued=issued)
        assert answer.interest and iso(answer.interest.start) == start
        assert ("interest" in answer.unsure) is (start is not None)
        assert (answer.compensation is None) is (start is None)


def test_where_no_demand_was_made_none_is_owed() -> None:
    answer = ask("NO", "2026-04-01", DUE, agreed=False)
    assert answer.interest and not answer.interest.amount and answer.owed.total == answer.owed.principal


def test_its_first_day_is_given_before_it_comes() -> None:
    found = interest("NO", "2026-03-05", agreed=False, demanded="2026-03-01")
    assert iso(found.start) == "2026-03-31" and rows(found) == []


def test_unrounded_segments_are_added_and_rounded_once() -> None:
    # Two segments of 0.004 and 0.001 less than half an øre each would vanish if each were rounded.
    found = interest("NO", "2026-03-04", amount="14.90", rate="10.00", paid={"2026-03-03": "0.10"})
    assert found.amount.decimal == Decimal("0.01")


@pytest.mark.parametrize(("amount", "sum_"), [("1010.00", "24.75"), ("1009.99", "24.74")])
def test_half_an_oere_is_rounded_up(amount: str, sum_: str) -> None:
    assert str(interest("NO", "2026-10-15", "2026-08-03", amount=amount).amount.decimal) == sum_


@pytest.mark.parametrize(
    ("where", "agreed", "rate"),
    [("NO", "18.00", "12.00"), ("NO", "5.00", "5.00"), ("DK", "24.00", "9.75"), ("FI", "8.00", "8.00")],
)
def test_a_consumer_owes_the_lower_rate_in_each_segment(where: str, agreed: str, rate: str) -> None:
    for debtor in ("consumer", "unknown"):
        found = interest(where, "2026-03-20", rate=agreed, debtor=debtor)
        assert [s.rate for s in found.segments] == [Decimal(rate)]


def test_an_agreed_rate_between_two_statutory_ones_is_compared_half_year_by_half_year() -> None:
    found = interest("NO", "2026-07-01", "2026-06-29", rate="12.10", debtor="consumer")
    assert [str(s.rate) for s in found.segments] == ["12.00", "12.10"]


@pytest.mark.parametrize("debtor", ["business", "public"])
def test_others_owe_what_was_agreed(debtor: str) -> None:
    for where in ("NO", "DK", "FI"):
        assert [s.rate for s in interest(where, "2026-03-20", rate="4.00", debtor=debtor).segments] == [4]


@pytest.mark.parametrize("where", ["NO", "SE"])
def test_the_last_known_day_is_answered_and_the_next_refused(where: str) -> None:
    assert ask(where, "2026-12-31", "2026-12-01").interest
    answer = ask(where, "2027-01-01", "2026-12-01")
    assert answer.interest is None and answer.owed.interest is None and answer.owed.total is None
    assert "rate_missing" in answer.refusals


@pytest.mark.parametrize("where", ["NO", "SE", "DK", "FI"])
def test_days_before_the_table_are_refused_too(where: str) -> None:
    assert ask(where, "2019-01-02", "2018-12-28", debtor="consumer").interest is None
    assert ask(where, "2019-01-10", "2019-01-02", debtor="consumer").interest


def test_interest_that_begins_in_an_unknown_half_year_is_not_refused_before_it_runs() -> None:
    answer = ask("SE", "2026-12-31", "2026-12-31", debtor="business")
    assert answer.interest and answer.refusals == ()


@pytest.mark.parametrize(("where", "flat"), [("NO", 460), ("SE", 450), ("DK", 310), ("FI", 40)])
def test_compensation_is_owed_by_businesses_and_public_bodies_from_the_first_day_of_interest(
    where: str, flat: int
) -> None:
    for debtor, owed in (("business", flat), ("public", flat), ("consumer", None), ("unknown", None)):
        assert ask(where, DUE, DUE, debtor=debtor).compensation is None
        assert ask(where, "2026-03-03", DUE, debtor=debtor).compensation == owed


def test_compensation_needs_principal_that_was_open_when_interest_began() -> None:
    assert ask("NO", "2026-03-20", DUE, paid={DUE: "10000.00"}).compensation is None
    assert ask("NO", "2026-03-20", DUE, paid={DUE: "9999.99"}).compensation == 460
    late = ask("NO", "2026-03-20", DUE, paid={"2026-03-03": "10000.00"})
    assert late.compensation == 460 and not late.overdue


def test_a_claim_in_another_currency_keeps_its_interest_and_has_no_total() -> None:
    answer = ask("SE", "2026-03-20", DUE, currency="EUR")
    assert answer.refusals == ("currency_mixed",)
    assert answer.interest and answer.interest.amount.currency == "EUR" and answer.interest.amount
    assert answer.compensation == 450 and answer.owed.total is None
    assert answer.final_notice.max_fee == 180
