from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat import Card
from handlers.platforms.telegram.platform import Telegram
from tests.handlers.platforms.telegram.board import Board, post
from tests.handlers.platforms.telegram.botapi import BotApi, sent_back
from tests.handlers.platforms.telegram.stand import running, stand, until
from tests.handlers.platforms.telegram.test_asking import (
    BODY,
    DAY,
    NAME,
    SECRET,
    TOKEN,
    WHY,
    asked,
    leads_to,
    question,
    questions,
)

GROUP, ASA, OTHER = -5, 7, 666


async def asks_for(api: BotApi, board: Board, telegram: Telegram, card: Card, person: int = ASA) -> None:
    """Somebody in the group presses what leads to a form."""
    api.offer(GROUP, "go")
    query = api.press(GROUP, "go", person)
    await until(lambda: query in api.answers)
    await telegram.show(post(card, chat=GROUP))
    await telegram.settled()


async def told(api: BotApi, data: str, person: int) -> str:
    """What stands over the chat for the one who presses."""
    query = api.press(GROUP, data, person)
    await until(lambda: query in api.answers)
    return str(api.answers[query].get("text", ""))


def form(api: BotApi) -> str:
    """The form as the group sees it."""
    shown = (m for m in api.shown(GROUP, newest=True) if f"{TOKEN}.s" in sent_back(m))
    return str(next(shown)["text"])


@running
async def test_in_a_group_the_one_who_asked_for_a_form_is_asked_by_name() -> None:
    async with stand(leads_to(asked(NAME))) as (api, board, telegram):
        await asks_for(api, board, telegram, asked(NAME))
        asks = api.messages[GROUP, await question(api, GROUP)]
        assert asks["text"].startswith("Åsa Lind: Name of the business")
        assert asks["marks"][0] == ("a", "Åsa Lind")
        api.say(GROUP, "Åsas Bageri", ASA, reply_to=asks["message_id"])
        await until(lambda: len(board.heard) == 2)
        assert board.heard[1].request.values == {"name": "Åsas Bageri"}


@running
async def test_what_others_reply_to_a_question_is_refused_in_private_and_changes_nothing() -> None:
    card = asked(NAME, DAY)
    async with stand(leads_to(card)) as (api, board, telegram):
        await asks_for(api, board, telegram, card)
        number, before = await question(api, GROUP), dict(board.drawer.kept)  # type: ignore[attr-defined]  # in memory
        api.say(OTHER, "hello")
        api.say(GROUP, "EVIL CORP", OTHER, reply_to=number)
        api.say(GROUP, "/cancel", OTHER, reply_to=number)
        await until(lambda: any("one who asked" in m["text"] for m in api.shown(OTHER)))
        await until(lambda: api.confirmed > api.latest)
        assert questions(api, GROUP) == [number] and "EVIL CORP" not in form(api)
        assert board.drawer.kept == before  # type: ignore[attr-defined]  # in memory
        assert [one.person.id for one in board.heard] == [str(ASA), str(OTHER)]
        api.say(GROUP, "Åsas Bageri", ASA, reply_to=number)
        await until(lambda: "Name of the business: Åsas Bageri" in form(api))


@pytest.mark.parametrize("part", ["0", "1", "1.1", "b", "s"])
@running
async def test_the_buttons_of_a_form_are_for_the_one_who_asked_for_it(part: str) -> None:
    card = asked(replace(NAME, value="Åsas Bageri"), WHY)
    async with stand(leads_to(card)) as (api, board, telegram):
        await asks_for(api, board, telegram, card)
        api.offer(GROUP, f"{TOKEN}.{part}")
        before = form(api)
        assert "one who asked" in await told(api, f"{TOKEN}.{part}", OTHER)
        assert not questions(api, GROUP) and form(api) == before and len(board.heard) == 1


@running
async def test_a_form_that_nobody_in_a_group_asked_for_is_filled_in_by_nobody_there() -> None:
    async with stand() as (api, board, telegram):
        api.say(GROUP, "/today", ASA)
        await until(lambda: board.heard)
        await telegram.show(post(asked(NAME), chat=GROUP))
        assert "Ask me yourself" in await told(api, f"{TOKEN}.s", OTHER)
        assert len(board.heard) == 1 and not questions(api, GROUP)


@running
async def test_a_form_stays_with_its_person_when_it_is_drawn_anew() -> None:
    card = asked(replace(NAME, value="Åsas Bageri"), BODY)
    async with stand(leads_to(card)) as (api, board, telegram):
        await asks_for(api, board, telegram, card)
        shown = next(m for m in api.shown(GROUP, newest=True) if f"{TOKEN}.s" in sent_back(m))
        await telegram.show(post(replace(card, text="Once more."), GROUP, str(shown["message_id"])))
        assert "one who asked" in await told(api, f"{TOKEN}.s", OTHER)
        assert await told(api, f"{TOKEN}.s", ASA) == ""
        assert [one.person.id for one in board.heard] == [str(ASA), str(ASA)]


@running
async def test_a_password_is_never_asked_for_in_a_group() -> None:
    card = asked(replace(NAME, value="Åsas Bageri"), SECRET)
    async with stand(leads_to(card)) as (api, board, telegram):
        await asks_for(api, board, telegram, card)
        assert "our own chat" in await told(api, f"{TOKEN}.1", ASA)
        assert not questions(api, GROUP)


@running
async def test_a_password_that_has_to_be_given_is_not_asked_for_in_a_group_either() -> None:
    card = asked(NAME, replace(SECRET, required=True))
    async with stand(leads_to(card)) as (api, board, telegram):
        await asks_for(api, board, telegram, card)
        api.say(GROUP, "Åsas Bageri", ASA, reply_to=await question(api, GROUP))
        await until(lambda: "Name of the business: Åsas Bageri" in form(api))
        await telegram.settled()
        assert not questions(api, GROUP)
        assert "our own chat" in await told(api, f"{TOKEN}.s", ASA)
        assert len(board.heard) == 1
