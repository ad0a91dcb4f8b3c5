"""The customer's page: how long it lives, and that it shows what is left and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.cases import Case
from bot.disputes import Dispute
from bot.letters import Charge, Claim, Letter, State
from bot.pages import LIVES, Agreed, Sheet, is_alive, sheet
from bot.promises import Promise
from bot.replies import Reply
from tests.cast import ASAS_BAGERI, blomman, bygg, kr, noon

TODAY = date(2026, 11, 25)
CASE = bygg(TODAY)
CLAIM = CASE.invoices[0]
LETTER = CASE.letters[-1]
FEE = Charge("fee", CLAIM.id, kr("60"))


def seen(case: Case = CASE, letter: Letter = LETTER, today: date = TODAY) -> Sheet:
    shown = sheet(letter, case, ASAS_BAGERI, today)
    assert shown is not None
    return shown


@pytest.mark.parametrize(
    ("state", "alive"),
    [
        ("draft", False),
        ("approved", False),
        ("withdrawn", False),
        ("failed", False),
        ("sending", True),
        ("sent", True),
        ("copied", True),
        ("unknown", True),
    ],
)
def test_a_page_lives_from_when_its_letter_may_have_gone_out(state: State, alive: bool) -> None:
    assert is_alive(replace(LETTER, state=state), (), TODAY) == alive


def test_a_page_is_over_after_its_days_and_at_once_when_it_is_closed() -> None:
    last = LETTER.went_on + LIVES
    assert is_alive(LETTER, (), last)
    assert not is_alive(LETTER, (), last + timedelta(days=1))
    assert not is_alive(LETTER, {LETTER.id}, TODAY)


def test_a_page_shows_what_is_left_of_each_invoice_of_its_letter() -> None:
    paid = replace(CLAIM, paid=kr("8400"))
    other = replace(CLAIM, id="bygg-3000", number="3000")
    shown = seen(replace(CASE, invoices=(paid, other)))
    assert [(each.number, each.amount) for each in shown.owed] == [("2042", kr("10000"))]
    assert shown.numbers == ("2042",)
    assert shown.to_pay == (kr("10000"),)


def test_once_all_is_paid_nothing_is_asked_for() -> None:
    gone = replace(CLAIM, paid=CLAIM.amount)
    shown = seen(replace(CASE, invoices=(gone,)), replace(LETTER, charges=(FEE,)))
    assert (shown.numbers, shown.owed, shown.charges, shown.to_pay) == (("2042",), (), (), ())


@pytest.mark.parametrize("state", ["handed_over", "written_off"])
def test_what_was_handed_over_or_given_up_is_not_shown_and_not_called_settled(state: Any) -> None:
    gone = replace(CLAIM, state=state)
    assert sheet(LETTER, replace(CASE, invoices=(gone,)), ASAS_BAGERI, TODAY) is None
    other = replace(CLAIM, id="bygg-3000", number="3000", paid=CLAIM.amount)
    both = replace(LETTER, claims=(*LETTER.claims, Claim(other.id, other.amount)))
    assert seen(replace(CASE, invoices=(gone, other)), both).numbers == ("3000",)


def test_a_fee_stands_on_the_page_of_the_letter_that_asked_for_it_until_it_is_let_off() -> None:
    asked = replace(LETTER, charges=(FEE,))
    assert seen(letter=asked).charges == (FEE,)
    assert seen(letter=asked).to_pay == (kr("18460"),)
    assert seen().charges == ()
    given = Promise(
        id="1", customer="bygg", day=TODAY, made=TODAY, kind="waiver", state="kept", claims=LETTER.claims
    )
    assert seen(replace(CASE, promises=(given,)), asked).charges == ()


def test_what_is_contested_is_not_asked_for_nor_what_was_added_to_it() -> None:
    asked = replace(LETTER, charges=(FEE,))
    whole = Dispute(id="1", customer="bygg", invoice=CLAIM.id, opened=TODAY)
    shown = seen(replace(CASE, disputes=(whole,)), asked)
    assert (shown.owed[0].amount, shown.owed[0].contested, shown.to_pay) == (kr("0"), True, ())
    part = replace(whole, part=kr("400"))
    shown = seen(replace(CASE, disputes=(part,)))
    assert (shown.owed[0].amount, shown.owed[0].contested) == (kr("18000"), True)


def test_what_was_agreed_stands_beside_it_while_it_holds() -> None:
    day = TODAY + timedelta(days=9)
    promise = Promise(id="1", customer="bygg", day=day, made=TODAY, claims=LETTER.claims)
    assert seen(replace(CASE, promises=(promise,))).agreed == (Agreed("promise", day, None),)
    over = replace(promise, state="withdrawn")
    assert seen(replace(CASE, promises=(over,))).agreed == ()


def test_a_plan_in_good_standing_is_told_by_its_next_part() -> None:
    case = blomman(TODAY)
    letter = replace(LETTER, customer="blomman", claims=(replace(LETTER.claims[0], invoice="blomman-2051"),))
    part = case.plans[0].instalments[1]
    assert seen(case, letter).agreed == (Agreed("plan", part.day, part.amount),)


def test_an_answer_that_nobody_has_read_is_acknowledged() -> None:
    reply = Reply(id="1", customer="bygg", text="Snart", at=noon(TODAY))
    assert seen(replace(CASE, replies=(reply,))).waiting
    assert not seen(replace(CASE, replies=(replace(reply, meaning="other"),))).waiting
    assert not seen(replace(CASE, replies=(replace(reply, source="bounce"),))).waiting


def test_a_sheet_has_no_place_for_the_customer_themself() -> None:
    assert {each.name for each in fields(Sheet)} == {"numbers", "owed", "charges", "agreed", "waiting"}
