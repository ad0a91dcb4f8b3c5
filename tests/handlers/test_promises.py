"""Promises: a day they named, or more time that the owner gives, and what happens when it passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.chat import Request
from bot.disputes import Dispute
from bot.promises import Promise
from tests.handlers.talk import Talk

PROMISE, TIME = "They will pay", "Needs more time"


@pytest.fixture
def called(talk: Talk) -> Talk:
    talk.says("Norrsken")
    talk.presses("Call")
    talk.presses("Reached them")
    return talk


def test_a_promise_keeps_purr_silent_until_a_bank_day_after_it(called: Talk) -> None:
    called.presses(PROMISE)
    said = called.presses("Save", day="Friday", amount="2000")
    assert "pays SEK 2,000 on Friday 27 November" in said and "Monday 30 November" in said
    assert "Café Norrsken" not in called.says("today")
    called.house.clock.at = called.house.clock().replace(day=30)
    assert "Café Norrsken" in called.says("today")


def promises_part_of_it_first(called: Talk) -> None:
    """All of it by the 4th of December; then a part of that already on Friday."""
    for day, amount in (("4 December", ""), ("Friday", "500")):
        called.acts("promise.form", "norrsken")
        called.presses("Save", day=day, amount=amount)


def test_nobody_is_asked_before_the_first_day_because_they_promised_a_part_sooner(called: Talk) -> None:
    promises_part_of_it_first(called)
    called.acts("payment.form", "norrsken")
    called.presses("Save", amount="500")
    called.house.clock.at = called.house.clock().replace(month=12, day=2)
    assert "Café Norrsken" not in called.says("today")
    assert "promised" in called.acts("letter.draft", "norrsken")
    called.house.clock.at = called.house.clock().replace(month=12, day=7)
    assert "Café Norrsken" in called.says("today")


def test_a_part_that_does_not_come_breaks_that_promise_alone(called: Talk) -> None:
    promises_part_of_it_first(called)
    called.house.clock.at = called.house.clock().replace(day=30)
    called.acts("customer.show", "norrsken")
    called.presses("It was not kept")
    with called.books() as books:
        states = sorted((p.day.day, p.state) for p in books.promises.of("norrsken"))
    assert states == [(4, "withdrawn"), (27, "broken")]


def test_a_promise_is_confirmed_in_writing_if_the_owner_wants(called: Talk) -> None:
    called.presses(PROMISE)
    called.presses("Save", day="Friday")
    assert "27 november" in called.presses("Write it")


def test_more_time_is_given_once(called: Talk) -> None:
    called.presses(TIME)
    called.presses("Save", day="4 December")
    with called.books() as books:
        assert [(p.kind, p.day) for p in books.promises.of("norrsken")] == [("deferral", date(2026, 12, 4))]
    called.says("Norrsken")
    called.presses("Call")
    called.presses("Reached them")
    called.presses(TIME)
    assert "They have had more time once already." in called.refused("Save", day="11 December")


@pytest.mark.parametrize("label", [PROMISE, TIME])
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-30", "I can't read “2026-02-30” as a day."),
        ("yesterday", "has already been"),
        ("2027-12-24", "is too far ahead"),
    ],
)
def test_a_day_that_cannot_be_is_refused(label: str, day: str, words: str, called: Talk) -> None:
    called.presses(label)
    assert words in called.refused("Save", day=day)


@pytest.mark.parametrize("amount", ["-100", "0", "much"])
def test_an_amount_that_cannot_be_is_refused(amount: str, called: Talk) -> None:
    called.presses(PROMISE)
    assert "as an amount" in called.refused("Save", day="Friday", amount=amount)


def test_who_owes_nothing_has_nothing_to_promise(called: Talk) -> None:
    called.presses(PROMISE)
    token = called.part("Save").token
    called.says("paid 1058")
    called.says("paid 1066")
    assert called.part("Save").token == token
    assert "owes nothing" in called.refused("Save", day="Friday")


def test_a_promise_that_was_not_kept_is_over_and_the_reminders_go_on(called: Talk) -> None:
    called.presses(PROMISE)
    called.presses("Save", day="Friday")
    called.house.clock.at = called.house.clock().replace(day=30)
    assert "The money promised for Friday 27 November has not come." in called.says("Norrsken")
    called.presses("It was not kept")
    assert "1058" in called.presses("Draft")
    with called.books() as books:
        assert [p.state for p in books.promises.of("norrsken")] == ["broken"]


@pytest.mark.parametrize("amount", ["7000", "50 EUR"])
def test_nobody_promises_more_than_is_open_or_other_money(amount: str, called: Talk) -> None:
    called.presses(PROMISE)
    assert "does not fit what is open" in called.refused("Save", day="Friday", amount=amount)


def test_a_confirmation_names_what_was_promised_and_not_contested(called: Talk) -> None:
    called.presses(PROMISE)
    called.presses("Save", day="Friday")
    write = called.part("Write it").token
    with called.books() as books:
        contested, other = books.invoices.of("norrsken")[-2:]
        books.invoices.add(replace(other, id="newer", number="1199"))
        books.disputes.add(
            Dispute(id="d", customer="norrsken", invoice=contested.id, opened=date(2026, 11, 25))
        )
    said = called.ask(Request(called.house.business.id, press=write))
    assert other.number in said and contested.number not in said and "1199" not in said


def test_more_time_for_an_earlier_debt_does_not_count_for_a_new_one(called: Talk) -> None:
    called.presses(TIME)
    called.presses("Save", day="4 December")
    called.says("paid 1058")
    called.says("paid 1066")
    with called.books() as books:
        other = books.invoices.of("norrsken")[-1]
        books.invoices.add(replace(other, id="newer", number="1199"))
    called.says("Norrsken")
    called.presses("Call")
    called.presses("Reached them")
    called.presses(TIME)
    called.presses("Save", day="11 December")
    with called.books() as books:
        assert [p.state for p in books.promises.of("norrsken")] == ["kept", "open"]


def test_a_promise_is_not_missed_when_nothing_is_open_any_more(called: Talk) -> None:
    called.presses(PROMISE)
    called.presses("Save", day="Friday")
    called.says("paid 1058")
    called.says("paid 1066")
    called.house.clock.at = called.house.clock().replace(day=30)
    assert "has not come" not in called.says("Norrsken")


def test_a_promise_takes_no_offer_of_the_owner_s_away(called: Talk) -> None:
    day = date(2026, 11, 27)
    with called.books() as books:
        books.promises.add(Promise(id="w", customer="norrsken", day=day, made=day, kind="waiver"))
    called.presses(PROMISE)
    called.presses("Save", day="Friday")
    called.acts("promise.over", "norrsken")
    with called.books() as books:
        assert [p.state for p in books.promises.of("norrsken")] == ["open", "broken"]


def test_what_was_kept_and_broken_stands_on_their_card_and_in_their_history(called: Talk) -> None:
    called.presses(PROMISE)
    called.presses("Save", day="Friday")
    called.acts("promise.over", "norrsken")
    called.says("Norrsken")
    called.presses("Call")
    called.presses("In the payment run")
    called.presses("Save", day="Friday", amount="2000")
    called.house.clock.at = called.house.clock().replace(day=26)
    called.says("paid 1058 2000")
    called.says("Norrsken")
    facts = {fact.label: fact.value for fact in called.card().facts}
    assert facts["Promises and plans"] == "1 kept, 1 broken"
    with called.books() as books:
        assert {"promise_kept", "promise_broken"} <= {e.kind for e in books.history.of("norrsken")}
