from __future__ import annotations

import asyncio

import pytest

from bot.chat import Card, Request
from bot.platforms import Told
from handlers.platforms.slack.answering import Answering
from handlers.platforms.slack.incoming import Origin
from tests.handlers.platforms.slack.double import ASK, Double, line
from tests.handlers.platforms.slack.scene import CHANNEL_PLACE, IN_CHANNEL, Scene, played
from tests.handlers.platforms.slack.workspace import ASA, CHANNEL, TALK, TEAM, Fault

HINT = Told(hint=Card("That button is used up."))
ASKED = Told((line(ASK),))


def test_a_press_is_heard_by_its_token_and_a_hint_is_whispered() -> None:
    async def act(on: Scene) -> None:
        await on.press()
        assert on.double.heard[0].request == Request("", press="t" * 22, private=True)
        (told,) = on.place.responses
        assert told["response_type"] == "ephemeral" and not told["replace_original"]
        assert "used up" in told["text"]

    played(act, Double(lambda heard: HINT))


def test_a_hint_whose_address_is_refused_is_whispered_in_the_channel() -> None:
    async def act(on: Scene) -> None:
        on.place.response_status = 404
        await on.press(IN_CHANNEL, thread="1.1")
        (whisper,) = on.place.whispers
        assert (whisper["user"], whisper["channel"], whisper["thread_ts"]) == (ASA, CHANNEL, "1.1")

    played(act, Double(lambda heard: HINT))


def test_a_hint_in_a_direct_talk_is_said_there() -> None:
    async def act(on: Scene) -> None:
        await on.say("approve")
        assert [message["text"] for message in on.place.said()] == ["That button is used up."]

    played(act, Double(lambda heard: HINT))


def test_a_press_that_leads_to_a_form_opens_it() -> None:
    async def act(on: Scene) -> None:
        await on.press()
        (view,) = on.place.views.values()
        assert view["submit"]["text"] == "Save"

    played(act, Double(lambda heard: ASKED))


def test_who_presses_outside_a_customers_thread_is_told_where_the_card_is() -> None:
    async def act(on: Scene) -> None:
        card = Card("A draft.", subject="norrsken")
        on.double.answer = lambda heard: Told((line(card, "7"),))
        pressed = asyncio.create_task(on.press(IN_CHANNEL))
        await on.show(card, CHANNEL_PLACE, ident="7", about="Café Norrsken")
        await pressed
        (told,) = on.place.responses
        assert "https://acme.slack.com/archives/C1/" in told["text"]

    played(act)


def test_who_presses_in_the_thread_needs_no_pointer() -> None:
    async def act(on: Scene) -> None:
        card = Card("A draft.", subject="norrsken")
        await on.show(card, CHANNEL_PLACE, ident="7")
        root = on.place.said(CHANNEL)[0]["ts"]
        on.double.answer = lambda heard: Told((line(card, "7"),))
        await on.press(IN_CHANNEL, thread=root)
        assert on.place.responses == [] and on.place.whispers == []

    played(act)


@pytest.mark.parametrize("fault", [Fault("not_found"), Fault("token_revoked")], ids=str)
def test_a_window_that_was_closed_meanwhile_keeps_nobody_from_their_hint(fault: Fault) -> None:
    async def act(on: Scene) -> None:
        assert on.slack.showing
        on.place.fail("views.update", fault)
        told: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        told.set_result(HINT)
        await Answering(on.slack.showing).update("V1", Origin(TEAM, TALK, ASA), told)
        assert [message["text"] for message in on.place.said()] == ["That button is used up."]

    played(act)


def test_a_form_that_may_not_open_keeps_nobody_from_their_hint() -> None:
    async def act(on: Scene) -> None:
        on.place.fail("views.open", Fault("token_revoked"))
        await on.press()
        assert "used up" in on.place.responses[0]["text"]

    played(act, Double(lambda heard: Told((line(ASK),), HINT.hint)))
