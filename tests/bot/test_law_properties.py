"""What holds of every answer, whatever is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from bot import law, workdays
from bot.answers import Permission
from bot.charges import interest
from bot.countries import codes, country
from bot.money import Money
from bot.questions import Debt, Paid, Question, Written

CAPS = {"NO": (38, 113), "SE": (180, 0), "DK": (100, 0), "FI": (12, 0)}
STOPS = {"disputed", "handed_over", "plan_kept", "insolvent", "barred"}

days = st.dates(date(2023, 1, 1), date(2026, 6, 30))
sums = st.integers(0, 20_000_000)


@st.composite
def letters(draw: st.DrawFn, due: date) -> Written:
    sent = due + timedelta(draw(st.integers(-5, 300)))
    gives = draw(st.none() | st.integers(-2, 40))
    return Written(
        kind=draw(st.sampled_from(["reminder", "final_notice", "demand"])),
        sent=sent,
        deadline=None if gives is None else sent + timedelta(gives),
        fee=draw(st.none() | st.sampled_from([Decimal(n) for n in (0, 5, 12, 38, 60, 100, 113, 180, 500)])),
        received=draw(st.none() | st.just(sent + timedelta(2))),
        earlier_invoice=draw(st.integers(0, 9)) == 0,
    )


@st.composite
def questions(draw: st.DrawFn, /, **fixed: Any) -> Question:
    where = draw(st.sampled_from(codes()))
    currency = country(where).currency
    due = draw(days)
    on = draw(st.dates(due - timedelta(20), date(2027, 3, 1)))
    debt = Debt(
        amount=Money(draw(sums), currency),
        issued=due - timedelta(draw(st.integers(5, 40))),
        due=due,
        due_agreed=draw(st.booleans()),
        fee_agreed=draw(st.booleans()),
        rate_agreed=draw(st.none() | st.decimals(0, 30, places=2)),
        arose=due - timedelta(40),
        demand_mentions_interest=draw(st.booleans()),
        continuous_service=draw(st.booleans()),
        payments=tuple(
            Paid(due + timedelta(draw(st.integers(-10, 400))), Money(draw(sums), currency))
            for _ in range(draw(st.integers(0, 3)))
        ),
    )
    state: dict[str, Any] = {
        name: draw(st.integers(0, 5)) == 0
        for name in ("disputed", "plan_kept", "insolvent", "acknowledged_sum")
    }
    return replace(
        Question(
            country=where,
            on=on,
            debt=debt,
            debtor=draw(st.sampled_from(["business", "consumer", "public", "unknown"])),
            letters=tuple(draw(st.lists(letters(due), max_size=5))),
            acknowledged=draw(st.none() | days),
            handed_over=draw(st.none() | st.just(due + timedelta(100))),
            **state,
        ),
        **fixed,
    )


@given(questions())
def test_a_fee_is_only_ever_charged_in_a_letter_that_may_be_sent_on_or_after_its_day(asked: Question) -> None:
    answer = law.ask(asked)
    for step in filter(None, (answer.reminder, answer.final_notice, answer.demand)):
        assert not step.may_charge or step.may_send
        assert not step.may_charge or (step.opens is not None and step.opens <= asked.on)
        assert (step.max_fee is not None) is step.may_charge
        assert step.max_fee is None or 0 < step.max_fee <= max(CAPS[asked.country])


@given(questions())
def test_fees_never_exceed_what_their_letters_asked_or_the_most_of_their_kind(asked: Question) -> None:
    answer = law.ask(asked)
    most, demanded = CAPS[asked.country]
    for letter, judged in zip(asked.letters, answer.letters, strict=True):
        assert judged.letter == letter
        assert 0 <= judged.fee <= min(letter.fee or 0, demanded if letter.kind == "demand" else most)
        assert judged.valid or not judged.fee


@given(questions())
def test_charges_are_at_most_fees_and_compensation_together(asked: Question) -> None:
    answer = law.ask(asked)
    if answer.owed.charges is not None and answer.owed.fees is not None:
        flat = Decimal(answer.compensation or 0)
        assert max(answer.owed.fees, flat) <= answer.owed.charges <= answer.owed.fees + flat


@given(questions())
def test_a_stop_means_that_nothing_may_be_done(asked: Question) -> None:
    answer = law.ask(asked)
    assume(STOPS & set(answer.refusals))
    assert answer.reminder == answer.final_notice == Permission()
    assert answer.demand in (None, Permission())
    assert not answer.escalation.may and answer.escalation.opens is None and answer.plan_fee is None
    assert answer.owed.claimable is not None and not answer.owed.claimable


@given(questions())
def test_nothing_is_late_or_bears_interest_on_or_before_due(asked: Question) -> None:
    due = asked.debt.due
    assert due
    answer = law.ask(replace(asked, on=due))
    assert not answer.overdue and answer.days_overdue == 0
    assert answer.interest and not answer.interest.amount and not answer.interest.segments
    assert answer.compensation is None
    assert not answer.reminder.may_send and not answer.final_notice.may_send and not answer.escalation.may


@given(questions(), st.integers(1, 40))
def test_interest_never_decreases_with_days(asked: Question, later: int) -> None:
    now, then = law.ask(asked).interest, law.ask(replace(asked, on=asked.on + timedelta(later))).interest
    assume(now and then)
    assert now and then and now.amount <= then.amount


@given(questions())
def test_its_segments_are_whole_days_in_order_that_add_up(asked: Question) -> None:
    accrued = law.ask(asked).interest
    assume(accrued and accrued.segments)
    assert accrued
    exact = Decimal(0)
    before = None
    for segment in accrued.segments:
        assert segment.start <= segment.end <= asked.on and segment.principal
        assert before is None or segment.start == before + timedelta(1)
        assert (segment.start.year, segment.start.month > 6) == (segment.end.year, segment.end.month > 6)
        exact += segment.principal.decimal * segment.rate * segment.days / 36500
        before = segment.end
    assert accrued.start == accrued.segments[0].start
    assert abs(accrued.amount.decimal - exact) <= Decimal("0.005")


@given(questions(on=date(2026, 6, 30)), st.data())
def test_interest_is_additive_over_a_split(asked: Question, data: st.DataObject) -> None:
    """What runs through a day and what runs from the next add up, but for the rounding of each."""
    rules = country(asked.country).law
    assert rules and asked.debt.due
    start = asked.debt.due + timedelta(1)
    day = data.draw(st.dates(start, max(start, asked.on)))
    whole = interest(asked, start, rules)
    first, rest = interest(replace(asked, on=day), start, rules), interest(asked, day + timedelta(1), rules)
    assert abs(whole.amount.minor - first.amount.minor - rest.amount.minor) <= 1
    assert sum(s.days for s in whole.segments) == sum(s.days for s in (*first.segments, *rest.segments))


@given(questions())
def test_every_answer_names_each_code_once(asked: Question) -> None:
    answer = law.ask(asked)
    for codes_ in (answer.refusals, answer.unsure, answer.citations):
        assert len(codes_) == len(set(codes_))


@given(questions(), st.integers(0, 23))
def test_the_day_is_the_businesss_own_wherever_the_clock_stands(asked: Question, hour: int) -> None:
    """An answer depends on the day of the business's zone alone: any hour of it gives the same."""
    zone = country(asked.country).zone
    moment = datetime(asked.on.year, asked.on.month, asked.on.day, hour, 30, tzinfo=ZoneInfo(zone))
    for elsewhere in ("Pacific/Auckland", "America/Los_Angeles", "UTC"):
        day = workdays.local_day(moment.astimezone(ZoneInfo(elsewhere)), zone)
        assert law.ask(replace(asked, on=day)) == law.ask(asked)
