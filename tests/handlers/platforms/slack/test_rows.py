from __future__ import annotations

from bot.chat import Card, Item
from handlers.platforms.slack.blocks import message
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.drawn import post, press

EN = words_of("en")


def test_a_name_with_signs_is_written_as_it_is_without_the_bold() -> None:
    said = message(post(Card("", items=(Item("*Snick_ar~n*", "late", "", press("t")),))), EN)
    assert said["blocks"][0]["text"] == {"type": "plain_text", "text": "*Snick_ar~n*\nlate", "emoji": False}


def test_rows_that_cannot_be_opened_are_one_list() -> None:
    rows = (Item("Instalment 1", "", "SEK 2,035"), Item("Instalment 2", "the last", "SEK 2,035"))
    (block,) = message(post(Card("", items=rows)), EN)["blocks"]
    assert block["elements"][0]["type"] == "rich_text_list"
    assert len(block["elements"][0]["elements"]) == 2


def test_a_name_is_on_one_line() -> None:
    said = message(post(Card("", items=(Item("Café\nNorrsken", "12\ndays late", "", press("t")),))), EN)
    assert said["blocks"][0]["text"]["text"] == "*Café Norrsken*\n12 days late"
