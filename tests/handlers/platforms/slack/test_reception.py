from __future__ import annotations

import logging

import pytest

from bot.platforms import Heard, Told
from tests.e2e import payloads
from tests.handlers.platforms.slack.double import Double
from tests.handlers.platforms.slack.scene import AT_TALK, Scene, played
from tests.handlers.platforms.slack.workspace import ASA


def test_an_event_that_could_not_be_kept_is_not_acknowledged_and_comes_again() -> None:
    async def act(on: Scene) -> None:
        event = payloads.message(AT_TALK, payloads.stamp(), "today")
        on.double.broken = True
        assert (await on.tell(event))["status"] == 500
        on.double.broken = False
        assert (await on.tell(event))["status"] == 200
        assert len(on.double.heard) == 1

    played(act)


def test_a_press_that_could_not_be_kept_is_owned_up_to() -> None:
    async def act(on: Scene) -> None:
        on.double.broken = True
        assert (await on.press())["status"] == 200
        assert len(on.place.responses) == 1

    played(act)


def test_what_could_not_be_kept_in_home_is_owned_up_to_in_the_talk() -> None:
    async def act(on: Scene) -> None:
        on.double.broken = True
        view = {"id": "V1", "type": "home", "blocks": []}
        button = {"type": "button", "action_id": "press:0", "block_id": "b", "value": "t" * 22}
        await on.tell(payloads.press_in_view(AT_TALK, view, button, on.place.trigger()))
        assert on.place.made("chat.postMessage")[0]["channel"] == ASA

    played(act)


def broken(heard: Heard) -> Told:
    """An answer that breaks."""
    raise ValueError(heard.delivery)


def test_an_answer_that_breaks_right_away_does_not_unacknowledge_a_press() -> None:
    async def act(on: Scene) -> None:
        assert (await on.press())["status"] == 200
        assert len(on.place.responses) == 1

    played(act, Double(broken))


def test_what_breaks_is_told_to_the_log_once_without_words_or_tokens(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def act(on: Scene) -> None:
        on.double.broken = True
        with caplog.at_level(logging.INFO):
            await on.say("Café Norrsken owes us")
        assert len([record for record in caplog.records if record.levelno >= logging.ERROR]) == 1
        assert "Norrsken" not in caplog.text and "xoxb" not in caplog.text

    played(act)
