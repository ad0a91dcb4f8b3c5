from __future__ import annotations

import logging

import httpx
import pytest
from starlette.applications import Starlette

from bot.platforms import Later, Unreachable
from handlers.platforms.telegram import open as open_telegram
from handlers.platforms.telegram.platform import Telegram
from tests.handlers.platforms.telegram.board import Board
from tests.handlers.platforms.telegram.botapi import BotApi
from tests.handlers.platforms.telegram.stand import of, running, stand, until


def test_without_a_token_there_is_no_telegram() -> None:
    assert open_telegram({}, Board(), "") is None


@running
async def test_the_door_carries_a_code_into_the_chat() -> None:
    async with stand() as (_, _, telegram):
        assert telegram.door.way.format(code="ABCD-EFGH") == "https://t.me/purr_bot?start=ABCD-EFGH"


@running
async def test_a_wrong_token_is_told_and_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with BotApi() as api:
        telegram = of(api, Board(), token="999:wrong")
        with pytest.raises(Unreachable) as raised:
            await telegram.start()
        await telegram.stop()
    assert raised.value.reason == "token"
    assert "999:wrong" not in caplog.text and "999:wrong" not in str(raised.value.__cause__)


@running
async def test_no_network_at_the_start_is_tried_again_later() -> None:
    telegram = of(BotApi(url="http://127.0.0.1:9"), Board())
    with pytest.raises(Later):
        await telegram.start()
    await telegram.stop()


@running
async def test_answers_under_way_are_given_before_all_stops() -> None:
    async with stand(Board(slow=0.3)) as (api, board, telegram):
        api.offer(7, "go")
        query = api.press(7, "go")
        await until(lambda: board.heard)
        await telegram.quiet()
        await telegram.stop()
        assert query in api.answers


def called(telegram: Telegram) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(Starlette(routes=list(telegram.routes())))
    return httpx.AsyncClient(transport=transport, base_url="https://purr.example")


@running
async def test_telegram_calls_where_it_was_asked_to_and_what_it_brings_is_kept_first() -> None:
    async with stand(address="https://purr.example/", hook="on") as (api, board, telegram):
        assert api.hook["url"] == "https://purr.example/telegram/hook"
        assert api.hook["allowed_updates"] == ["message", "callback_query", "my_chat_member"]
        update, secret = api.say(7, "today"), api.hook["secret_token"]
        async with called(telegram) as client:
            head = {"X-Telegram-Bot-Api-Secret-Token": secret}
            answer = await client.post("/telegram/hook", json=update, headers=head)
            assert (answer.status_code, len(board.heard)) == (200, 1)
            again = await client.post("/telegram/hook", json=update, headers=head)
            assert (again.status_code, len(board.heard)) == (200, 1)


@pytest.mark.parametrize("secret", ["", "wrong", "å"])
@running
async def test_a_call_without_the_secret_is_refused(secret: str) -> None:
    async with stand(address="https://purr.example", hook="on") as (api, board, telegram):
        update = api.say(7, "today")
        async with called(telegram) as client:
            head = httpx.Headers({"X-Telegram-Bot-Api-Secret-Token": secret}, encoding="utf-8")
            answer = await client.post("/telegram/hook", json=update, headers=head)
        assert (answer.status_code, board.heard) == (403, [])


@running
async def test_what_cannot_be_kept_is_not_acknowledged_and_nonsense_is() -> None:
    async with stand(address="https://purr.example", hook="on") as (api, board, telegram):
        head = {"X-Telegram-Bot-Api-Secret-Token": api.hook["secret_token"]}
        async with called(telegram) as client:
            assert (await client.post("/telegram/hook", json={"x": 1}, headers=head)).status_code == 200
            assert (await client.post("/telegram/hook", content=b"{", headers=head)).status_code == 400
            board.fault = OSError("the disk is full")
            answer = await client.post("/telegram/hook", json=api.say(7, "today"), headers=head)
            assert answer.status_code == 503
            await telegram.quiet()
            board.fault = None
            assert (
                await client.post("/telegram/hook", json=api.say(7, "x"), headers=head)
            ).status_code == 503


@running
async def test_the_secret_of_the_hook_is_the_same_after_a_restart() -> None:
    async with stand(address="https://purr.example", hook="on") as (api, board, _):
        first = api.hook["secret_token"]
        again = of(api, Board(board.drawer), address="https://purr.example", hook="on")
        await again.start()
        assert api.hook["secret_token"] == first
        await again.quiet()
        await again.stop()


@running
async def test_without_an_address_or_without_being_told_to_telegram_is_asked() -> None:
    async with stand(address="https://purr.example") as (api, _, telegram):
        assert telegram.routes() == () and not api.hook
    async with stand(hook="on") as (api, _, telegram):
        assert telegram.routes() == () and not api.hook
