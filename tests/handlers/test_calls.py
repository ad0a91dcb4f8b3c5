"""Calls: three lines to say, how it went, and what follows from it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.talk import Talk


@pytest.fixture
def called(talk: Talk) -> Talk:
    talk.says("Norrsken")
    talk.presses("Call")
    return talk


def kinds(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [e.kind for e in books.history.of("norrsken")]


def test_the_card_says_whom_to_ask_for_what_it_is_about_and_what_to_end_on(called: Talk) -> None:
    number, _, hello, facts, end = called.card().text.splitlines()
    assert number == "070-174 06 11"
    assert "Åsa Lind" in hello and "Nils" in hello
    assert "1058" in facts and "1066" in facts and "6,105" in facts
    assert "Which day" in end


@pytest.mark.parametrize("outcome", ["Voicemail", "No answer"])
def test_a_call_nobody_took_is_written_down_and_asks_nothing(outcome: str, called: Talk) -> None:
    assert "stays on your list" in called.presses(outcome)
    assert any(kind.startswith("called_") for kind in kinds(called))


def test_a_call_that_reached_them_goes_on_to_what_was_said(called: Talk) -> None:
    called.presses("Reached them")
    called.presses("They will pay")
    assert "pays on Friday 27 November" in called.presses("Save", day="Friday")


def test_what_was_promised_on_the_telephone_is_put_into_writing_as_such(called: Talk) -> None:
    called.presses("In the payment run")
    called.presses("Save", day="Friday")
    said = called.presses("Write it")
    assert "Tack för samtalet onsdag 25 november" in said and "27 november" in said


def test_who_never_got_the_invoice_is_sent_it(called: Talk) -> None:
    assert "skickade på nytt" in called.presses("Never got it")
    assert "called_no_invoice" in kinds(called)


def test_who_contests_it_is_asked_what(called: Talk) -> None:
    assert "disagree with" in called.presses("They contest it")
    called.presses("Save", reason="quality")
    with called.books() as books:
        assert [d.reason for d in books.disputes.of("norrsken")] == ["quality"]


def test_who_has_paid_is_looked_up_in_books_and_bank(called: Talk) -> None:
    assert "Do you see the money?" in called.presses("Paid")


def test_what_awaits_approval_rests_until_the_owner_is_asked_again(called: Talk) -> None:
    assert "has to approve the invoice first" in called.presses("Awaiting approval")
    with called.books() as books:
        (pause,) = books.pauses.all()
    assert (pause.customer, pause.until) == ("norrsken", date(2026, 12, 2))
    assert "Café Norrsken" not in called.says("today")


def test_a_call_they_asked_for_counts_as_read_once_something_came_of_it(talk: Talk) -> None:
    talk.says("reply from Norrsken: Hej, kan du ringa mig?")
    talk.presses("Call them")
    talk.presses("In the payment run")
    talk.presses("Save", day="Friday")
    with talk.books() as books:
        assert not books.replies.unread()
