"""Promises: they keep us silent until their day and a bank day's grace have passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import promises, workdays
from bot.countries import codes
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.letters import Claim
from bot.money import Money
from bot.payments import Payment
from bot.promises import Promise, is_kept
from tests.cast import CAFE_NORRSKEN, invoice, kr

FRIDAY = date(2026, 11, 20)
OWED = (Claim("i", kr("900")),)
PROMISE = Promise(id="p", customer="norrsken", day=FRIDAY, made=FRIDAY - timedelta(days=4), claims=OWED)
GRANTED = replace(PROMISE, kind="deferral")
WAIVER = replace(PROMISE, kind="waiver", drops=kr("60"))
MONDAY = FRIDAY + timedelta(days=3)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
countries = st.sampled_from(codes())


def owing(amount: str) -> Invoice:
    """The invoice of 900 the promise is about, when so much is left of it."""
    claim = replace(invoice(CAFE_NORRSKEN, "1", "900", FRIDAY), id="i")
    return replace(claim, paid=claim.amount - kr(amount))


def came(amount: str, day: date) -> Payment:
    """Money that came on it on a day."""
    return Payment(id=amount, customer="norrsken", invoice="i", day=day, amount=kr(amount))


@given(days, days, countries)
def test_an_open_promise_either_holds_or_is_missed(day: date, today: date, code: str) -> None:
    promise = replace(PROMISE, day=day)
    assert promises.holds(promise, today, code) != promises.is_missed(promise, today, code)


@given(days, countries)
def test_it_is_looked_at_again_on_a_bank_day_with_a_whole_bank_day_behind_it(day: date, code: str) -> None:
    again = promises.follow_up(replace(PROMISE, day=day), code)
    assert workdays.is_bank_day(again, code)
    assert any(workdays.is_bank_day(day + timedelta(n), code) for n in range((again - day).days))


@pytest.mark.parametrize("state", ["kept", "broken", "withdrawn"])
def test_a_closed_promise_neither_holds_nor_is_missed(state: promises.Standing) -> None:
    closed = replace(PROMISE, state=state)
    assert not promises.holds(closed, FRIDAY, "SE")
    assert not promises.is_missed(closed, FRIDAY + timedelta(days=30), "SE")


def test_friday_s_promise_is_missed_on_monday_and_not_on_sunday() -> None:
    assert promises.holds(PROMISE, FRIDAY + timedelta(days=2), "SE")
    assert promises.is_missed(PROMISE, FRIDAY + timedelta(days=3), "SE")


def test_a_promise_for_christmas_eve_waits_for_the_banks() -> None:
    promise = replace(PROMISE, day=date(2026, 12, 24))
    assert promises.follow_up(promise, "SE") == date(2026, 12, 29)


def test_today_may_be_promised_and_yesterday_may_not() -> None:
    assert promises.check_day(FRIDAY, FRIDAY) == FRIDAY
    with pytest.raises(Refusal) as refused:
        promises.check_day(FRIDAY - timedelta(days=1), FRIDAY)
    assert refused.value.key == "day_past"


def test_a_promise_lies_at_most_half_a_year_ahead() -> None:
    last = FRIDAY + timedelta(days=180)
    assert promises.check_day(last, FRIDAY) == last
    with pytest.raises(Refusal) as refused:
        promises.check_day(FRIDAY + timedelta(days=181), FRIDAY)
    assert refused.value.key == "day_far" and refused.value.facts["most"] == 180


@pytest.mark.parametrize(
    ("amount", "before", "earlier", "beside"),
    [
        ("300", 1, None, True),
        ("300", 1, "600", True),
        ("600", 1, "600", False),
        ("900", 1, None, False),
        (None, 1, None, False),
        ("300", 0, None, False),
        ("300", -1, None, False),
    ],
)
def test_only_a_part_that_is_to_come_before_stands_beside_what_was_promised(
    amount: str | None, before: int, earlier: str | None, beside: bool
) -> None:
    first = replace(PROMISE, amount=kr(earlier) if earlier else None)
    day = FRIDAY - timedelta(days=before)
    new = replace(PROMISE, id="q", day=day, amount=kr(amount) if amount else None)
    assert promises.stands_beside(first, new) is beside


def test_more_time_is_granted_once_for_the_same_debt() -> None:
    later = FRIDAY + timedelta(days=14)
    assert promises.grant(later, FRIDAY, [PROMISE], OWED) == later
    with pytest.raises(Refusal) as refused:
        promises.grant(later, FRIDAY, [replace(GRANTED, state="broken")], OWED)
    assert refused.value.key == "deferral_once"


def test_more_time_is_granted_again_for_another_debt() -> None:
    another = (Claim("j", kr("80")),)
    assert promises.grant(FRIDAY, FRIDAY, [replace(GRANTED, state="kept")], another) == FRIDAY


def test_more_time_taken_back_may_be_granted_again() -> None:
    assert promises.grant(FRIDAY, FRIDAY, [replace(GRANTED, state="withdrawn")], OWED) == FRIDAY


def test_more_time_is_at_most_three_months() -> None:
    with pytest.raises(Refusal) as refused:
        promises.grant(FRIDAY + timedelta(days=91), FRIDAY, [], OWED)
    assert refused.value.key == "day_far"


@pytest.mark.parametrize("amount", [kr("900.01"), Money.of("1", "EUR")])
def test_nobody_promises_more_than_they_owe_or_in_another_currency(amount: Money) -> None:
    assert promises.check_amount(kr("900"), OWED) == kr("900")
    with pytest.raises(Refusal) as refused:
        promises.check_amount(amount, OWED)
    assert refused.value.key == "promise_amount" and refused.value.facts["owed"] == (kr("900"),)


def test_a_promised_amount_is_kept_when_that_much_has_come_since() -> None:
    promise = replace(PROMISE, amount=kr("500"))
    assert not is_kept(promise, [owing("400.01")], [])
    assert is_kept(promise, [owing("400")], [])


def test_money_from_before_keeps_no_promise() -> None:
    promise = replace(PROMISE, amount=kr("500"))
    assert not is_kept(promise, [owing("900")], [came("700", PROMISE.made), came("499", FRIDAY)])


def test_a_promise_of_everything_is_kept_when_nothing_of_it_is_left() -> None:
    assert not is_kept(PROMISE, [owing("1")], [])
    assert is_kept(PROMISE, [owing("0"), replace(owing("70"), id="newer")], [])


def test_a_part_contested_from_the_start_is_no_part_of_the_promise() -> None:
    assert not is_kept(PROMISE, [owing("900")], [])
    larger = replace(owing("0"), amount=kr("1100"))
    assert is_kept(PROMISE, [larger], [came("900", FRIDAY)])


def test_a_promise_in_two_currencies_is_kept_in_both_or_not_at_all() -> None:
    euros = replace(owing("900"), id="e", amount=Money.of("50", "EUR"), paid=Money(0, "EUR"))
    promise = replace(PROMISE, claims=(*OWED, Claim("e", euros.amount)))
    assert not is_kept(promise, [owing("0"), euros], [])
    assert is_kept(promise, [owing("0"), replace(euros, paid=euros.amount)], [])


def test_money_taken_back_opens_a_kept_promise_again_and_no_broken_one() -> None:
    kept, broken = replace(PROMISE, state="kept"), replace(PROMISE, state="broken")
    assert promises.judged(PROMISE, [owing("0")], [], "SE") == kept
    assert promises.judged(kept, [owing("900")], [], "SE") == PROMISE
    assert promises.judged(broken, [owing("0")], [], "SE") == broken


def judged(waiver: Promise, left: str, *payments: Payment) -> promises.Standing:
    """What a waiver is when so much of the 900 is left."""
    return promises.judged(waiver, [owing(left)], payments, "SE").state


@pytest.mark.parametrize("day", [PROMISE.made, FRIDAY, MONDAY])
def test_a_waiver_is_kept_by_money_that_came_by_its_day_or_a_bank_day_after(day: date) -> None:
    assert judged(WAIVER, "0", came("900", day)) == "kept"
    assert judged(WAIVER, "1", came("899", day)) == "open"


def test_a_waiver_is_void_when_the_money_came_too_late() -> None:
    late = came("400", MONDAY + timedelta(days=1))
    assert judged(WAIVER, "0", came("500", FRIDAY), late) == "broken"
    assert judged(WAIVER, "500", late) == "open"


def test_money_that_turns_out_to_have_come_in_time_keeps_a_waiver_that_was_over() -> None:
    over = replace(WAIVER, state="broken")
    assert judged(over, "0", came("900", FRIDAY)) == "kept"
    assert judged(over, "900") == "broken"


def test_money_taken_back_opens_a_waiver_again_and_no_later_one_took_its_place() -> None:
    assert judged(replace(WAIVER, state="kept"), "900") == "open"
    assert judged(replace(WAIVER, state="withdrawn"), "0", came("900", FRIDAY)) == "withdrawn"


def test_who_was_let_off_at_once_stays_so_whatever_comes() -> None:
    given = replace(WAIVER, amount=kr("0"), state="kept")
    assert judged(given, "900") == "kept"
    assert judged(given, "0", came("900", MONDAY + timedelta(days=30))) == "kept"


def test_a_waiver_is_no_more_time_granted() -> None:
    later = FRIDAY + timedelta(days=14)
    assert promises.grant(later, FRIDAY, [replace(WAIVER, state="broken")], OWED) == later
