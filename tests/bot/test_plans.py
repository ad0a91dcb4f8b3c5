"""Plans: instalments that add up, fall on bank days, and are missed one bank day after their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import plans, workdays
from bot.countries import codes
from bot.disputes import Dispute
from bot.hearing import Interval, Terms
from bot.instalments import LEAST, MOST, propose
from bot.letters import Claim
from bot.money import Money
from bot.payments import Payment
from bot.plans import Plan
from tests.cast import ASA, LILLA_BLOMMAN, blomman, invoice, kr

TODAY = date(2026, 11, 16)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
countries = st.sampled_from(codes())
parts_ = st.integers(LEAST, MOST)


def of(total: str, parts: int = 3, first: date = TODAY) -> Plan:
    drawn = propose([kr(total)], parts, first, "SE")
    return Plan(id="plan", customer="b", invoices=("b-1",), instalments=drawn, agreed=TODAY, agreed_by=ASA)


@given(parts_, st.integers(0, 10**6), days, countries)
def test_a_plan_is_never_in_good_standing_when_a_part_is_missed(
    parts: int, paid: int, today: date, code: str
) -> None:
    plan = of("9000", parts, date(2027, 1, 29))
    came = Money(paid, "SEK")
    due = sum(i.amount.minor for i in plan.instalments if workdays.after(i.day, code) <= today)
    assert (plans.missed(plan, came, today, code) is not None) == (paid < due)
    assert plans.in_good_standing(plan, came, today, code) == (paid >= due)


def test_an_unpaid_instalment_is_missed_a_bank_day_after_it_fell_due() -> None:
    plan = of("9000", first=date(2026, 11, 20))
    assert plans.missed(plan, kr("0"), date(2026, 11, 22), "SE") is None
    missed = plans.missed(plan, kr("2999.99"), date(2026, 11, 23), "SE")
    assert missed == plan.instalments[0]
    assert plans.grace_end(plan.instalments[0], "SE") == date(2026, 11, 23)


def test_what_came_in_covers_the_first_parts_first() -> None:
    plan = of("9000")
    assert plans.next_instalment(plan, kr("3000")) == plan.instalments[1]
    assert plans.next_instalment(plan, kr("9000")) is None


@pytest.mark.parametrize("state", ["offered", "kept", "in_default", "withdrawn", "rejected"])
def test_only_an_agreed_plan_keeps_us_silent(state: plans.State) -> None:
    assert not plans.in_good_standing(replace(of("9000"), state=state), kr("9000"), TODAY, "SE")


def test_blomman_has_paid_the_first_part() -> None:
    case = blomman(TODAY)
    came = plans.received(case.plans[0], case.invoices)
    assert came == kr("3000") and not plans.is_settled(case.plans[0], came)
    assert plans.in_good_standing(case.plans[0], came, TODAY, "SE")


def test_a_plan_is_settled_when_all_of_it_has_come_in() -> None:
    claim = replace(invoice(LILLA_BLOMMAN, "1", "9000", TODAY), id="b-1", paid=kr("9000"))
    plan = of("9000")
    assert plan.total == kr("9000")
    assert plans.is_settled(plan, plans.received(plan, [claim]))


def test_a_part_contested_from_the_start_does_not_make_a_kept_plan_look_missed() -> None:
    claim = replace(invoice(LILLA_BLOMMAN, "1", "1000", TODAY), id="b-1", paid=kr("400"))
    contested = Dispute(id="d", customer="b", invoice="b-1", opened=TODAY, part=kr("200"))
    assert plans.received(of("800", 2), [claim], [contested]) == kr("400")


def test_money_on_other_invoices_is_not_money_on_the_plan() -> None:
    other = invoice(LILLA_BLOMMAN, "2", "50", TODAY)
    claim = replace(other, id="b-1", amount=kr("9000"))
    assert plans.received(of("9000"), [claim, replace(other, paid=kr("50"))]) == kr("0")


def paid(amount: str, day: date) -> Payment:
    return Payment(id=amount, customer="b", invoice="b-1", day=day, amount=kr(amount))


def test_a_part_contested_from_the_start_and_then_dropped_takes_nothing_from_what_came() -> None:
    claim = replace(invoice(LILLA_BLOMMAN, "1", "1000", TODAY), id="b-1", paid=kr("400"))
    plan, came = of("800", 2), paid("400", TODAY + timedelta(days=1))
    assert plans.received(plan, [claim], [], [came]) == kr("400")
    assert plans.missed(plan, kr("400"), TODAY + timedelta(days=20), "SE") is None


def test_a_contested_part_that_is_credited_is_no_money_on_the_plan() -> None:
    claim = replace(invoice(LILLA_BLOMMAN, "1", "1000", TODAY), id="b-1", paid=kr("200"))
    credit = replace(paid("200", TODAY + timedelta(days=1)), kind="credit_note")
    assert plans.received(of("800", 2), [claim], [], [credit]) == kr("0")


def test_money_from_before_the_plan_pays_none_of_it() -> None:
    claim = replace(invoice(LILLA_BLOMMAN, "1", "1100", TODAY), id="b-1", paid=kr("300"))
    assert plans.received(of("800", 2), [claim], [], [paid("300", TODAY)]) == kr("0")


def test_money_taken_back_makes_a_kept_plan_active_again_and_no_ended_one() -> None:
    claim = replace(invoice(LILLA_BLOMMAN, "1", "9000", TODAY), id="b-1")
    settled, active = replace(claim, paid=kr("9000")), of("9000")
    kept, ended = replace(active, state="kept"), replace(active, state="in_default")
    assert plans.judged(active, [settled], []) == kept
    assert plans.judged(kept, [claim], []) == active
    assert plans.judged(ended, [settled], []) == ended


def test_a_contested_part_alone_keeps_no_plan() -> None:
    claim = replace(invoice(LILLA_BLOMMAN, "1", "9000", TODAY), id="b-1", paid=kr("6000"))
    assert plans.judged(of("9000"), [claim], []).state == "active"


def test_an_offer_waits_for_its_answer_and_a_bank_day_longer() -> None:
    offered = replace(of("9000"), state="offered")
    by = plans.answer_by(offered, "SE")
    assert by == workdays.add(TODAY, plans.ANSWER_DAYS, "SE")
    assert plans.is_awaited(offered, by, "SE") and not plans.is_unanswered(offered, by, "SE")
    later = workdays.after(by, "SE")
    assert plans.is_unanswered(offered, later, "SE") and not plans.is_awaited(offered, later, "SE")


@pytest.mark.parametrize("state", ["active", "kept", "in_default", "withdrawn", "rejected"])
def test_only_an_offer_waits_for_an_answer(state: plans.State) -> None:
    plan = replace(of("9000"), state=state)
    assert not plans.is_awaited(plan, TODAY, "SE")
    assert not plans.is_unanswered(plan, TODAY + timedelta(days=60), "SE")


@pytest.mark.parametrize("interval", ["monthly", "weekly"])
def test_a_plan_is_named_as_it_was_drawn_up(interval: Interval) -> None:
    drawn = propose([kr("9000")], 3, TODAY, "SE", interval)
    said = plans.terms(replace(of("9000"), instalments=drawn))
    assert said == Terms(instalments=3, amount_each=kr("3000"), first_day=TODAY, interval=interval)


CLAIMS = (Claim("a", kr("100")), Claim("b", Money.of("50", "EUR")), Claim("c", kr("7")))


@pytest.mark.parametrize(
    ("wanted", "usual", "found"),
    [("EUR", "SEK", "b"), ("", "SEK", "ac"), ("", "DKK", "ac"), ("NOK", "EUR", "b")],
)
def test_a_plan_is_about_the_claims_of_one_currency(wanted: str, usual: str, found: str) -> None:
    assert [c.invoice for c in plans.of_one_currency(CLAIMS, wanted, usual)] == list(found)


def test_a_plan_that_a_credit_note_closed_was_neither_kept_nor_broken() -> None:
    claim = replace(invoice(LILLA_BLOMMAN, "1", "900", TODAY), id="b-1", paid=kr("900"))
    part, credit = paid("300", TODAY + timedelta(days=1)), paid("600", TODAY + timedelta(days=2))
    credited = plans.judged(of("900"), [claim], [part, replace(credit, kind="credit_note")])
    assert credited.state == "credited"
    assert plans.judged(credited, [replace(claim, paid=kr("300"))], [part]).state == "active"


def test_a_plan_paid_to_its_end_after_a_credit_was_kept() -> None:
    claim = replace(invoice(LILLA_BLOMMAN, "1", "900", TODAY), id="b-1", paid=kr("900"))
    credit, last = paid("300", TODAY + timedelta(days=1)), paid("600", TODAY + timedelta(days=2))
    assert plans.judged(of("900"), [claim], [replace(credit, kind="credit_note"), last]).state == "kept"
