from __future__ import annotations

from dataclasses import replace

from bot.chat import Action
from bot.platforms import Place, Told
from tests.e2e import payloads
from tests.e2e.payloads import Who
from tests.handlers.platforms.slack.double import ANSWER, Double, line
from tests.handlers.platforms.slack.scene import AT_TALK, IN_CHANNEL, TALK_PLACE, Scene, played
from tests.handlers.platforms.slack.workspace import ASA, TEAM, Fault

ELSEWHERE = replace(IN_CHANNEL, channel="C9")
BETWEEN_TWO = replace(AT_TALK, channel="D9")


async def command(on: Scene, who: Who) -> None:
    """Use the slash command."""
    trigger, url = on.place.trigger(), on.place.response_url
    await on.tell(dict(payloads.command(who, "/purr", "today", trigger, url)))


def test_a_command_where_purr_is_not_is_answered_in_the_talk_and_says_so() -> None:
    async def act(on: Scene) -> None:
        await on.tell(payloads.home_opened(AT_TALK))
        await command(on, ELSEWHERE)
        assert on.double.heard[0].place == TALK_PLACE
        assert [told["text"] for told in on.place.responses] == [
            "I am not in this channel, so I have answered in our direct messages."
        ]

    played(act, Double(lambda heard: Told((line(ANSWER),))))


def test_a_command_between_two_people_is_not_answered_there() -> None:
    async def act(on: Scene) -> None:
        await on.say("hello")
        await command(on, BETWEEN_TWO)
        assert on.double.heard[-1].place == TALK_PLACE

    played(act)


def test_where_the_talk_is_not_known_the_answer_goes_to_the_person() -> None:
    async def act(on: Scene) -> None:
        await command(on, ELSEWHERE)
        assert on.double.heard[0].place == Place("slack", ASA, TEAM)

    played(act)


def test_slack_is_asked_once_whether_purr_is_in_a_channel() -> None:
    async def act(on: Scene) -> None:
        await command(on, IN_CHANNEL)
        await command(on, IN_CHANNEL)
        assert len(on.place.made("conversations.info")) == 1
        await on.tell(payloads.event(IN_CHANNEL, {"type": "channel_left", "channel": IN_CHANNEL.channel}))
        await command(on, IN_CHANNEL)
        assert len(on.place.made("conversations.info")) == 2

    played(act)


def test_a_slack_that_does_not_say_is_taken_at_its_word() -> None:
    async def act(on: Scene) -> None:
        on.place.fail("conversations.info", *[Fault("internal_error", status=500)] * 2)
        await command(on, IN_CHANNEL)
        assert on.double.heard[0].place.chat == IN_CHANNEL.channel

    played(act)


def test_a_customers_words_are_logged_from_a_channel_that_purr_is_not_in() -> None:
    async def act(on: Scene) -> None:
        await on.say("hello")
        message = {"ts": "9.9", "text": "We pay on Friday"}
        trigger, url = on.place.trigger(), on.place.response_url
        await on.tell(payloads.shortcut(ELSEWHERE, "log_reply", message, trigger, url))
        heard = on.double.heard[-1]
        assert heard.request.action == Action("reply.log", value="We pay on Friday")
        assert heard.place == TALK_PLACE

    played(act)
