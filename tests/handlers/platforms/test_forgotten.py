"""Who is erased is named in no message of ours in Slack and Telegram; what the owner wrote stays theirs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from handlers.example import fill
from tests.handlers.platforms.slack.surface import on_slack
from tests.handlers.platforms.telegram.surface import on_telegram
from tests.handlers.stage import Clock, House, bakery
from tests.handlers.talk import MORNING, NOWHERE, Talk
from tests.handlers.test_privacy import settle


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        (on_slack, lambda surface: surface.place.messages.values()),
        (on_telegram, lambda surface: surface.api.messages.values()),
    ],
    ids=["slack", "telegram"],
)
def test_no_message_of_ours_names_who_was_erased_not_even_the_list_of_today(
    on: Callable[[House], Any], shown: Callable[[Any], Iterable[Any]], tmp_path: Path
) -> None:
    house = House(tmp_path, NOWHERE, bakery("SE", "en"), Clock(MORNING))
    talk = Talk(house)
    with talk.desk() as desk:
        fill(desk)
    with on(house) as surface:
        for words in ("today", "Norrsken"):
            surface.say(words)
        settle(talk, "norrsken")
        surface.say("erase Norrsken")
        surface.press("Erase", {"word": "ERASE"})
        surface.seen()
        told = [json.dumps(message, ensure_ascii=False) for message in shown(surface)]
    left = [message for message in told if "Café Norrsken" in message]
    assert told and left == []
