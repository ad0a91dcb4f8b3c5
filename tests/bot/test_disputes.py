"""Disputes: the contested part is not asked for, and the owner is reminded weekly to answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import disputes, law, workdays
from bot.cases import Case
from bot.claims import question
from bot.countries import codes, country
from bot.disputes import Dispute
from bot.errors import Refusal
from bot.invoices import outstanding
from bot.money import Money
from bot.reminders import next_step
from tests.cast import ASAS_BAGERI, HERR_MOGENS, invoice, kr, reminder

MONDAY = date(2026, 11, 16)
CLAIM = invoice(HERR_MOGENS, "2060", "1000", MONDAY)
OPEN = Dispute(id="d", customer=HERR_MOGENS.id, invoice=CLAIM.id, opened=MONDAY)
PART = replace(OPEN, part=kr("300"))


def test_a_dispute_of_the_whole_leaves_nothing_to_ask() -> None:
    assert disputes.undisputed(CLAIM, [OPEN]) == kr("0")


def test_a_dispute_of_a_part_leaves_the_rest() -> None:
    assert disputes.undisputed(CLAIM, [PART]) == kr("700")


def test_a_settled_dispute_or_one_of_another_invoice_holds_nothing() -> None:
    others = [replace(OPEN, closed=MONDAY), replace(OPEN, invoice="another")]
    assert disputes.undisputed(CLAIM, others) == CLAIM.amount


@given(
    st.integers(0, 120_000),
    st.lists(st.none() | st.builds(Money, st.integers(1, 150_000), st.just("SEK")), max_size=4),
)
def test_disputes_only_ever_lower_what_is_asked_and_never_below_nothing(
    paid: int, parts: list[Money | None]
) -> None:
    claim = replace(CLAIM, paid=Money(paid, "SEK"))
    found = [replace(OPEN, part=part) for part in parts]
    asked = [disputes.undisputed(claim, found[:n]) for n in range(len(found) + 1)]
    assert asked[0] == outstanding(claim)
    assert asked == sorted(asked, reverse=True) and asked[-1].minor >= 0


@pytest.mark.parametrize("part", [kr("0"), kr("-1"), kr("1000.01"), Money.of("5", "EUR")])
def test_a_contested_part_is_more_than_nothing_and_no_more_than_what_is_open(part: Money) -> None:
    with pytest.raises(Refusal) as refused:
        disputes.check_part(part, CLAIM)
    assert refused.value.key == "dispute_part"


def test_all_that_is_open_may_be_contested_as_a_part() -> None:
    assert disputes.check_part(kr("1000"), CLAIM) == kr("1000")


def test_the_owner_is_not_asked_on_the_day_it_was_opened() -> None:
    assert not disputes.asks_again(OPEN, MONDAY, "SE")


def test_a_settled_dispute_asks_nothing_more() -> None:
    assert not disputes.asks_again(replace(OPEN, closed=MONDAY), MONDAY + timedelta(days=7), "SE")


def test_a_dispute_opened_on_a_saturday_is_asked_about_on_mondays() -> None:
    opened = replace(OPEN, opened=MONDAY - timedelta(days=2))
    days = [MONDAY + timedelta(days=n) for n in range(21)]
    asked = [d for d in days if workdays.is_bank_day(d, "SE") and disputes.asks_again(opened, d, "SE")]
    assert asked == [MONDAY + timedelta(days=7), MONDAY + timedelta(days=14)]


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.sampled_from(codes()), st.integers(1, 9))
def test_however_the_holidays_fall_each_week_asks_once_on_a_bank_day(
    opened: date, code: str, weeks: int
) -> None:
    dispute = replace(OPEN, opened=opened)
    last = workdays.on_or_after(opened + timedelta(days=7 * weeks), code)
    days = [opened + timedelta(days=n) for n in range((last - opened).days + 1)]
    bank_days = [day for day in days if workdays.is_bank_day(day, code)]
    asked = [day for day in bank_days if disputes.asks_again(dispute, day, code)]
    assert asked == sorted(
        {workdays.on_or_after(opened + timedelta(days=7 * n), code) for n in range(1, weeks + 1)}
    )


@pytest.mark.parametrize("home", codes())
@pytest.mark.parametrize("after", [1, 30, 90, 400])
def test_nothing_goes_further_while_it_is_open(home: str, after: int) -> None:
    business, today = replace(ASAS_BAGERI, country=home, final_notice=True), MONDAY + timedelta(days=after)
    sent = [reminder(CLAIM, level, MONDAY + timedelta(days=level * 8)) for level in (1, 2, 3)]
    notice = replace(reminder(CLAIM, 4, MONDAY + timedelta(days=40)), kind="final_notice")
    case = Case(customer=HERR_MOGENS, invoices=(CLAIM,), letters=(*sent, notice), disputes=(OPEN,))
    told = law.ask(question(CLAIM, case, business, today))
    assert not told.escalation.may and not told.final_notice.may_send
    assert not (told.demand and told.demand.may_send) and not told.reminder.may_charge
    assert next_step(case, business, today).kind not in ("reminder", "final_notice", "call", "decide")


@pytest.mark.parametrize("home", codes())
def test_every_country_names_where_it_is_settled_in_the_end_and_its_source(home: str) -> None:
    land = country(home)
    assert land.forum in ("conciliation", "court") and land.law and land.law.sources["forum"]
