"""Replay: what Purr would have asked in a year that has gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import workdays
from bot.disputes import Dispute
from bot.instalments import propose
from bot.ladder import ladder
from bot.letters import Claim
from bot.plans import Plan
from bot.promises import Promise
from bot.replay import Year, play
from bot.replies import Reply
from bot.seasons import Season
from tests.bot.replayed import CLAIM, DAY, DUE, FIRST, FIRST_LETTER, LAST, STRICT, bygg, facts, money
from tests.cast import ASA, kr, noon


def asked(year: Year) -> list[str]:
    return [a.need.step.kind for a in year.asked]


def test_who_pays_on_time_is_never_asked_about() -> None:
    year = play(facts(bygg(money(DUE))))
    assert year.asked == ()
    assert year.mornings == sum(
        workdays.is_bank_day(FIRST + n * DAY, "SE") for n in range((LAST - FIRST).days + 1)
    )


def test_who_forgets_gets_one_letter_on_the_day_its_rung_opens() -> None:
    year = play(facts(bygg(money(FIRST_LETTER + 4 * DAY))))
    (letter,) = year.letters
    assert (letter.made, letter.kind, letter.level) == (FIRST_LETTER, "reminder", 1)
    assert letter.claims == (Claim(CLAIM.id, CLAIM.amount),)
    assert asked(year) == ["reminder"]


def test_who_never_pays_climbs_the_ladder_each_question_put_once() -> None:
    year = play(facts(bygg()))
    assert asked(year) == ["reminder", "reminder", "reminder", "final_notice", "decide"]
    assert [x.level for x in year.letters] == [1, 2, 3, 4]
    gaps = [b.made - a.made for a, b in zip(year.letters, year.letters[1:], strict=False)]
    assert min(gaps) >= timedelta(days=ladder(STRICT).gap)


def test_half_of_it_paid_leaves_half_to_be_asked_for() -> None:
    (letter, *_) = play(facts(bygg(money(DUE + DAY, "9200.00")))).letters
    assert letter.claims == (Claim(CLAIM.id, kr("9200.00")),)


def test_an_answer_is_asked_about_once_and_holds_the_letter_of_that_morning() -> None:
    came = workdays.before(FIRST_LETTER, "SE")
    reply = Reply(id="r", customer=CLAIM.customer, text="?", at=noon(came), meaning="question")
    year = play(facts(replace(bygg(), replies=(reply,))))
    assert [(a.day, a.need.step.kind) for a in year.asked[:2]] == [
        (FIRST_LETTER, "answer"),
        (workdays.after(FIRST_LETTER, "SE"), "reminder"),
    ]


def test_nothing_is_drafted_while_it_is_disputed() -> None:
    dispute = Dispute(id="d", customer=CLAIM.customer, invoice=CLAIM.id, opened=DUE, closed=DUE + 60 * DAY)
    year = play(facts(replace(bygg(), disputes=(dispute,))))
    assert {a.need.step.kind for a in year.asked if a.day <= DUE + 60 * DAY} == {"dispute"}
    assert year.letters[0].made > DUE + 60 * DAY


def test_a_broken_promise_is_asked_about_once_and_then_the_ladder_goes_on() -> None:
    promise = Promise(
        id="p",
        customer=CLAIM.customer,
        day=DUE + 30 * DAY,
        made=DUE,
        claims=(Claim(CLAIM.id, CLAIM.amount),),
    )
    year = play(facts(replace(bygg(), promises=(promise,))))
    assert asked(year)[:2] == ["promise_missed", "reminder"]
    assert asked(year).count("promise_missed") == 1
    assert year.asked[0].day > promise.day


def test_a_plan_that_breaks_is_asked_about_once_and_then_the_ladder_goes_on() -> None:
    plan = Plan(
        id="p",
        customer=CLAIM.customer,
        invoices=(CLAIM.id,),
        instalments=propose([CLAIM.amount], 3, DUE + 14 * DAY, "SE"),
        agreed=DUE,
        agreed_by=ASA,
        state="in_default",
    )
    year = play(facts(replace(bygg(), plans=(plan,))))
    assert asked(year)[:2] == ["part_missed", "reminder"]
    assert year.asked[0].day > plan.instalments[0].day


def test_what_was_late_before_the_first_day_rests() -> None:
    assert play(facts(bygg(), first=DUE + DAY)).asked == ()


def test_what_left_the_ladder_is_not_asked_for_from_that_day() -> None:
    gone = replace(bygg(), invoices=(replace(CLAIM, state="handed_over"),))
    about = replace(facts(gone), left={CLAIM.id: FIRST_LETTER + DAY})
    assert [x.made for x in play(about).letters] == [FIRST_LETTER]


def test_a_pause_of_everything_today_changes_no_question_and_no_word_of_the_year() -> None:
    about = facts(bygg())
    paused = replace(about, business=replace(STRICT, paused_until=LAST + 20 * DAY))
    assert play(paused) == play(about)


def test_a_quiet_season_has_no_morning_and_its_questions_are_put_after_it() -> None:
    season = Season(first=FIRST_LETTER, last=FIRST_LETTER + 20 * DAY)
    resting = replace(STRICT, seasons=(season,))
    came = noon(FIRST_LETTER + 2 * DAY)
    reply = Reply(id="r", customer=CLAIM.customer, text="?", at=came, meaning="question")
    year = play(replace(facts(replace(bygg(), replies=(reply,))), business=resting))
    first = workdays.on_or_after(season.last + DAY, "SE")
    assert [(a.day, a.need.step.kind) for a in year.asked[:2]] == [
        (first, "answer"),
        (workdays.after(first, "SE"), "reminder"),
    ]
    quiet = sum(workdays.is_bank_day(season.first + n * DAY, "SE") for n in range(21))
    assert year.mornings == play(facts()).mornings - quiet
