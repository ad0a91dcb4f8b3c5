from __future__ import annotations

from typing import Any

import pytest

from bot.chat import Action, Button, Card, Request
from bot.platforms import Told
from tests.handlers.platforms.telegram.board import Board
from tests.handlers.platforms.telegram.botapi import BotApi
from tests.handlers.platforms.telegram.stand import running, stand, until


async def pressed(api: BotApi, data: str = "go", chat: int = 7, person: int | None = None) -> dict[str, Any]:
    """A press, and how it was acknowledged."""
    api.offer(chat, data)
    query = api.press(chat, data, person)
    await until(lambda: query in api.answers)
    return api.answers[query]


@running
async def test_a_press_sends_the_token_back_and_is_acknowledged() -> None:
    async with stand() as (api, board, _):
        answer = await pressed(api)
        assert board.heard[0].request == Request("", press="go", private=True)
        assert "text" not in answer


@running
async def test_a_press_is_acknowledged_before_its_work_is_done() -> None:
    board = Board(answer=lambda heard: Told(hint=Card("Only an owner may approve.")), slow=0.6)
    async with stand(board) as (api, _, _t):
        assert "text" not in await pressed(api)
        await until(lambda: "Only an owner" in api.last(7)["text"])


@pytest.mark.parametrize(("hint", "alert"), [("Only an owner may approve.", False), ("x" * 90, True)])
@running
async def test_a_short_no_stands_over_the_chat_for_the_one_who_pressed(hint: str, alert: bool) -> None:
    async with stand(Board(answer=lambda heard: Told(hint=Card(hint)))) as (api, _, _t):
        answer = await pressed(api, chat=-5, person=7)
        assert (answer["text"], answer["show_alert"]) == (hint, alert)
        assert not api.of("sendMessage")


@running
async def test_a_long_no_in_a_group_goes_to_the_persons_own_chat_or_asks_to_open_it() -> None:
    long = Card("x" * 300, buttons=(Button("Go", Action("x"), token="t"),))
    async with stand(Board(answer=lambda heard: Told(hint=long))) as (api, _, _t):
        await pressed(api, chat=-5, person=7)
        await until(lambda: "for you alone" in api.last(-5)["text"])
        button = api.last(-5)["reply_markup"]["inline_keyboard"][0][0]
        assert button == {"text": "Open the chat", "url": "https://t.me/purr_bot"}
        api.say(7, "/start")
        await until(lambda: list(api.shown(7)))
        await pressed(api, chat=-5, person=7)
        await until(lambda: len(list(api.shown(7))) == 2)


@running
async def test_a_press_telegram_has_given_up_on_is_worked_on_all_the_same() -> None:
    async with stand() as (api, board, _):
        api.fail("answerCallbackQuery", 400, "query is too old and response timeout expired")
        api.offer(7, "go")
        api.press(7, "go")
        await until(lambda: board.heard)
