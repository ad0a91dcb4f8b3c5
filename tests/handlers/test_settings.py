"""Settings: the hour of the list, the time to undo, and quiet days."""

from __future__ import annotations

from datetime import time

import pytest

from bot.chat import Request
from bot.members import Member
from tests.handlers.talk import Talk


@pytest.mark.parametrize(
    ("written", "hour"), [("07:30", time(7, 30)), ("7.30", time(7, 30)), ("9:00", time(9))]
)
def test_the_settings_are_kept_and_the_next_list_comes_at_the_new_hour(
    written: str, hour: time, talk: Talk
) -> None:
    talk.says("settings")
    talk.presses("Save", nudge_at=written, undo="30", quiet="silence")
    with talk.books() as books:
        kept, at = books.business, books.next_nudge()
    assert (kept.nudge_at, kept.undo_minutes, kept.quiet) == (hour, 30, "silence")
    assert at and at.minute == hour.minute


@pytest.mark.parametrize("written", ["25:00", "noon", "7:61", "-1"])
def test_an_hour_that_cannot_be_is_refused(written: str, talk: Talk) -> None:
    talk.says("settings")
    assert f"I can't read “{written}” as a time." in talk.refused("Save", nudge_at=written)


def test_without_a_time_to_undo_a_letter_goes_at_once(talk: Talk) -> None:
    talk.says("settings")
    talk.presses("Save", undo="0")
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.presses("Approve")
    with talk.books() as books:
        assert books.letters.of("norrsken")[0].send_at == talk.house.clock()


def test_the_questions_may_be_gone_through_again(talk: Talk) -> None:
    talk.says("settings")
    talk.presses("Your details")
    talk.presses("Go on", business="Åsas Nya Bageri AB")
    with talk.books() as books:
        assert books.business.name == "Åsas Nya Bageri AB"


def test_two_can_be_asked_to_approve_once_there_are_two_owners(talk: Talk) -> None:
    talk.says("settings")
    assert "A second yes takes two owners" in talk.refused("Save", second="always")
    with talk.books() as books:
        books.members.add(Member(id="per", name="Per Ek", role="owner", added=talk.house.clock().date()))
    talk.presses("Save", second="always")
    with talk.books() as books:
        assert books.business.second_approver == "always"


def test_the_settings_lead_to_what_letters_add(talk: Talk) -> None:
    talk.says("settings")
    assert "Fees, interest and formal demand (inkassokrav)" in talk.presses("Fees and notice")


def test_who_is_no_owner_sees_the_settings_without_a_form(talk: Talk) -> None:
    talk.ask(Request(talk.house.business.id, text="settings", role="helper", who="Kim Holm"))
    assert talk.card().form is None
    assert [b.label for b in talk.card().buttons] == ["People"]
