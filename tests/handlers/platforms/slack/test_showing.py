from __future__ import annotations

import json
import logging

import pytest

from bot.chat import Action, Button, Card
from bot.platforms import Later, Place, Told, Unreachable
from handlers.platforms.slack.incoming import home_of
from tests.handlers.platforms.slack.double import ASK, line
from tests.handlers.platforms.slack.scene import CHANNEL_PLACE, TALK_PLACE, Scene, played
from tests.handlers.platforms.slack.workspace import ASA, CHANNEL, TALK, TEAM, Fault

HELLO = Card("Hello.", buttons=(Button("Today", Action("today.show"), token="t" * 22),))
DRAFT = Card("A draft.", subject="norrsken")
HOME = home_of(TEAM, ASA)


def test_a_line_is_shown_and_later_changed_where_it_stands() -> None:
    async def act(on: Scene) -> None:
        message = await on.show(HELLO)
        assert await on.show(Card("Hello."), message=message, outcome="Today") == message
        (said,) = on.place.said()
        assert "✓ Today" in json.dumps(said, ensure_ascii=False)

    played(act)


def test_links_in_what_purr_says_unfold_nothing() -> None:
    async def act(on: Scene) -> None:
        await on.show(Card("https://example.org"))
        (call,) = on.place.made("chat.postMessage")
        assert call["unfurl_links"] is False and call["unfurl_media"] is False

    played(act)


def test_a_customers_lines_hang_under_their_name_in_a_channel_and_are_never_broadcast() -> None:
    async def act(on: Scene) -> None:
        for ident in ("1", "2"):
            await on.show(DRAFT, CHANNEL_PLACE, ident=ident, about="Café Norrsken")
        (root,) = on.place.said(CHANNEL)
        assert "Café Norrsken" in root["text"]
        assert len(on.place.said(CHANNEL, thread=root["ts"])) == 2
        assert not any("reply_broadcast" in call for call in on.place.made("chat.postMessage"))

    played(act)


def test_each_customer_has_a_thread_of_their_own_in_each_channel() -> None:
    async def act(on: Scene) -> None:
        await on.show(DRAFT, CHANNEL_PLACE, about="Café Norrsken")
        await on.show(Card("A draft.", subject="betong"), CHANNEL_PLACE, about="Bygg & Betong")
        assert len(on.place.said(CHANNEL)) == 2

    played(act)


def test_a_talk_with_one_person_has_no_threads() -> None:
    async def act(on: Scene) -> None:
        await on.show(DRAFT, TALK_PLACE, about="Café Norrsken")
        assert len(on.place.said(TALK)) == 1

    played(act)


def test_a_thread_whose_first_message_was_deleted_begins_anew() -> None:
    async def act(on: Scene) -> None:
        await on.show(DRAFT, CHANNEL_PLACE)
        on.place.messages.clear()
        await on.show(DRAFT, CHANNEL_PLACE)
        (root,) = on.place.said(CHANNEL)
        assert len(on.place.said(CHANNEL, thread=root["ts"])) == 1

    played(act)


def test_a_message_that_somebody_deleted_is_said_anew() -> None:
    async def act(on: Scene) -> None:
        message = await on.show(HELLO)
        on.place.messages.clear()
        assert await on.show(HELLO, message=message) != message
        assert len(on.place.said()) == 1

    played(act)


def test_blocks_that_slack_does_not_take_are_said_in_plain_words(caplog: pytest.LogCaptureFixture) -> None:
    async def act(on: Scene) -> None:
        on.place.fail("chat.postMessage", Fault("invalid_blocks"))
        with caplog.at_level(logging.ERROR):
            await on.show(HELLO)
        (said,) = on.place.said()
        assert "Hello." in said["text"] and said["blocks"] == []
        assert "json-pointer" in caplog.text and "Hello" not in caplog.text

    played(act)


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (Fault(status=429, retry_after=7), 7),
        (Fault("ratelimited"), 0),
        (Fault("internal_error"), 0),
        (Fault("service_unavailable", status=503), 0),
    ],
    ids=str,
)
def test_what_slack_cannot_take_now_is_shown_later(fault: Fault, seconds: float) -> None:
    async def act(on: Scene) -> None:
        on.place.fail("chat.postMessage", fault, fault)
        with pytest.raises(Later) as later:
            await on.show(HELLO)
        assert later.value.seconds == seconds

    played(act)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("channel_not_found", "gone"),
        ("is_archived", "gone"),
        ("not_in_channel", "gone"),
        ("cannot_dm_bot", "blocked"),
        ("user_disabled", "blocked"),
        ("account_inactive", "token"),
        ("token_revoked", "token"),
        ("token_expired", "token"),
        ("invalid_auth", "token"),
    ],
)
def test_what_can_never_be_shown_says_why(error: str, reason: str) -> None:
    async def act(on: Scene) -> None:
        on.place.fail("chat.postMessage", Fault(error))
        with pytest.raises(Unreachable) as lost:
            await on.show(HELLO)
        assert lost.value.reason == reason

    played(act)


def test_without_a_connection_it_is_shown_later() -> None:
    async def act(on: Scene) -> None:
        assert on.slack.showing
        on.slack.showing.clients.api = "http://127.0.0.1:9/api/"
        with pytest.raises(Later):
            await on.show(HELLO)

    played(act)


def test_a_place_that_is_a_home_is_published() -> None:
    async def act(on: Scene) -> None:
        await on.show(HELLO, HOME)
        assert "Hello." in json.dumps(on.place.homes[ASA])
        assert on.place.said() == []

    played(act)


def test_what_is_shown_to_a_person_is_said_in_the_talk_with_them_which_is_known_from_then_on() -> None:
    async def act(on: Scene) -> None:
        person = Place("slack", ASA, TEAM)
        message = await on.show(HELLO, person)
        (said,) = on.place.said(TALK)
        assert message == f"{TALK}:{said['ts']}" and on.place.homes == {}
        assert on.double.renamed == [(person, TALK)]
        assert await on.double.drawer.get(f"talk:{TEAM}:{ASA}") == TALK

    played(act)


def test_a_home_that_somebody_else_brought_up_to_date_first_is_published_once_more() -> None:
    async def act(on: Scene) -> None:
        await on.show(HELLO, HOME)
        on.place.homes[ASA]["hash"] = "another"
        on.double.page = Told((line(Card("Later.")),))
        await on.show(HELLO, HOME)
        assert "Later." in json.dumps(on.place.homes[ASA])

    played(act)


def test_somebody_unknown_reads_in_home_how_to_come_in() -> None:
    async def act(on: Scene) -> None:
        on.double.page = Told(hint=Card("I don't know you yet."))
        await on.show(HELLO, HOME)
        assert "know you yet" in json.dumps(on.place.homes[ASA])

    played(act)


def test_the_window_of_a_form_is_kept_with_its_line() -> None:
    async def act(on: Scene) -> None:
        await on.show(ASK)
        assert json.loads(await on.double.drawer.get(f"form:{'f' * 22}"))["submit"]["text"] == "Save"

    played(act)
