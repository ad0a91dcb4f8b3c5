"""Hindsight: which days of a year are worth a look."""

from __future__ import annotations

from dataclasses import replace

from bot import hindsight
from bot.cases import Case
from bot.replay import Year, play
from tests.bot.replayed import CLAIM, DAY, DUE, FIRST, FIRST_LETTER, LAST, bygg, facts, money
from tests.cast import CAFE_NORRSKEN


def test_money_that_came_within_two_days_of_a_letter_is_a_surprise() -> None:
    about = facts(bygg(money(FIRST_LETTER + DAY)))
    (found,) = hindsight.surprises(play(about), about)
    assert (found.kind, found.day, found.facts["came"]) == ("crossed", FIRST_LETTER, FIRST_LETTER + DAY)
    assert hindsight.wronged([found]) == 0
    late = facts(bygg(money(FIRST_LETTER + 3 * DAY)))
    assert hindsight.surprises(play(late), late) == ()


def test_a_letter_to_somebody_who_had_paid_would_be_found() -> None:
    (wrong,) = play(facts(bygg(money(FIRST_LETTER + 4 * DAY)))).asked
    about = facts(bygg(money(FIRST_LETTER - DAY)))
    found = hindsight.surprises(Year(FIRST, LAST, 251, (wrong,)), about)
    assert (hindsight.wronged(found), [s.kind for s in found]) == (1, ["paid"])


def test_a_final_notice_and_a_morning_with_much_to_do_are_surprises() -> None:
    many = [
        Case(
            customer=replace(CAFE_NORRSKEN, id=f"c{n}", name=f"Customer {n}"),
            invoices=(replace(CLAIM, id=f"i{n}", customer=f"c{n}"),),
        )
        for n in range(hindsight.BUSY)
    ]
    about = facts(*many, last=FIRST_LETTER)
    (busy,) = hindsight.surprises(play(about), about)
    assert (busy.kind, busy.day, busy.facts["count"]) == ("busy", FIRST_LETTER, hindsight.BUSY)
    about = facts(bygg())
    assert [s.kind for s in hindsight.surprises(play(about), about)] == ["often", "notice"]


def test_a_customer_asked_more_often_than_three_times_is_a_surprise() -> None:
    invoices = tuple(
        replace(CLAIM, id=f"i{n}", number=str(3000 + n), due=DUE + 40 * n * DAY, issued=DUE) for n in range(4)
    )
    payments = tuple(replace(money(DUE + (40 * n + 15) * DAY), id=f"p{n}", invoice=f"i{n}") for n in range(4))
    about = facts(replace(bygg(*payments), invoices=invoices))
    year = play(about)
    found = [s for s in hindsight.surprises(year, about) if s.kind == "often"]
    assert [(s.day, s.facts["count"]) for s in found] == [(year.letters[3].made, 4)]
