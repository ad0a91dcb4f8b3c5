from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat import Card
from bot.platforms import Later, Moved, Unreachable
from tests.handlers.platforms.telegram.board import post
from tests.handlers.platforms.telegram.stand import running, stand


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
            await telegram.show(post(Card("Hej")))
        assert raised.value.args == becomes.args
        assert raised.value.__cause__ is None


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
        there = post(Card("Hej"), chat=-5)
        await telegram.show(replace(there, place=replace(there.place, chat="-5/12")))
        assert api.of("sendMessage")[-1]["message_thread_id"] == 12
