"""Every message that Purr sends to Telegram can be drawn, with all its words; what is new is noticed."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.platforms.telegram.cards import Message
from handlers.platforms.telegram.keys import markup
from handlers.platforms.telegram.rich import html, plain
from tests.handlers.platforms.slack.drawn import NASTY, everywhere
from tests.handlers.platforms.telegram.markup import Unparsed
from tests.handlers.platforms.telegram.test_cards import drawn as messages
from tests.pictures.sheet import Said
from tests.pictures.telegram import Unknown, drawn, message
from tests.pictures.test_slack import bare, read


def sent(of: Message) -> dict[str, Any]:
    """A message as the adapter sends it."""
    if of.picture:
        return {"photo": ("p", of.picture), "caption": plain(of.page)}
    keys = markup(of.rows)
    return {"text": html(of.page), "parse_mode": "HTML", "reply_markup": keys.to_dict() if keys else {}}


@pytest.mark.parametrize("text", [*NASTY, "Bröd & bullar, vecka 41–44"])
def test_all_that_is_said_in_a_message_is_drawn(text: str) -> None:
    for each in messages(everywhere(text)):
        shown = read(drawn([Said("08:00", sent=sent(each))]))
        keys = [
            key["text"]
            for row in sent(each).get("reply_markup", {}).get("inline_keyboard", ())
            for key in row
        ]
        assert all(bare(said) in shown for said in (plain(each.page), *keys))


def test_a_file_and_a_question_are_drawn() -> None:
    asks = {"force_reply": True, "input_field_placeholder": "The day"}
    assert "The day" in message({"text": "When?", "reply_markup": asks})
    assert "owed.csv" in message({"document": ("owed.csv", b"1"), "caption": "Here."})


@pytest.mark.parametrize(
    "new",
    [
        {"text": "<tg-spoiler>x</tg-spoiler>", "parse_mode": "HTML"},
        {"text": "x", "reply_markup": {"keyboard": []}},
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "web_app": {}}]]}},
        {"sticker": "x"},
    ],
)
def test_what_has_no_look_is_noticed(new: dict[str, Any]) -> None:
    with pytest.raises((Unknown, Unparsed)):
        message(new)
