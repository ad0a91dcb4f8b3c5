"""What comes again, or cannot be kept at first: nothing is lost, and no answer becomes a command."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.platforms.telegram.platform import Telegram
from handlers.platforms.telegram.wire import Chat
from tests.handlers.platforms.telegram.board import Board, post
from tests.handlers.platforms.telegram.botapi import BotApi, Json
from tests.handlers.platforms.telegram.stand import running, stand, until
from tests.handlers.platforms.telegram.test_asking import (
    BODY,
    DAY,
    NAME,
    TOKEN,
    asked,
    leads_to,
    question,
    questions,
    telegram_shows_then_go,
)

INVOICE = replace(DAY, kind="text", label="Invoice", name="invoice")


async def comes_again(api: BotApi, telegram: Telegram, update: Json) -> None:
    """Telegram brings an update once more."""
    await until(lambda: api.confirmed > api.latest)
    await telegram._take(update)
    await telegram.settled()


@running
async def test_a_form_that_could_not_be_kept_is_handed_in_with_its_answers_when_it_comes_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with stand() as (api, board, telegram):
        api.say(7, "hello")
        await telegram.show(post(asked(replace(NAME, value="Old name"), BODY)))
        api.press(7, f"{TOKEN}.0")
        api.say(7, "New name", reply_to=await question(api))
        await until(lambda: "New name" in api.last(7)["text"])
        board.fault = OSError("the database is busy")
        api.press(7, f"{TOKEN}.s")
        await until(lambda: "could not be kept" in caplog.text)
        board.fault = None
        await until(lambda: len(board.heard) == 2)
        assert board.heard[1].request.values == {"name": "New name", "body": "Hej Nils <3"}


@running
async def test_an_only_answer_that_could_not_be_kept_is_an_answer_when_it_comes_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with stand(leads_to(asked(NAME))) as (api, board, telegram):
        await telegram_shows_then_go(api, board, telegram, asked(NAME))
        await question(api)
        board.fault = OSError("the database is busy")
        api.say(7, "INV-7 paid")
        await until(lambda: "could not be kept" in caplog.text)
        board.fault = None
        await until(lambda: len(board.heard) == 2)
        assert board.heard[1].request.values == {"name": "INV-7 paid"}


@pytest.mark.parametrize("replied", [True, False])
@running
async def test_an_answer_that_comes_again_is_not_heard_as_words_nor_answers_the_next_question(
    replied: bool,
) -> None:
    card = asked(NAME, INVOICE)
    async with stand(leads_to(card)) as (api, board, telegram):
        await telegram_shows_then_go(api, board, telegram, card)
        number = await question(api)
        update = api.say(7, "INV-7 paid", reply_to=number if replied else None)
        await until(lambda: questions(api) and questions(api)[-1] != number)
        await comes_again(api, telegram, update)
        assert len(board.heard) == 1
        api.say(7, "INV-8", reply_to=questions(api)[-1])
        await until(lambda: any("Invoice: INV-8" in m["text"] for m in api.shown(7)))
        await comes_again(api, telegram, update)
        assert len(board.heard) == 1
        api.press(7, f"{TOKEN}.s")
        await until(lambda: len(board.heard) == 2)
        assert board.heard[1].request.values == {"name": "INV-7 paid", "invoice": "INV-8"}


@running
async def test_an_only_answer_that_comes_again_says_and_does_nothing_more() -> None:
    async with stand(leads_to(asked(NAME))) as (api, board, telegram):
        await telegram_shows_then_go(api, board, telegram, asked(NAME))
        update = api.say(7, "Åsas Bageri", reply_to=await question(api))
        await until(lambda: len(board.heard) == 2)
        await telegram.settled()
        before = len(api.messages)
        await comes_again(api, telegram, update)
        assert len(board.heard) == 2 and len(api.messages) == before


@running
async def test_an_answer_to_a_form_that_is_over_is_told_so_and_not_heard_as_words() -> None:
    async with stand(Board()) as (api, board, telegram):
        api.say(7, "hello")
        await telegram.show(post(asked(NAME, BODY)))
        api.press(7, f"{TOKEN}.0")
        number = await question(api)
        await board.drawer.put(f"form 7 {TOKEN}", "")
        api.say(7, "INV-7 paid", reply_to=number)
        await until(lambda: "no longer open" in api.last(7)["text"])
        assert len(board.heard) == 1


@running
async def test_a_form_that_is_back_before_it_is_put_away_stays_and_asks_for_what_is_wrong() -> None:
    wrong = asked(replace(DAY, value="31.2.", error="No such day."), NAME)
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(asked(DAY, NAME)))
        asking, here = telegram._asking, Chat(7)
        form = await asking.form(here, TOKEN)
        assert form
        sent = replace(form.answered(0, "31.2.").answered(1, "Åsas Bageri"), handed=True)
        await asking.keep(here, sent)
        await telegram.show(post(wrong, message=number))
        await asking.forget(here, sent)
        back = await asking.form(here, TOKEN)
        assert back and back.wanting() == 0 and not back.answers
