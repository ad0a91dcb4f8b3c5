from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat import Action, Button, Card
from bot.platforms import Later, Moved, Unreachable
from tests.handlers.platforms.telegram.board import post
from tests.handlers.platforms.telegram.botapi import sent_back
from tests.handlers.platforms.telegram.stand import running, stand, until

TOKEN = "t" * 22
LONG = "\n\n".join("Vi har inte sett någon betalning. " * 20 for _ in range(14))


def card(text: str = "Hej") -> Card:
    return Card(text, buttons=(Button("Draft", Action("letter.draft"), token=TOKEN),))


@running
async def test_a_card_comes_as_a_message_with_its_buttons_and_is_changed_in_place() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(card()))
        assert (api.last(7)["text"], sent_back(api.last(7))) == ("Hej", [TOKEN])
        again = await telegram.show(post(Card("Hej"), message=number, outcome="Draft"))
        assert again == number
        assert (api.last(7)["text"], sent_back(api.last(7))) == ("Hej\n\n✓ Draft", [])
        assert len(list(api.shown(7))) == 1


@running
async def test_showing_the_same_again_is_fine() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(card()))
        assert await telegram.show(post(card(), message=number)) == number


@running
async def test_a_long_card_is_several_messages_and_what_is_left_over_goes_when_it_gets_short() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        numbers = await telegram.show(post(card(LONG)))
        assert len(numbers.split(",")) == len(list(api.shown(7))) == 3
        assert [bool(sent_back(m)) for m in api.shown(7)] == [False, False, True]
        left = await telegram.show(post(card("Short"), message=numbers))
        assert left == numbers.split(",")[0]
        assert [m["text"] for m in api.shown(7)] == ["Short"]


@running
async def test_a_message_that_was_deleted_is_sent_anew() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(card()))
        api.last(7)["gone"] = True
        fresh = await telegram.show(post(card("Changed"), message=number))
        assert fresh != number and api.last(7)["text"] == "Changed"


@running
async def test_what_was_sent_before_a_failure_is_not_sent_twice() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        numbers = await telegram.show(post(card(LONG), ident="first"))
        api.fail("sendMessage", 500, "Internal Server Error")
        with pytest.raises(Later):
            await telegram.show(post(card(LONG + "\n\n" + LONG), message=numbers, ident="first"))
        await telegram.show(post(card(LONG + "\n\n" + LONG), message=numbers, ident="first"))
        texts = [m["text"] for m in api.shown(7)]
        assert len(texts) == len(set(map(id, texts))) == 5


@running
async def test_a_card_that_telegram_cannot_parse_comes_as_plain_text() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        api.fail("sendMessage", 400, "can't parse entities: unsupported start tag")
        await telegram.show(post(Card("A & B", title="Title")))
        assert api.last(7)["text"] == "Title\n\nA & B"
        assert "parse_mode" not in api.of("sendMessage")[-1]


@pytest.mark.parametrize(
    ("code", "said", "more", "becomes"),
    [
        (403, "bot was blocked by the user", {}, Unreachable("blocked")),
        (403, "user is deactivated", {}, Unreachable("blocked")),
        (403, "bot was kicked from the supergroup chat", {}, Unreachable("gone")),
        (400, "chat not found", {}, Unreachable("gone")),
        (400, "not enough rights to send text messages to the chat", {}, Unreachable("gone")),
        (401, "Unauthorized", {}, Unreachable("token")),
        (429, "Too Many Requests: retry after 7", {"retry_after": 7}, Later(7)),
        (502, "Bad Gateway", {}, Later(0)),
        (400, "group chat was upgraded", {"migrate_to_chat_id": -1009}, Moved("-1009")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@running
async def test_telegrams_noes_are_what_must_happen_next(
    code: int, said: str, more: dict[str, int], becomes: Exception
) -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        api.fail("sendMessage", code, said, **more)
        with pytest.raises(type(becomes)) as raised:
            await telegram.show(post(card()))
        assert raised.value.args == becomes.args
        assert raised.value.__cause__ is None


@running
async def test_only_the_morning_list_and_an_answer_make_a_sound() -> None:
    async with stand() as (api, board, telegram):
        api.say(7, "hello")
        api.offer(8, "old")
        await until(lambda: board.heard)
        await telegram.show(post(card(), chat=7))
        await telegram.show(post(card(), chat=8))
        await telegram.show(post(replace(card(), topic="digest 2026-11-25"), chat=8))
        assert [m["silent"] for c in (7, 8) for m in api.shown(c) if "silent" in m] == [False, True, False]


@running
async def test_links_are_not_previewed() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        await telegram.show(post(Card("https://asasbageri.example")))
        assert api.of("sendMessage")[-1]["link_preview_options"] == {"is_disabled": True}


@running
async def test_a_topic_of_a_group_is_shown_its_cards_in_the_topic() -> None:
    async with stand() as (api, _, telegram):
        api.say(-5, "/help")
        there = post(card(), chat=-5)
        await telegram.show(replace(there, place=replace(there.place, chat="-5/12")))
        assert api.of("sendMessage")[-1]["message_thread_id"] == 12
