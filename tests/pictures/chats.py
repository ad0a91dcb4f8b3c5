"""The same day in Slack and in Telegram, drawn from exactly what Purr sends there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.handlers.platforms.slack.surface import on_slack
from tests.handlers.platforms.telegram.surface import OnTelegram, on_telegram
from tests.handlers.stage import Surface
from tests.pictures import slack, telegram
from tests.pictures.camera import Camera
from tests.pictures.day import Friday, friday, lived
from tests.pictures.sheet import Said

Sent = list[dict[str, Any]]
ASKED = {"today": "", "letter": "", "week": "week"}
"""What there are pictures of, and what was written to see it."""


def take(camera: Camera) -> None:
    """All pictures of the chats."""
    with friday() as house, on_slack(house) as chat:
        _live("slack", house, chat, chat.place.said, slack.drawn, camera)
    with friday() as house, on_telegram(house) as chat:
        _live("telegram", house, chat, lambda: _sent(chat), telegram.drawn, camera)


def _live(
    name: str,
    house: Friday,
    chat: Surface,
    sent: Callable[[], Sent],
    drawn: Callable[[Iterable[Said]], str],
    camera: Camera,
) -> None:
    known = 0

    def show(what: str) -> None:
        nonlocal known
        chat.seen()
        came, known = sent()[known:], len(sent())
        if what in ASKED:
            asked = [Said(house.o_clock, ASKED[what])] if ASKED[what] else []
            camera.draw(f"{name}-{what}", drawn([*asked, Said(house.o_clock, sent=came[0])]))

    chat.seen()
    known = len(sent())
    lived(house, chat, show)


def _sent(chat: OnTelegram) -> Sent:
    """What was written anew, and not into the place of something else."""
    return [what for how, what in chat.api.calls if how in ("sendMessage", "sendPhoto", "sendDocument")]
