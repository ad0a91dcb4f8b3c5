from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from handlers.platforms.telegram.carrier import Carrier
from tests.handlers.platforms.telegram.botapi import TOKEN, BotApi
from tests.handlers.platforms.telegram.stand import running


def bot(url: str) -> Bot:
    return Bot(TOKEN, base_url=f"{url}/bot", request=Carrier(), get_updates_request=Carrier())


@running
async def test_words_and_files_are_carried() -> None:
    async with BotApi() as api, bot(api.url) as made:
        api.say(7, "hello")
        await made.send_message(7, "Å & <b>")
        await made.send_photo(7, b"png", caption="Owed")
        assert [m.get("text") or m["caption"] for m in api.shown(7)] == ["Å & <b>", "Owed"]


@running
async def test_errors_say_nothing_of_the_address() -> None:
    made = bot("http://127.0.0.1:9")
    with pytest.raises(NetworkError) as closed:
        await made.get_me()
    await Carrier.initialize(made.request)  # type: ignore[arg-type]  # it is the one that was given
    with pytest.raises(NetworkError) as refused:
        await made.get_me()
    await made.request.shutdown()
    assert TOKEN not in f"{closed.value}{refused.value}{refused.value.__cause__}"


@running
async def test_an_answer_that_does_not_come_is_not_waited_for_for_ever() -> None:
    async with BotApi() as api, bot(api.url) as made:
        held = RequestData([RequestParameter.from_input("timeout", 30)])
        with pytest.raises(TimedOut):
            await made.request.do_request(f"{api.url}/bot{TOKEN}/getUpdates", "POST", held, read_timeout=0.05)
