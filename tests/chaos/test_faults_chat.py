"""A chat that does what it is told and answers that it failed; books that are shut while somebody presses."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.chat import Action, Button, Card
from bot.errors import BooksShut
from bot.platforms import Heard, Later, Place, Post, Told
from handlers.example import fill
from tests.blank import blank_books
from tests.chaos.disk import quota
from tests.handlers.platforms.pocket import NAME, Pocket, Talk
from tests.handlers.platforms.slack.double import line
from tests.handlers.platforms.slack.scene import Scene, scene
from tests.handlers.platforms.slack.workspace import Json, Refused
from tests.handlers.platforms.telegram.board import Board
from tests.handlers.platforms.telegram.botapi import BotApi
from tests.handlers.platforms.telegram.stand import running, stand, until
from tests.handlers.platforms.wire import wired
from tests.handlers.stage import House, bakery, shown
from tests.handlers.switchboard.conftest import Ticking
from tests.handlers.switchboard.people import asked, lines, pocket_of, say
from tests.handlers.talk import MORNING
from tests.mailserver import MailServer, mail_server

SOON = 0.05
POST = "chat_postMessage"


@dataclass
class Forgetful(Pocket):
    """It shows what it is given, and says of each message once that it did not."""

    known: set[str] = field(default_factory=set)

    async def show(self, post: Post) -> str:
        message = await Pocket.show(self, post)
        if post.line.id not in self.known and not post.message:
            self.known.add(post.line.id)
            raise Later(SOON)
        return message


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def asa(tmp_path: Path, mail: MailServer) -> Iterator[Talk]:
    """The owner on a forgetful platform, with customers who owe her money."""
    house = House(blank_books(tmp_path).parent, mail, bakery("SE", "en"), Ticking(MORNING))
    with house.app.database.books(house.business.id, house.clock()) as books:
        fill(house.app.inbox.desk(books))
    with wired(house, NAME, Forgetful) as wire:
        yield Talk.linked(wire)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """One tries again at once, not after a second."""
    for module in ("courier", "exchange"):
        monkeypatch.setattr(f"handlers.switchboard.{module}.doubling", lambda _longest: iter([SOON] * 100))


# Done, and answered with a failure


def test_a_line_stands_twice_at_most_and_what_it_tells_of_happens_once(asa: Talk, mail: MailServer) -> None:
    house = asa.wire.house
    asa.say("Norrsken")
    asa.press("Draft", {})
    first, second = (post for post in asa.posts() if "Approve" in str(post.line.card.buttons))
    assert first.line.id == second.line.id
    asa.press("Approve", {})
    house.wait_until(house.clock() + timedelta(hours=1))
    asa.wire.settle()
    assert len(mail.messages) == 1
    assert max(Counter(post.line.id for post in asa.posts()).values()) == 2
    told = [line.card.text for line in lines(asa.wire) if not line.mine]
    assert len([text for text in told if text.startswith("Sent")]) == 1


def test_of_the_two_copies_of_a_button_one_works(asa: Talk) -> None:
    say(asa.wire, Card("A letter waits", buttons=(Button("Look", Action("today.show")),)))
    asa.wire.settle()
    assert len([post for post in asa.posts() if post.line.card.text == "A letter waits"]) == 2
    press = asa.pressing("Look")
    assert asa.ask(press)
    before = len(lines(asa.wire))
    asa.ask(press)
    assert len(lines(asa.wire)) == before
    assert len(asa.hints) == 1


@running
async def test_telegram_that_fails_after_sending_is_asked_again_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called = BotApi._called

    async def lost(self: BotApi, call: web.Request) -> web.Response:
        answer = await called(self, call)
        is_first = len([name for name, _ in self.calls if name == "sendMessage"]) == 1
        if call.match_info["method"] == "sendMessage" and is_first:
            return web.json_response({"ok": False, "error_code": 500, "description": "Oops"}, status=500)
        return answer

    monkeypatch.setattr(BotApi, "_called", lost)
    async with stand() as (api, _, telegram):
        api.offer(7, "go")
        post = Post(Place("telegram", "7"), line(Card("Hello.")), "en")
        with pytest.raises(Later):
            await telegram.show(post)
        assert await telegram.show(post)
        assert [m["text"] for (_, _), m in api.messages.items()].count("Hello.") == 2


def test_slack_that_fails_after_posting_is_asked_again_and_no_more() -> None:
    async def act(on: Scene) -> None:
        post: Callable[[Json], Json] = on.place.chat_postMessage

        def fatal(given: Json) -> Json:
            post(given)
            setattr(on.place, POST, post)
            raise Refused("fatal_error")

        setattr(on.place, POST, fatal)
        with pytest.raises(Later):
            await on.show(Card("Hello."))
        assert await on.show(Card("Hello."))
        assert [said["text"] for said in on.place.said()] == ["Hello.", "Hello."]

    async def played() -> None:
        async with scene() as on:
            await act(on)

    asyncio.run(played())


# While the books are shut


def test_what_is_pressed_without_room_is_not_taken_and_works_when_it_comes_again(asa: Talk) -> None:
    asa.say("today")
    press, before = asa.pressing("Open"), len(lines(asa.wire))
    with quota(), pytest.raises(BooksShut):
        asa.ask(press, delivery="pressed")
    assert len(lines(asa.wire)) == before
    assert asa.ask(press, delivery="pressed")
    assert asa.ask(press, delivery="pressed") is None


def test_what_was_kept_is_answered_once_as_soon_as_there_is_room(asa: Talk) -> None:
    """The disk fills up between the two, and somebody makes room after a while."""
    answer = asa.wire.exchange.answering
    tries = 0

    def filling(heard: Heard, files: Any = ()) -> Told:
        nonlocal tries
        tries += 1
        with ExitStack() as stack:
            if tries < 3:
                stack.enter_context(quota())
            return answer(heard, files)

    asa.wire.exchange.answering = filling  # type: ignore[assignment] # it is called, and no more
    asa.say("today")
    assert (tries, asked(asa.wire)) == (3, ["today"])
    assert "Five customers need you today" in asa.seen()


def test_what_is_shown_and_cannot_be_noted_is_not_shown_again_and_again(asa: Talk) -> None:
    """Full, the books can still be read: each look at them would find the line yet to be shown."""
    platform, show = pocket_of(asa.wire), pocket_of(asa.wire).show
    with ExitStack() as stack:

        async def filling(post: Post) -> str:
            message = await Pocket.show(platform, post)
            stack.enter_context(quota())
            asyncio.get_running_loop().call_later(10 * SOON, stack.close)
            return message

        platform.show = filling  # type: ignore[method-assign]
        say(asa.wire, "A line")
        asa.wire.settle()
        platform.show = show  # type: ignore[method-assign]
    assert [shown(post.line.card).strip() for post in asa.posts()].count("A line") == 1
    asa.wire.exchange.wake(asa.wire.house.business.id)
    asa.wire.settle()
    assert [shown(post.line.card).strip() for post in asa.posts()].count("A line") == 1


@running
async def test_telegram_keeps_an_update_for_as_long_as_the_books_are_shut(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("handlers.platforms.telegram.polling.TRIES", 1)
    async with stand(Board(fault=BooksShut(full=False))) as (api, board, _):
        update = api.say(7, "paid 1042")
        await until(lambda: caplog.text.count("waits until the books are open") > 1, patience=10)
        assert api.confirmed <= update["update_id"]
        board.fault = None
        await until(lambda: board.heard)
        await until(lambda: api.confirmed > update["update_id"])
