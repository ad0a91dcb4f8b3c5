"""Reminders: the next step, never too soon, never milder, and what a letter may announce."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import workdays
from bot.announcements import announce
from bot.cases import Case, Pause
from bot.countries import codes, country
from bot.invoices import Invoice
from bot.ladder import ladder, level_reached, opening
from bot.parties import Business
from bot.promises import Promise
from bot.reminders import Step, demandable, next_step
from bot.replies import Call, Reply
from tests.bot.owing import after, claims, wrote
from tests.cast import (
    ASAS_BAGERI,
    BYGG_OCH_BETONG,
    blomman,
    bygg,
    invoice,
    mogens,
    noon,
    norrsken,
    reminder,
    settled,
)

MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)
CLAIM = invoice(BYGG_OCH_BETONG, "1", "1000", MONDAY)
OTHER = invoice(BYGG_OCH_BETONG, "2", "250", MONDAY)
CASE = Case(customer=BYGG_OCH_BETONG, invoices=(CLAIM,))
OF: dict[str, Any] = {"id": "x", "customer": BYGG_OCH_BETONG.id}
REPLY = Reply(**OF, text="?", at=noon(MONDAY))
CALL = Call(**OF, day=MONDAY, outcome="voicemail")

days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
countries = st.sampled_from(codes())
levels = st.integers(1, 3)


def house(code: str) -> Business:
    return replace(ASAS_BAGERI, country=code)


def late(days_late: int, claim: Invoice = CLAIM) -> Invoice:
    return replace(claim, due=MONDAY - days_late * DAY)


def case_of(*owed: Invoice, **known: Any) -> Case:
    return Case(customer=BYGG_OCH_BETONG, invoices=owed, **known)


def step_of(case: Case, today: date = MONDAY) -> Step:
    return next_step(case, ASAS_BAGERI, today)


def send(case: Case, step: Step, business: Business, today: date) -> Case:
    """The case after the reminder of a step has gone out, with what it announced."""
    about = {c.invoice for c in step.claims}
    said = announce([i for i in case.invoices if i.id in about], step.level, business, today)
    letter = replace(
        reminder(case.invoices[0], step.level, today),
        id=f"{today}",
        claims=step.claims,
        pay_by=said.pay_by,
        next_step=said.step,
        next_day=said.day,
    )
    return replace(case, letters=(*case.letters, letter))


def walk(case: Case, business: Business, first: date, length: int) -> tuple[Case, list[tuple[date, Step]]]:
    """An owner who does on each bank day what is asked, letters and calls; what was done when."""
    done = []
    for today in (first + n * DAY for n in range(length)):
        step = next_step(case, business, today)
        if not workdays.is_bank_day(today, business.country) or step.kind not in ("reminder", "call"):
            continue
        done.append((today, step))
        if step.kind == "reminder":
            case = send(case, step, business, today)
        else:
            case = replace(case, calls=(*case.calls, replace(CALL, day=today)))
    return case, done


@given(days, countries)
def test_an_ignored_invoice_climbs_each_rung_once_and_ends_with_a_call(due: date, code: str) -> None:
    business = house(code)
    case, done = walk(case_of(replace(CLAIM, due=due)), business, due, 75)
    assert [s.kind for _, s in done] == ["reminder"] * 3 + ["call"]
    assert [s.level for _, s in done] == [1, 2, 3, 4]
    assert next_step(case, business, due + 75 * DAY).kind == "decide"
    assert all(other - one >= country(code).gap * DAY for (one, _), (other, _) in pairwise(done[:3]))


@given(days, countries)
def test_each_step_comes_on_the_day_that_was_announced_for_it(due: date, code: str) -> None:
    case, done = walk(case_of(replace(CLAIM, due=due)), house(code), due, 75)
    assert [x.next_day for x in case.letters] == [today for today, _ in done[1:]]
    assert [s.announced for _, s in done] == [None, *(x.next_day for x in case.letters)]


@given(days, countries, st.lists(st.integers(0, 40), min_size=1, max_size=3))
def test_however_the_invoices_overlap_no_letter_is_milder_or_too_soon(
    first: date, code: str, gaps: list[int]
) -> None:
    owed = [replace(CLAIM, id=f"{n}", number=f"{n}", due=first + gap * DAY) for n, gap in enumerate(gaps)]
    case, done = walk(case_of(*owed), house(code), first, 110)
    for one, other in pairwise(case.letters):
        assert other.went_on - one.went_on >= country(code).gap * DAY
        assert other.level >= one.level
        assert not one.next_day or other.went_on >= one.next_day
    assert all(s.level <= 3 for _, s in done if s.kind == "reminder")
    assert all(s.opens <= today for today, s in done)


@given(days, countries, st.integers(0, 3), st.integers(0, 90), st.integers(1, 40))
def test_a_step_never_opens_before_its_rung_the_gap_or_the_announced_day(
    due: date, code: str, reached: int, sent: int, announced: int
) -> None:
    rungs = ladder(house(code))
    claim = replace(CLAIM, due=due)
    letters = [
        replace(reminder(claim, level, due + sent * DAY), next_day=due + (sent + announced) * DAY)
        for level in range(1, reached + 1)
    ]
    opens = opening(claim, letters, rungs, code)
    assert workdays.is_bank_day(opens, code)
    assert opens >= due + (rungs.days[reached] if reached < rungs.last else rungs.days[-1]) * DAY
    assert not reached or opens >= due + (sent + max(announced, rungs.gap)) * DAY


def test_due_today_is_nothing_late() -> None:
    assert step_of(CASE).kind == "none"


def test_just_late_is_worth_a_look_and_needs_nobody() -> None:
    step = step_of(case_of(late(3)))
    assert (step.kind, step.needs_owner) == ("look", False)
    assert step.opens == MONDAY + 2 * DAY


def test_the_first_reminder_opens_five_days_after_the_due_date() -> None:
    step = step_of(case_of(late(5)))
    assert (step.kind, step.level, step.why, step.needs_owner) == ("reminder", 1, "level_1", True)
    assert step.announced is None


def test_one_message_asks_for_all_that_is_late() -> None:
    step = step_of(case_of(late(12), late(4, OTHER)))
    assert [c.invoice for c in step.claims] == [CLAIM.id, OTHER.id]


@given(days, countries)
def test_a_day_named_for_several_invoices_comes_though_the_oldest_was_paid(due: date, code: str) -> None:
    older = replace(CLAIM, due=due)
    today = opening(older, (), ladder(house(code)), code)
    newer = replace(OTHER, due=workdays.before(today, code))
    before = case_of(older, newer)
    step = next_step(before, house(code), today)
    case = send(before, step, house(code), today)
    named = case.letters[-1].next_day
    assert named and {c.invoice for c in step.claims} == {older.id, newer.id}
    paid = replace(case, invoices=(settled(older, today), newer))
    early = next_step(paid, house(code), workdays.before(named, code))
    assert (early.needs_owner, early.opens) == (False, named)
    now = next_step(paid, house(code), named)
    assert (now.needs_owner, now.announced, now.opens) == (True, named, named)


def test_what_an_earlier_letter_announced_about_a_paid_invoice_is_not_said_of_another() -> None:
    told = replace(reminder(late(40), 1, MONDAY - 20 * DAY), next_day=MONDAY - 5 * DAY)
    step = step_of(case_of(settled(late(40), MONDAY), late(6, OTHER), letters=(told,)))
    assert (step.kind, step.level, step.announced) == ("reminder", 1, None)


def test_the_gap_counts_from_any_letter_to_the_customer() -> None:
    told = reminder(late(12), 1, MONDAY - 2 * DAY)
    step = step_of(case_of(settled(late(12), MONDAY), late(6, OTHER), letters=(told,)))
    assert step.kind == "look" and step.opens == MONDAY + 7 * DAY


def test_a_draft_and_a_failed_letter_are_no_step() -> None:
    drafted = replace(reminder(late(12), 1, MONDAY - DAY), state="draft")
    failed = replace(drafted, state="failed")
    assert level_reached(CLAIM.id, [drafted, failed]) == 0
    assert step_of(case_of(late(12), letters=(drafted, failed))).level == 1


def test_a_letter_that_is_no_reminder_is_no_step() -> None:
    thanks = replace(reminder(late(12), 1, MONDAY), kind="thanks")
    assert level_reached(CLAIM.id, [thanks]) == 0


def test_the_level_reached_is_that_of_the_invoice() -> None:
    sent = [reminder(CLAIM, 1, MONDAY), reminder(CLAIM, 2, MONDAY), reminder(OTHER, 1, MONDAY)]
    assert (level_reached(CLAIM.id, sent), level_reached(OTHER.id, sent)) == (2, 1)


def test_a_letter_left_on_the_day_it_was_sent_else_on_the_day_it_was_made() -> None:
    letter = replace(reminder(CLAIM, 1, MONDAY), made=MONDAY - DAY)
    assert letter.went_on == MONDAY and replace(letter, sent_day=None).went_on == MONDAY - DAY


def test_after_the_last_letter_comes_a_call_and_then_the_owner_decides() -> None:
    sent = tuple(reminder(late(60), n, MONDAY - (50 - 10 * n) * DAY) for n in (1, 2, 3))
    case = case_of(late(60), letters=sent)
    assert step_of(case).kind == "call"
    assert step_of(replace(case, calls=(CALL,))).kind == "decide"
    assert step_of(replace(case, calls=(replace(CALL, day=MONDAY - 40 * DAY),))).kind == "call"


def test_the_owner_s_own_ladder_counts_within_the_country_s_cap() -> None:
    own = replace(ASAS_BAGERI, ladder=(3, 12, 21, 30, 39))
    assert ladder(own).days == (3, 12, 21)
    assert ladder(ASAS_BAGERI).days == country("SE").ladder


def test_a_shorter_ladder_after_the_letters_went_out_still_ends_with_a_call() -> None:
    case = case_of(late(60), letters=tuple(reminder(late(60), n, MONDAY - 30 * DAY) for n in (1, 2)))
    assert next_step(case, replace(ASAS_BAGERI, ladder=(8,)), MONDAY).kind == "call"


def test_an_answer_comes_before_everything_else() -> None:
    step = step_of(replace(blomman(MONDAY + 90 * DAY), replies=(REPLY,)), MONDAY + 90 * DAY)
    assert (step.kind, step.claims) == ("answer", ())


def test_a_letter_of_unknown_fate_is_asked_about() -> None:
    lost = replace(reminder(late(12), 1, MONDAY), state="unknown")
    step = step_of(case_of(late(12), letters=(lost,)))
    assert (step.kind, step.facts["letter"]) == ("unknown", lost.id)


def test_a_missed_part_says_which() -> None:
    today = MONDAY + 30 * DAY
    step = step_of(blomman(MONDAY), today)
    plan = blomman(MONDAY).plans[0]
    assert (step.kind, step.facts) == ("part_missed", {"plan": plan, "part": plan.instalments[1]})


@pytest.mark.parametrize("kind", ["promise", "deferral"])
def test_a_missed_promise_asks_the_owner_first(kind: Any) -> None:
    promise = Promise(**OF, day=MONDAY - 5 * DAY, made=MONDAY - 9 * DAY, kind=kind)
    step = step_of(case_of(late(20), promises=(promise,)))
    assert (step.kind, step.why) == ("promise_missed", f"{kind}_missed")


def test_an_open_dispute_is_asked_about_weekly_and_waits_between() -> None:
    case = mogens(MONDAY)
    asked = [n for n in range(20) if step_of(case, MONDAY + n * DAY).kind == "dispute"]
    assert asked == [4, 11, 18]
    assert step_of(case).kind == "wait" and step_of(case).why == "dispute"


def test_a_paused_customer_is_not_asked_about_until_the_day() -> None:
    promise = Promise(**OF, day=MONDAY - 5 * DAY, made=MONDAY - 9 * DAY)
    pause = Pause(id="x", customer=BYGG_OCH_BETONG.id, until=MONDAY + 3 * DAY, made=MONDAY)
    case = case_of(late(20), promises=(promise,), pauses=(pause,))
    assert [step_of(case, MONDAY + n * DAY).kind for n in range(4)] == ["wait"] * 3 + ["promise_missed"]


def test_a_customer_the_owner_has_taken_waits() -> None:
    mine = replace(bygg(MONDAY), customer=replace(BYGG_OCH_BETONG, mine=True))
    assert (step_of(mine).kind, step_of(mine).why) == ("wait", "mine")


def test_the_wait_lasts_until_the_last_hold_is_gone() -> None:
    pause = Pause(id="x", customer=BYGG_OCH_BETONG.id, until=MONDAY + 2 * DAY, made=MONDAY)
    promise = Promise(**OF, day=MONDAY + 9 * DAY, made=MONDAY)
    step = step_of(case_of(late(20), pauses=(pause,), promises=(promise,)))
    assert (step.kind, step.opens) == ("wait", MONDAY + 10 * DAY)


def test_what_holds_another_invoice_is_not_why_we_wait() -> None:
    pause = Pause(id="x", invoice=CLAIM.id, until=MONDAY + 2 * DAY, made=MONDAY)
    future = replace(OTHER, due=MONDAY + 9 * DAY, parked=True)
    step = step_of(case_of(future, late(20), pauses=(pause,)))
    assert (step.why, step.opens) == ("pause", MONDAY + 2 * DAY)
    assert [b.kind for b in step.blocks] == ["pause"]


def test_the_cast_stands_where_its_stories_say() -> None:
    found = [step_of(tell(MONDAY)) for tell in (bygg, norrsken, blomman, mogens)]
    assert [(s.kind, s.level) for s in found] == [("reminder", 3), ("reminder", 1), ("wait", 0), ("wait", 0)]


def noticed(case: Case, days: int = 0) -> Case:
    """The case after its final notice went out some days ago."""
    business = replace(ASAS_BAGERI, final_notice=True)
    return after(wrote("final_notice", case, business, MONDAY - days * DAY), case)


ARMED = replace(ASAS_BAGERI, final_notice=True)


def climbed(*owed: Invoice) -> Case:
    """The last reminder has gone out long enough ago."""
    return case_of(*owed, letters=tuple(reminder(i, 3, MONDAY - 20 * DAY) for i in owed))


def test_after_the_last_reminder_comes_the_final_notice_where_it_is_turned_on() -> None:
    step = next_step(climbed(late(45)), ARMED, MONDAY)
    assert (step.kind, step.why, step.level) == ("final_notice", "notice_open", 4)
    assert step_of(climbed(late(45))).kind == "call"


def test_the_final_notice_names_only_what_has_had_its_last_reminder() -> None:
    case = climbed(late(45))
    other = replace(late(3, OTHER))
    step = next_step(replace(case, invoices=(*case.invoices, other)), ARMED, MONDAY)
    assert [c.invoice for c in step.claims] == [CLAIM.id]


def test_while_a_final_notice_runs_nothing_is_asked_and_then_the_owner_decides() -> None:
    case = noticed(climbed(late(45)), 3)
    deadline = case.letters[-1].pay_by
    assert deadline is not None
    assert next_step(case, ARMED, MONDAY).why == "notice_running"
    assert next_step(case, ARMED, deadline).kind == "wait"
    over = next_step(case, ARMED, workdays.after(deadline, "SE"))
    assert (over.kind, over.why) == ("decide", "notice_over")


def test_there_is_no_way_back_from_a_final_notice_to_a_reminder() -> None:
    case = noticed(climbed(late(45)), 3)
    for later in range(200):
        assert next_step(case, ARMED, MONDAY + later * DAY).kind in ("wait", "decide")
        assert step_of(case, MONDAY + later * DAY).kind in ("wait", "decide")


def test_another_invoice_is_asked_for_by_itself_while_a_final_notice_runs() -> None:
    case = noticed(climbed(late(45)), 12)
    both = replace(case, invoices=(*case.invoices, late(8, OTHER)))
    step = next_step(both, ARMED, MONDAY)
    assert (step.kind, [c.invoice for c in step.claims]) == ("reminder", [OTHER.id])


def test_no_final_notice_where_the_rules_of_the_day_are_not_reviewed() -> None:
    day = date(2027, 2, 1)
    claim = replace(CLAIM, due=day - 60 * DAY)
    case = case_of(claim, letters=(reminder(claim, 3, day - 30 * DAY),))
    assert next_step(case, replace(ARMED, country="NO"), day).kind == "call"


def test_a_demand_of_the_creditor_s_own_follows_a_final_notice_in_norway_alone() -> None:
    for code, open_there in (("NO", True), ("SE", False)):
        known = case_of(late(45))
        known = after(wrote("final_notice", known, house(code), MONDAY - 20 * DAY), known)
        assert bool(demandable(known, claims(known), house(code), MONDAY)) is open_there


def test_what_has_lapsed_is_no_step_any_more() -> None:
    step = next_step(case_of(late(3 * 366 + 5)), house("NO"), MONDAY)
    assert (step.kind, step.why) == ("none", "barred")
