"""Small sums: what waits until more is late, for how long, and what never waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import workdays
from bot.bundling import DAYS, check, most, usual, waiting
from bot.cases import Case, Pause, late, standing
from bot.countries import codes, country
from bot.disputes import Dispute
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.letters import Letter
from bot.money import Money
from bot.reminders import Step, next_step
from bot.replay import Facts, play
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, invoice, kr, reminder

MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)
HOUSE = replace(ASAS_BAGERI, small=200_00, small_days=30)


def owed(amount: str, days_late: int, number: str = "1", currency: str = "SEK") -> Invoice:
    """A claim that is late by so many days on Monday."""
    made = invoice(BYGG_OCH_BETONG, number, amount, MONDAY - days_late * DAY)
    return replace(made, amount=Money.of(amount, currency), paid=Money(0, currency))


def step_of(*invoices: Invoice, today: date = MONDAY, **known: Any) -> Step:
    return next_step(Case(customer=BYGG_OCH_BETONG, invoices=invoices, **known), HOUSE, today)


def test_a_small_sum_waits_and_says_how_much_and_until_when() -> None:
    step = step_of(owed("85", 10))
    assert (step.kind, step.why, step.opens) == ("look", "small_sum", MONDAY + 21 * DAY)
    assert step.facts["amount"] == kr("85") and not step.needs_owner


def test_it_waits_in_no_business_that_has_not_asked_for_it() -> None:
    case = Case(customer=BYGG_OCH_BETONG, invoices=(owed("85", 10),))
    assert next_step(case, ASAS_BAGERI, MONDAY).why == "level_1"


def test_a_draft_of_the_owners_own_is_about_it_as_the_first_reminder() -> None:
    step = step_of(owed("85", 10))
    assert [c.amount for c in step.claims] == [kr("85")] and step.level == 1


def test_more_that_is_late_brings_it_along() -> None:
    step = step_of(owed("85", 10), owed("120", 4, "2"))
    assert (step.kind, step.why) == ("reminder", "level_1")
    assert [c.amount for c in step.claims] == [kr("85"), kr("120")]
    assert step_of(owed("85", 10), owed("115", 4, "2")).why == "small_sum"


@pytest.mark.parametrize("days", [29, 30, 45])
def test_at_the_longest_it_waits_for_so_many_days_and_then_it_is_asked_for(days: int) -> None:
    step = step_of(owed("85", days))
    assert step.why == ("small_sum" if days < 30 else "level_1")


def test_the_oldest_of_several_counts() -> None:
    assert step_of(owed("40", 29), owed("45", 10, "2")).opens == MONDAY + DAY
    assert step_of(owed("40", 30), owed("45", 10, "2")).why == "level_1"


def test_what_a_letter_of_ours_named_is_never_held() -> None:
    one, other = owed("85", 10), owed("20", 3, "2")
    sent = reminder(one, 1, MONDAY - DAY)
    assert step_of(one, other, letters=(sent,)).why == "not_yet"
    draft = replace(sent, state="draft", sent_day=None)
    assert step_of(one, other, letters=(draft,)).why == "small_sum"


def test_what_a_letter_announced_comes_on_its_day() -> None:
    claim = owed("85", 20)
    said = replace(reminder(claim, 1, MONDAY - 14 * DAY), next_day=MONDAY, next_step="writes")
    step = step_of(claim, letters=(said,))
    assert (step.kind, step.announced) == ("reminder", MONDAY)


def test_another_currency_never_waits_and_does_not_count() -> None:
    assert step_of(owed("15", 10, currency="EUR")).why == "level_1"
    both = step_of(owed("85", 10), owed("90", 10, "2", "EUR"))
    assert both.why == "level_1" and len(both.claims) == 2
    soon = step_of(owed("85", 10), owed("90", 4, "2", "EUR"))
    assert (soon.why, soon.opens) == ("just_late", MONDAY + DAY)


def test_beside_a_letter_about_another_currency_the_ladder_tells_what_is_next() -> None:
    small, euro = owed("85", 21), owed("90", 5, "2", "EUR")
    said = replace(reminder(euro, 1, MONDAY - 3 * DAY), next_day=None)
    step = step_of(small, euro, letters=(said,))
    assert (step.kind, step.why, step.opens) == ("wait", "not_yet", MONDAY + 9 * DAY)


def test_only_what_may_be_asked_for_counts() -> None:
    contested = owed("5000", 20, "2")
    dispute = Dispute(
        id="d", customer=BYGG_OCH_BETONG.id, invoice=contested.id, opened=MONDAY, reason="quality"
    )
    assert step_of(owed("85", 10), contested, disputes=(dispute,)).why == "small_sum"


def test_a_claim_that_has_had_its_final_notice_counts_with_the_small_one() -> None:
    noticed = owed("5000", 60, "2")
    notice = replace(reminder(noticed, 4, MONDAY - 5 * DAY), kind="final_notice", pay_by=MONDAY + 5 * DAY)
    assert step_of(owed("85", 10), noticed, letters=(notice,)).why != "small_sum"


def test_a_pause_that_is_over_is_still_asked_about() -> None:
    pause = Pause(id="p", customer=BYGG_OCH_BETONG.id, until=MONDAY, made=MONDAY - 5 * DAY)
    assert step_of(owed("85", 10), pauses=(pause,)).why == "pause_over"


@pytest.mark.parametrize(("small", "day"), [(0, 6), (200_00, 31)])
def test_the_year_played_again_lets_it_wait_as_the_mornings_do(small: int, day: int) -> None:
    case = Case(customer=BYGG_OCH_BETONG, invoices=(owed("85", 0),))
    house = replace(HOUSE, small=small)
    year = play(Facts(business=house, cases=(case,), first=MONDAY - DAY, last=MONDAY + 40 * DAY))
    first = year.asked[0]
    assert first.letter and first.day == workdays.on_or_after(MONDAY + (day - 1) * DAY, "SE")


@given(
    st.lists(st.tuples(st.integers(1, 400), st.integers(1, 60), st.booleans()), min_size=1, max_size=4),
    st.integers(0, 60),
    st.sampled_from(codes()),
)
def test_what_waits_is_small_unwritten_and_not_yet_old(
    found: list[tuple[int, int, bool]], later: int, code: str
) -> None:
    home = country(code)
    house = replace(HOUSE, country=code, small=usual(replace(HOUSE, country=code)).minor)
    today = MONDAY + later * DAY
    invoices = tuple(
        owed(str(amount), days, str(n), home.currency) for n, (amount, days, _) in enumerate(found)
    )
    letters: tuple[Letter, ...] = tuple(
        reminder(i, 1, MONDAY) for i, (_, _, written) in zip(invoices, found, strict=True) if written
    )
    case = Case(customer=BYGG_OCH_BETONG, invoices=invoices, letters=letters)
    step = next_step(case, house, today)
    now = late(case, today, code)
    total = sum((i.amount for i in now), Money(0, home.currency))
    written = {x.claims[0].invoice for x in letters} & {i.id for i in now}
    small = bool(now) and total <= usual(house) and not written
    ends = workdays.on_or_after(min((i.due for i in now if i.due), default=today) + 30 * DAY, code)
    assert (step.why == "small_sum") == (small and today < ends)
    if small and today >= ends:
        assert step.needs_owner


def test_until_the_last_day_is_known_where_the_ladder_is_later_the_ladder_says_when() -> None:
    house = replace(HOUSE, small_days=7, ladder=(20,))
    case = Case(customer=BYGG_OCH_BETONG, invoices=(owed("85", 3),))
    assert next_step(case, house, MONDAY).why == "just_late"


def test_nothing_waits_where_nothing_may_be_asked() -> None:
    assert waiting((), (), (), HOUSE) is None


@pytest.mark.parametrize(("days", "until"), [(28, date(2026, 12, 4)), (29, date(2026, 12, 7))])
def test_the_day_that_ends_it_is_a_bank_day(days: int, until: date) -> None:
    case = Case(customer=BYGG_OCH_BETONG, invoices=(owed("85", 10),))
    now = standing(case, MONDAY, "SE")
    held = waiting(now.claims, now.late, (), replace(HOUSE, small_days=days))
    assert held and held.until == until


@pytest.mark.parametrize("code", codes())
def test_the_usual_sum_is_offered_in_the_businesss_own_money(code: str) -> None:
    house = replace(ASAS_BAGERI, country=code)
    assert usual(house).decimal == (20 if country(code).currency == "EUR" else 200)
    check(usual(house), 30, house)
    check(most(house), DAYS[-1], house)


@pytest.mark.parametrize("amount", [kr("0"), kr("1000.01"), Money.of("10", "EUR")])
def test_no_other_sum_may_wait(amount: Money) -> None:
    with pytest.raises(Refusal, match="small_sum"):
        check(amount, 30, ASAS_BAGERI)


@pytest.mark.parametrize("days", [0, 6, 91, -3])
def test_nor_for_a_time_that_is_too_short_or_too_long(days: int) -> None:
    with pytest.raises(Refusal, match="small_days"):
        check(kr("200"), days, ASAS_BAGERI)
