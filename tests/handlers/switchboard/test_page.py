from __future__ import annotations

from pathlib import Path

from bot.chat import Request
from tests.handlers.platforms.pocket import Talk, on_pocket
from tests.handlers.platforms.test_every_platform import MORNING, NOWHERE, owe
from tests.handlers.stage import Clock, House, bakery, pressable


def test_what_is_done_on_the_page_stays_there_and_is_followed_where_it_is_shown(tmp_path: Path) -> None:
    house = House(tmp_path, NOWHERE, bakery("SE", "en"), Clock(MORNING))
    with house.app.database.books("bageri", MORNING) as books:
        owe(books, 1)
    with on_pocket(house) as talk:
        talk.say("today")
        talk.seen()
        (line,) = (x for x in house.app.ask(Request("bageri", text="Customer 001")) if not x.mine)
        assert talk.seen() == ""
        token = next(token for label, token in pressable(line.card) if label == "I'll handle it")
        house.app.ask(Request("bageri", press=token))
        assert_handled(talk)


def assert_handled(talk: Talk) -> None:
    """The list in the chat follows, and nothing else comes."""
    said = talk.seen()
    assert "handled" in said and "Customer 001" in said
