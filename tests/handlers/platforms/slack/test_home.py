from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from bot.chat import Card, Item
from handlers.platforms.slack.home import home
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.drawn import (
    check_view,
    everywhere,
    press,
    texts,
    tokens_in,
    words_in,
)

EN = words_of("en")


def test_what_is_open_stands_on_one_page_with_its_ways_on() -> None:
    lists = Card("One waits.", items=(Item("Lilla Blomman", button=press("t1")),))
    view = home((lists, Card("Settings", buttons=(press("t2"),))), EN)
    check_view(view)
    assert view["type"] == "home"
    assert [block["type"] for block in view["blocks"]] == [
        "rich_text",
        "section",
        "divider",
        "rich_text",
        "actions",
    ]
    assert tokens_in(view["blocks"]) == ["t1", "t2"]


def test_a_page_without_anything_says_so() -> None:
    view = home((), EN)
    check_view(view)
    assert words_in(view["blocks"]) == "Nothing is waiting for you."


def test_two_hundred_rows_are_cut_with_a_word_about_the_rest() -> None:
    rows = tuple(Item(f"Kund {n}", button=press(f"t{n}")) for n in range(200))
    view = home((Card("Many.", items=rows), Card("Settings", buttons=(press("own"),))), EN)
    check_view(view)
    seen = sum(block["type"] == "section" for block in view["blocks"])
    assert seen > 80
    assert f"and {200 - seen} more" in words_in(view["blocks"])
    assert "own" in tokens_in(view["blocks"])


@given(texts)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_no_card_breaks_a_page(text: str) -> None:
    check_view(home((everywhere(text, 30), everywhere(text)), EN))
