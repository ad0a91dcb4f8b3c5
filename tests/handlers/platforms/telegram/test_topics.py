from __future__ import annotations

from dataclasses import replace

from bot.chat import Action, Button, Card
from bot.platforms import Place
from handlers.platforms.telegram.platform import Telegram
from tests.handlers.platforms.telegram.board import post
from tests.handlers.platforms.telegram.botapi import BotApi
from tests.handlers.platforms.telegram.stand import running, stand, until
from tests.handlers.platforms.telegram.test_ears import member

CARD = Card("Café Norrsken", buttons=(Button("Paid", Action("x"), token="paid"),))
TOPIC = Place("telegram", "-5/3", direct=False)


async def shown_in_topic(api: BotApi, telegram: Telegram) -> int:
    """A card in a topic of a group; its number."""
    api.written(-5, api.user(-5, 7), text="lunch?")
    return int(await telegram.show(replace(post(CARD, chat=-5), place=TOPIC)))


@running
async def test_a_press_on_a_message_too_old_to_come_along_is_heard_in_its_topic() -> None:
    async with stand() as (api, board, telegram):
        number = await shown_in_topic(api, telegram)
        old = {"message_id": number, "date": 0, "chat": api.chats[-5]}
        query = {"id": "q", "chat_instance": "1", "from": api.user(-5, 7), "message": old, "data": "paid"}
        api.queue(callback_query=query)
        await until(lambda: board.heard)
        assert board.heard[0].place == TOPIC


@running
async def test_being_thrown_out_of_a_group_loses_its_topics_too() -> None:
    async with stand() as (api, board, telegram):
        await shown_in_topic(api, telegram)
        api.queue(my_chat_member=member(-5, "left"))
        await until(lambda: len(board.losses) == 2)
        assert board.losses == [(Place("telegram", "-5", direct=False), "gone"), (TOPIC, "gone")]
