from __future__ import annotations

from bot.chat import Action, Button, Card
from tests.handlers.platforms.telegram.board import post
from tests.handlers.platforms.telegram.stand import stand


def card(text: str = "Hej", token: str = "t" * 22) -> Card:
    return Card(text, buttons=(Button("Draft", Action("letter.draft"), token=token),))


async def _one() -> None:
    async with stand() as (api, board, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(card()))
        assert api.last(7)["text"] == "Hej"
        assert number == str(api.last(7)["message_id"])


def test_a_card_comes_as_a_message() -> None:
    import asyncio

    asyncio.run(_one())
