from __future__ import annotations

from bot.platforms import Place
from tests.handlers.platforms.pocket import ASA, HERE, NAME, Talk
from tests.handlers.platforms.wire import Wire
from tests.handlers.switchboard.people import say


def places(wire: Wire) -> dict[str, str]:
    with wire.house.app.database.books(wire.house.business.id, wire.house.clock()) as books:
        return {chat.chat: chat.trouble for chat in books.places.all()}


def test_a_platform_says_that_a_chat_is_gone_or_has_moved(asa: Talk, wire: Wire) -> None:
    line = wire.exchange.line(NAME)
    wire.run(line.moved(HERE, "dm-new"))
    assert places(wire) == {"dm-new": ""}
    wire.run(line.gone(Place(NAME, "dm-new"), "gone"))
    assert places(wire) == {"dm-new": "gone"}


def test_a_platform_whose_token_is_accepted_again_shows_what_was_missed(asa: Talk, wire: Wire) -> None:
    line = wire.exchange.line(NAME)
    wire.run(line.gone(HERE, "token"))
    say(wire, "Good morning")
    asa.seen()
    wire.run(line.mended(Place(NAME, "")))
    assert "Good morning" in asa.seen()


def test_each_platform_has_a_drawer_of_its_own(wire: Wire) -> None:
    first, second = wire.exchange.line("one"), wire.exchange.line("other")
    wire.run(first.drawer.put("token", "xoxb"))
    assert wire.run(first.drawer.get("token")) == "xoxb"
    assert wire.run(second.drawer.get("token")) == ""


def test_the_page_of_somebody_is_asked_for_at_its_own_place(asa: Talk, wire: Wire) -> None:
    told = wire.run(wire.exchange.line(NAME).home(ASA, Place(NAME, "home-asa")))
    assert [line.card.topic for line in told.lines] == ["home"]
    assert set(places(wire)) == {HERE.chat, "home-asa"}
