"""Every block that Purr sends to Slack can be drawn, with all its words; one that is new here is noticed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings

from handlers.platforms.slack.blocks import hint, message, root
from handlers.platforms.slack.home import home
from handlers.platforms.slack.modal import modal
from handlers.platforms.slack.text import Json
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.drawn import everywhere, line, post, texts, words_in
from tests.pictures.sheet import Said
from tests.pictures.slack import Unknown, blocks, drawn, window

EN = words_of("en")


def read(html: str) -> str:
    """The words of a page, without blanks and the signs of mrkdwn."""
    body = html.partition("<body")[2] or html
    return bare(unescape(re.sub(r"<[^>]*>", "", body)))


def bare(text: str) -> str:
    return "".join(re.sub(r"[*_]", "", text).split())


@settings(max_examples=30)
@given(texts)
def test_all_that_is_said_in_a_message_is_drawn(text: str) -> None:
    card = everywhere(text)
    over = message(post(card, "✓ Done"), EN)
    for sent in (message(post(card), EN), over, root(post(card, about=text)), hint(card, EN)):
        shown = read(drawn([Said("08:00", sent=sent)]))
        assert all(bare(word) in shown for word in words_in(sent["blocks"]).split())


def test_a_window_and_the_home_are_drawn_with_every_kind_of_box() -> None:
    card = everywhere("Bröd & bullar")
    for view in (modal(line(card), EN), home([card, card], EN)):
        shown = read(window(view))
        assert all(bare(word) in shown for word in words_in(view["blocks"]).split())


@pytest.mark.parametrize(
    "new",
    [
        {"type": "video"},
        {"type": "actions", "elements": [{"type": "overflow"}]},
        {"type": "section", "text": {"type": "plain_text", "text": "x"}, "accessory": {"type": "image"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "<@U1>"}},
        {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": []}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "user"}]}]},
        {"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": {"type": "checkboxes"}},
    ],
)
def test_what_has_no_look_is_noticed(new: Json) -> None:
    with pytest.raises(Unknown):
        blocks([new])
