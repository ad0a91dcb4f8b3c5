"""Announcements: on the day a letter named, it is done, moved in words, or taken back in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.letters import Claim, NextStep
from tests.cast import reminder
from tests.handlers.talk import Talk

DAY = timedelta(days=1)
STEPS: tuple[NextStep, ...] = ("writes", "calls", "final_notice")


def announce(talk: Talk, step: NextStep) -> None:
    """A last reminder of two weeks ago that announced a step for today."""
    today = talk.house.clock().date()
    with talk.books() as books:
        books.save_business(replace(books.business, final_notice=step == "final_notice"))
        for claim in books.invoices.of("norrsken"):
            books.invoices.save(replace(claim, due=claim.due and claim.due - 30 * DAY))
        claims = tuple(Claim(i.id, i.amount) for i in books.invoices.of("norrsken") if not i.settled)
        first = books.invoices.of("norrsken")[-1]
        sent = replace(
            reminder(first, 3, today - 14 * DAY),
            id="said",
            customer="norrsken",
            claims=claims,
            next_step=step,
            next_day=today,
        )
        books.letters.add(sent)


def draft(talk: Talk) -> tuple[str, str, date | None]:
    with talk.books() as books:
        letter = books.letters.draft("norrsken")
    assert letter
    return letter.kind, letter.next_step, letter.next_day


@pytest.mark.parametrize("step", STEPS)
def test_the_day_that_was_named_is_moved_in_words(step: NextStep, talk: Talk) -> None:
    announce(talk, step)
    assert "Today is the day you named" in talk.says("Norrsken") or "has come" in talk.card().text
    talk.presses("Give more time")
    said = talk.presses("Go on", pay_by="2026-12-04")
    assert "Jag skrev att jag skulle ta nästa steg onsdag 25 november" in said
    assert "senast fredag 4 december" in said
    assert draft(talk) == ("later", step, date(2026, 12, 7))


@pytest.mark.parametrize("step", STEPS)
def test_the_step_that_was_named_is_taken_back_in_words(step: NextStep, talk: Talk) -> None:
    announce(talk, step)
    talk.says("Norrsken")
    assert "Det gör jag inte nu." in talk.presses("Take it back")
    assert draft(talk)[0] == "taken_back"


def test_a_day_that_was_moved_rests_until_the_new_one_and_is_then_put_before_the_owner(talk: Talk) -> None:
    announce(talk, "calls")
    talk.says("Norrsken")
    talk.presses("Give more time")
    talk.presses("Go on", pay_by="2026-12-04")
    talk.presses("Copy, I sent it")
    assert "Café Norrsken" not in talk.says("today")
    talk.house.clock.at = talk.house.clock().replace(month=12, day=7)
    assert "Today is the day you named" in talk.says("Norrsken")


def test_a_word_is_moved_only_while_it_stands(talk: Talk) -> None:
    announce(talk, "writes")
    talk.says("Norrsken")
    action = talk.part("Give more time").action
    talk.presses("Take it back")
    talk.presses("Copy, I sent it")
    assert "no longer holds" in talk.acts(action.verb, action.subject)


@pytest.mark.parametrize(
    ("day", "words"), [("2026-11-25", "has already been"), ("2027-06-01", "is too far ahead")]
)
def test_a_day_that_cannot_be_is_refused(day: str, words: str, talk: Talk) -> None:
    announce(talk, "writes")
    talk.says("Norrsken")
    talk.presses("Give more time")
    assert words in talk.refused("Go on", pay_by=day)


def test_a_friendly_word_goes_before_the_day_that_was_promised_and_once(talk: Talk) -> None:
    talk.says("reply from Norrsken: Vi betalar på fredag, lovar.")
    talk.presses("Note it: Friday 27 November")
    talk.says("Norrsken")
    assert "Vi har kommit överens om att du betalar" in talk.presses("A word before it")
    talk.presses("Copy, I sent it")
    talk.says("Norrsken")
    assert "A word before it" not in {b.label for b in talk.card().buttons}
