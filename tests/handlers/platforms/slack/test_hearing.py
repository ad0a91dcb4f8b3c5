from __future__ import annotations

import asyncio
import json
import time

import pytest

from bot.chat import Action, Card, Field, Form, Request
from bot.platforms import Attachment, Person, Told
from handlers.platforms.slack import modal
from handlers.platforms.slack.words import words_of
from tests.e2e import payloads
from tests.handlers.platforms.slack.double import ASK, Double, line
from tests.handlers.platforms.slack.scene import (
    AT_TALK,
    BUTTON,
    CHANNEL_PLACE,
    IN_CHANNEL,
    TALK_PLACE,
    Scene,
    played,
)
from tests.handlers.platforms.slack.workspace import ASA, BOT, CHANNEL, TALK, TEAM, Fault

HINT = Told(hint=Card("That button is used up."))
ASKED = Told((line(ASK),))


def asking(error: str = "", title: str = "How much?") -> Card:
    """A card with a form, perhaps with something to mend."""
    form = Form(Action("x.y"), (Field("amount", "Amount", error=error),), "Save", token="f" * 22)
    return Card(title, form=form)


def test_words_in_a_direct_talk_are_heard_with_who_and_where() -> None:
    async def act(on: Scene) -> None:
        await on.say("who owes &lt;most&gt; &amp; why")
        (heard,) = on.double.heard
        assert heard.place == TALK_PLACE
        assert heard.person == Person("slack", ASA, TEAM, "Åsa Lind", "en")
        assert heard.request == Request("", text="who owes <most> & why", private=True)

    played(act)


def test_a_mention_is_heard_without_purrs_own_name() -> None:
    async def act(on: Scene) -> None:
        await on.say("today", IN_CHANNEL)
        assert on.double.heard[0].request.text == "today"
        assert on.double.heard[0].place == CHANNEL_PLACE

    played(act)


def test_an_event_that_comes_again_is_acknowledged_and_heard_once() -> None:
    async def act(on: Scene) -> None:
        event = payloads.message(AT_TALK, payloads.stamp(), "today")
        statuses = [(await on.tell(event, **{"x-slack-retry-num": str(n)}))["status"] for n in range(3)]
        assert statuses == [200, 200, 200]
        assert len(on.double.heard) == 1

    played(act)


