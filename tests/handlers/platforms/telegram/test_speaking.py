from __future__ import annotations

from typing import Any

import pytest

from bot.chat import Action, Button, Card, Request
from bot.platforms import Heard, Told
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
    told = Told(hint=long, business="bageri")
    async with stand(Board(answer=lambda heard: told)) as (api, _, _t):
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


@running
async def test_a_stranger_is_told_the_same_once_an_hour_and_somebody_who_is_known_every_time() -> None:
    def answer(heard: Heard) -> Told:
        return Told(hint=Card("Ask for a link."), business="" if heard.person.id == "9" else "bageri")

    async with stand(Board(answer=answer)) as (api, board, telegram):
        for _ in range(3):
            api.say(9, "hello")
            api.say(8, "hello")
        await until(lambda: len(board.heard) == 6 and api.confirmed > api.latest)
        await telegram.settled()
        assert (len(list(api.shown(9))), len(list(api.shown(8)))) == (1, 3)


@running
async def test_a_stranger_who_brings_a_wrong_code_is_told_so_again_but_not_for_ever() -> None:
    async with stand(Board(answer=lambda heard: Told(hint=Card("No such code.")))) as (api, board, telegram):
        for _ in range(9):
            api.say(9, "/start ABCD-EFGH")
        await until(lambda: len(board.heard) == 9 and api.confirmed > api.latest)
        await telegram.settled()
        assert len(list(api.shown(9))) == 5


@running
async def test_a_group_is_asked_once_an_hour_to_open_the_chat() -> None:
    hint = Told(hint=Card("Only an owner may approve."), business="bageri")
    async with stand(Board(answer=lambda heard: hint)) as (api, board, telegram):
        for _ in range(3):
            api.say(-5, "/today", person=9)
        await until(lambda: len(board.heard) == 3 and api.confirmed > api.latest)
        await telegram.settled()
        assert ["for you alone" in m["text"] for m in api.shown(-5)] == [True]


@running
async def test_nobody_makes_purr_say_the_same_over_and_over() -> None:
    async with stand() as (api, _, telegram):
        for _ in range(9):
            api.say(-5, "/cancel", person=9)
        await until(lambda: api.confirmed > api.latest)
        await telegram.settled()
        assert len(list(api.shown(-5))) == 5
