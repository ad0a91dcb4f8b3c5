from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat import Card
from storage.places import Chat
from tests.e2e import payloads
from tests.e2e.blocks import knobs
from tests.handlers.platforms.slack.surface import OnSlack, on_slack, slack_of, told
from tests.handlers.platforms.slack.workspace import ASA, CHANNEL, TALK, workspace
from tests.handlers.platforms.wire import invite
from tests.handlers.stage import Clock, House, bakery
from tests.mailserver import MailServer

NOWHERE = MailServer(port=9)
MORNING = datetime(2026, 11, 16, 8, tzinfo=UTC)
INVOICES = """Customer;Email;Invoice no;Issued;Due date;Amount;Currency;Description;Language
Café <Norrsken>;nils@norrsken.example;1042;2026-10-20;2026-11-04;4500,00;SEK;Bread;sv
Bygg & Betong;betong@betong.example;1043;2026-10-20;2026-11-01;1500,00;SEK;Bread;sv
"""


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[OnSlack]:
    """Åsa in the channel of her business, with two customers who are late."""
    house = House(tmp_path, NOWHERE, bakery("SE", "en"), Clock(MORNING))
    with on_slack(house) as surface:
        surface.drop("invoices.csv", INVOICES.encode())
        surface.press("Take it in", {})
        surface.press("Follow up all", {})
        surface.who = replace(surface.who, channel=CHANNEL, direct=False)
        mention(surface, "here")
        yield surface


def mention(surface: OnSlack, text: str) -> None:
    """Write to Purr in the channel."""
    surface.tell(payloads.mention(surface.who, payloads.stamp(), html.escape(text, quote=False)))


def chats(house: House) -> tuple[Chat, ...]:
    """The chats of the business."""
    with house.app.database.books(house.business.id, house.clock()) as books:
        return books.places.all()


def say(surface: OnSlack, card: Card) -> None:
    """Let Purr say a card by itself."""
    house = surface.wire.house
    with house.app.database.books(house.business.id, house.clock()) as books:
        house.app.inbox.post(books, card)
    surface.wire.exchange.wake(house.business.id)
    surface.wire.settle()


def press(surface: OnSlack, label: str, thread: str = "") -> None:
    """The newest button of this label in the channel, or in a thread."""
    for message in reversed(surface.place.said(CHANNEL, thread)):
        for knob in knobs(message["blocks"], message):
            if knob.label == label:
                surface.press_on(message, knob.handle[1])
                return
    raise AssertionError(f"there is no button {label!r}")


def test_a_customers_whole_story_hangs_in_one_thread_and_the_list_says_what_was_done(
    channel: OnSlack,
) -> None:
    mention(channel, "today")
    listed = channel.place.said(CHANNEL)[-1]
    press(channel, "Open")
    root = channel.place.said(CHANNEL)[-1]
    assert told(root) == "Café <Norrsken>"
    pointers = [message["text"] for message in channel.place.responses if "archives" in message["text"]]
    assert len(pointers) == 1
    press(channel, "Draft", root["ts"])
    press(channel, "Approve", root["ts"])
    assert "You can undo" in told(channel.place.said(CHANNEL, root["ts"])[-1])
    renewed = channel.place.messages[CHANNEL, listed["ts"]]
    assert "handled" in told(renewed) and "Bygg & Betong" in told(renewed)
    pointers = [message["text"] for message in channel.place.responses if "archives" in message["text"]]
    assert len(pointers) == 1, "who is in the thread needs no pointer"


def test_what_is_done_in_the_channel_is_seen_in_the_talk_only_where_it_was_listed(channel: OnSlack) -> None:
    before = len(channel.place.said(TALK))
    mention(channel, "Bygg")
    assert "Bygg &amp; Betong" in json.dumps(channel.place.said(CHANNEL))
    assert len(channel.place.said(TALK)) == before


def test_a_plan_that_is_asked_for_in_the_channel_is_in_the_thread_of_its_customer(channel: OnSlack) -> None:
    mention(channel, "plan Bygg 3")
    root = channel.place.said(CHANNEL)[-1]
    assert told(root) == "Bygg & Betong"
    assert channel.place.said(CHANNEL, root["ts"])


def test_who_comes_in_from_a_channel_without_purr_is_answered_in_the_talk_and_goes_on_there(
    tmp_path: Path,
) -> None:
    house = House(tmp_path, NOWHERE, bakery("SE", "en"), Clock(MORNING))
    with workspace() as place, slack_of(house, place) as surface:
        surface.who = replace(surface.who, channel="C9", direct=False)
        surface.command(f"link {invite(house)}")
        surface.command("today")
        assert len(place.said(TALK)) == 2, "the welcome, and the list"
        assert all("direct messages" in told(each) for each in place.responses)
        assert [(chat.chat, chat.nudges) for chat in chats(house)] == [(TALK, True)]
        surface.who = replace(surface.who, channel=TALK, direct=True)
        surface.say("today")
        say(surface, Card("It is morning."))
        assert [told(message) for message in place.said(TALK)].count("It is morning.") == 1
        assert place.homes == {}


def test_home_is_a_page_and_answers_to_what_is_pressed_there_are_said_in_the_talk(tmp_path: Path) -> None:
    house = House(tmp_path, NOWHERE, bakery("SE", "en"), Clock(MORNING))
    with on_slack(house) as surface:
        place = surface.place
        surface.tell(payloads.home_opened(surface.who))
        before = len(place.said(TALK))
        view = place.homes[ASA]
        knob = next(iter(knobs(view["blocks"], view)))
        surface.tell(payloads.press_in_view(surface.who, view, knob.handle[1], place.trigger()))
        assert len(place.said(TALK)) == before + 1