@pytest.mark.parametrize(
    "change",
    [
        {"bot_id": "B2"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_topic"},
        {"user": BOT},
    ],
    ids=str,
)
def test_bots_and_edits_are_not_listened_to(change: dict[str, str]) -> None:
    async def act(on: Scene) -> None:
        event = payloads.message(AT_TALK, payloads.stamp(), "today")
        event["event"] |= change
        assert (await on.tell(event))["status"] == 200
        assert on.double.heard == []

    played(act)


def test_what_is_said_in_a_channel_and_not_to_purr_is_left_alone() -> None:
    async def act(on: Scene) -> None:
        event = payloads.message(IN_CHANNEL, payloads.stamp(), "lunch?")
        assert (await on.tell(event))["status"] == 200
        assert on.double.heard == []

    played(act)


def test_dropped_files_are_heard_as_attachments() -> None:
    async def act(on: Scene) -> None:
        file = on.place.drop("invoices.csv", b"a;b")
        await on.tell(payloads.message(AT_TALK, payloads.stamp(), "here they are", [file]))
        (heard,) = on.double.heard
        assert heard.attachments == (Attachment("invoices.csv", file["url_private_download"], 3),)
        assert heard.request.text == ""
        assert await on.slack.fetch(heard.place, heard.attachments[0]) == b"a;b"

    played(act)


def test_the_button_of_a_form_opens_it_without_being_heard() -> None:
    async def act(on: Scene) -> None:
        await on.show(ASK)
        await on.press(action=BUTTON | {"action_id": "form:0", "value": "f" * 22})
        assert len(on.place.views) == 1
        assert on.double.heard == []

    played(act)


def test_the_button_of_a_forgotten_form_says_so() -> None:
    async def act(on: Scene) -> None:
        await on.press(action=BUTTON | {"action_id": "form:0", "value": "x" * 22})
        assert on.place.views == {} and len(on.place.responses) == 1

    played(act)


async def handed_in(on: Scene, value: str = "100", who: payloads.Who = AT_TALK) -> payloads.Json:
    """Open the form, fill it in, hand it in."""
    await on.show(ASK)
    await on.press(who, action=BUTTON | {"action_id": "form:0", "value": "f" * 22})
    view = list(on.place.views.values())[-1]
    values = {"amount": {"a": {"type": "plain_text_input", "value": value}}}
    return await on.tell(payloads.submission(who, view, values, on.place.trigger()))


def test_a_form_is_heard_with_its_values_where_it_was_asked_for() -> None:
    async def act(on: Scene) -> None:
        answer = await handed_in(on, "250", IN_CHANNEL)
        (heard,) = on.double.heard
        assert heard.request == Request("", press="f" * 22, values={"amount": "250"}, private=True)
        assert heard.place == CHANNEL_PLACE
        assert answer == {"status": 200, "response_action": "clear"}

    played(act)


def test_what_is_wrong_with_a_form_is_said_at_its_question_each_time() -> None:
    async def act(on: Scene) -> None:
        for _ in range(2):
            answer = await handed_in(on)
            assert answer["response_action"] == "errors"
            assert answer["errors"] == {"amount": "That is no amount."}
        assert len(on.double.heard) == 2

    played(act, Double(lambda heard: Told((line(asking("That is no amount.")),))))


def test_a_form_that_leads_to_another_is_replaced_by_it() -> None:
    async def act(on: Scene) -> None:
        answer = await handed_in(on)
        assert answer["response_action"] == "update"
        assert answer["view"]["title"]["text"] == "And then?"

    played(act, Double(lambda heard: Told((line(Card("", "And then?", form=ASK.form)),))))


@pytest.mark.slow
def test_a_form_that_takes_long_is_told_to_wait_and_then_updated() -> None:
    async def act(on: Scene) -> None:
        await on.show(ASK)
        await on.press(action=BUTTON | {"action_id": "form:0", "value": "f" * 22})
        on.double.hold = asyncio.Event()
        assert on.slack.showing
        on.slack.showing.people.forget(TEAM, ASA)
        on.place.fail("users.info", Fault(slow=5))
        view = list(on.place.views.values())[-1]
        began = time.monotonic()
        answer = await on.hand(payloads.submission(AT_TALK, view, {}, on.place.trigger()))
        assert time.monotonic() - began < 2.9
        assert answer["response_action"] == "update" and "submit" not in answer["view"]
        on.double.hold.set()
        await on.slack.flight.landed(5)
        assert on.place.made("views.update")[-1]["view_id"] == view["id"]

    played(act)


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("", Request("", action=Action("today.show"), private=True)),
        ("help", Request("", action=Action("help.show"), private=True)),
        ("here", Request("", action=Action("place.here"), private=True)),
        ("link ABCD-EFGH", Request("", action=Action("member.join", value="ABCD-EFGH"), private=True)),
        ("Café Norrsken", Request("", text="Café Norrsken", private=True)),
    ],
    ids=str,
)
def test_the_slash_command_takes_help_a_code_or_any_words(text: str, request_: Request) -> None:
    async def act(on: Scene) -> None:
        trigger, url = on.place.trigger(), on.place.response_url
        await on.tell(dict(payloads.command(IN_CHANNEL, "/purr", text, trigger, url)))
        assert on.double.heard[0].request == request_
        assert on.double.heard[0].place == CHANNEL_PLACE

    played(act)


