"""Quiet seasons in the chat: added, listed, taken out; no list comes in them, and one after."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.seasons import Season
from tests.handlers.talk import Talk
from tests.mailserver import mail_server
from tests.town import chased


def known(talk: Talk) -> tuple[Season, ...]:
    with talk.books() as books:
        return books.business.seasons


@pytest.fixture
def asked(talk: Talk) -> Talk:
    talk.says("settings")
    talk.presses("Quiet seasons")
    return talk


def test_the_usual_ones_are_a_press_away_and_are_listed(asked: Talk) -> None:
    asked.presses("July")
    assert [item.title for item in asked.card().items] == ["1 July – 31 July"]
    assert [item.text for item in asked.card().items] == ["every year"]
    asked.presses("Over Christmas")
    assert known(asked) == (
        Season(first=date(2026, 12, 24), last=date(2027, 1, 1)),
        Season(first=date(2027, 7, 1), last=date(2027, 7, 31)),
    )
    assert not {"July", "Over Christmas"} & {button.label for button in asked.card().buttons}


def test_one_of_their_own_is_told_in_days_and_taken_out_again(asked: Talk) -> None:
    asked.presses("Add", season_first="2027-02-15", season_last="2027-02-19", season_how="once")
    assert known(asked) == (Season(first=date(2027, 2, 15), last=date(2027, 2, 19), yearly=False),)
    assert asked.card().items[0].text == "this time only"
    asked.presses("Remove")
    assert known(asked) == ()


def test_one_that_cannot_be_is_refused_in_words(asked: Talk) -> None:
    said = asked.refused("Add", season_first="2027-02-15", season_last="2027-02-01")
    assert "runs from one day to the same or a later one" in said
    assert known(asked) == ()


def test_the_cards_name_the_day_after_the_season(asked: Talk) -> None:
    asked.presses("Add", season_first="2026-11-26", season_last="2026-12-04", season_how="once")
    for said in (asked.says("today"), asked.says("Norrsken")):
        assert "I ask again on Monday 7 December" in said


def test_no_list_comes_in_a_season_and_one_on_the_first_bank_day_after(tmp_path: Path) -> None:
    with mail_server() as mail:
        owner = chased(tmp_path, mail)
        owner.says("settings")
        owner.presses("Quiet seasons")
        owner.presses("Add", season_first="2026-11-25", season_last="2026-12-04", season_how="once")
        assert owner.hears("2026-12-06 12:00") == ""
        assert "One customer needs you today." in owner.hears("2026-12-07 08:01")


def test_a_usual_season_is_not_offered_again_in_another_year(asked: Talk) -> None:
    asked.presses("July")
    asked.house.clock.at += timedelta(days=280)
    asked.says("settings")
    asked.presses("Quiet seasons")
    assert "July" not in {button.label for button in asked.card().buttons}
    asked.presses("Add", season_first="2027-07-01", season_last="2027-07-31", season_how="yearly")
    assert len(known(asked)) == 1


def test_a_list_that_is_due_is_not_lost_when_a_season_is_added(tmp_path: Path) -> None:
    with mail_server() as mail:
        owner = chased(tmp_path, mail)
        owner.house.clock.at = owner.house.clock.at.replace(day=25, hour=8, minute=1)
        owner.says("settings")
        owner.presses("Quiet seasons")
        owner.presses("July")
        assert "One customer needs you today." in owner.hears("2026-11-25 08:05")


def test_nor_when_its_hour_is_changed(tmp_path: Path) -> None:
    with mail_server() as mail:
        owner = chased(tmp_path, mail)
        owner.house.clock.at = owner.house.clock.at.replace(day=25, hour=8, minute=1)
        owner.says("settings")
        owner.presses("Save", nudge_at="07:30")
        assert "One customer needs you today." in owner.hears("2026-11-25 08:05")