def test_a_message_in_a_customers_thread_is_logged_as_theirs() -> None:
    async def act(on: Scene) -> None:
        await on.show(Card("A draft.", subject="norrsken"), CHANNEL_PLACE, about="Café Norrsken")
        root = on.place.said(CHANNEL)[0]["ts"]
        message = {"ts": "9.9", "thread_ts": root, "text": "We pay on Friday &amp; that is it"}
        trigger, url = on.place.trigger(), on.place.response_url
        await on.tell(payloads.shortcut(IN_CHANNEL, "log_reply", message, trigger, url))
        (heard,) = on.double.heard
        assert heard.request.action == Action("reply.log", "norrsken", "We pay on Friday & that is it")

    played(act)


def test_home_is_made_when_it_is_opened_and_answers_appear_in_the_talk() -> None:
    async def act(on: Scene) -> None:
        await on.tell(payloads.home_opened(AT_TALK))
        home = on.place.homes[ASA]
        assert "Hello." in json.dumps(home)
        await on.tell(payloads.press_in_view(AT_TALK, home, BUTTON, on.place.trigger()))
        (heard,) = on.double.heard
        assert heard.place == TALK_PLACE
        assert len(on.place.made("views.publish")) == 2

    played(act)


def test_a_form_that_was_opened_before_the_talk_was_known_is_answered_in_the_talk() -> None:
    async def act(on: Scene) -> None:
        asked = payloads.submission(AT_TALK, modal.modal(line(ASK), words_of("en"), f"{ASA}:"), {}, "1")
        await on.tell(payloads.home_opened(AT_TALK))
        await on.tell(asked)
        assert on.double.heard[0].place == TALK_PLACE

    played(act)


def test_who_invites_purr_is_told_how_to_choose_the_channel() -> None:
    async def act(on: Scene) -> None:
        joined = {"type": "member_joined_channel", "user": BOT, "channel": CHANNEL, "inviter": ASA}
        await on.tell(payloads.event(IN_CHANNEL, joined))
        (whisper,) = on.place.whispers
        assert whisper["user"] == ASA and "/purr here" in whisper["text"]

    played(act)


@pytest.mark.parametrize("name", ["channel_left", "channel_archive", "group_deleted"])
def test_a_channel_that_is_left_or_archived_is_gone(name: str) -> None:
    async def act(on: Scene) -> None:
        await on.tell(payloads.event(IN_CHANNEL, {"type": name, "channel": CHANNEL}))
        assert on.double.lost == [(CHANNEL_PLACE, "gone")]

    played(act)


def test_a_person_who_changed_is_asked_about_again() -> None:
    async def act(on: Scene) -> None:
        await on.say("today")
        on.place.users[ASA]["locale"] = "sv-SE"
        await on.tell(payloads.event(AT_TALK, {"type": "user_change", "user": {"id": ASA}}))
        await on.say("today")
        assert [heard.person.language for heard in on.double.heard] == ["en", "sv"]

    played(act)


def test_a_burst_of_presses_is_acknowledged_quickly() -> None:
    async def act(on: Scene) -> None:
        await on.press()

        async def one() -> float:
            message = {"ts": payloads.stamp(), "text": "", "blocks": []}
            trigger, url = on.place.trigger(), on.place.response_url
            began = time.perf_counter()
            await on.hand(payloads.press(AT_TALK, message, BUTTON, trigger, url))
            return time.perf_counter() - began

        waits = sorted(await asyncio.gather(*(one() for _ in range(200))))
        assert waits[197] < 1.5, "a tenth of that is usual; this only catches a wait that crept in"
        assert len({heard.delivery for heard in on.double.heard}) == 201

    played(act)


def test_an_uninstalled_workspace_is_lost_at_once() -> None:
    async def act(on: Scene) -> None:
        await on.tell(payloads.uninstalled(AT_TALK))
        assert [(place.team, reason) for place, reason in on.double.lost] == [(TEAM, "token")]

    played(act)


def test_the_talk_of_home_is_remembered_over_restarts() -> None:
    async def act(on: Scene) -> None:
        await on.tell(payloads.home_opened(AT_TALK))
        assert await on.double.drawer.get(f"talk:{TEAM}:{ASA}") == TALK

    played(act)
