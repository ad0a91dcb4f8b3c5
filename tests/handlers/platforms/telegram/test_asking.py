from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.chat import Action, Button, Card, Field, Form, Item, Posted
from bot.platforms import Told
from handlers.platforms.telegram.platform import Telegram
from tests.handlers.platforms.telegram.board import AT, Board, InMemory, post
from tests.handlers.platforms.telegram.botapi import BotApi, sent_back
from tests.handlers.platforms.telegram.stand import of, running, stand, until

TOKEN = "a-token-of-22-letters_"
NAME = Field("name", "Name of the business", hint="As on your invoices")
DAY = Field("day", "Day", "date")
WHY = Field("why", "Why", "choice", options=(("quality", "Quality"), ("price", "Price")))
BODY = Field("body", "Letter", "area", "Hej Nils <3")
SECRET = Field("key", "Password", "password", required=False)


def asked(*fields: Field) -> Card:
    return Card("Some questions.", form=Form(Action("x.y"), fields, "Save", TOKEN))


def leads_to(card: Card) -> Board:
    """A switchboard where a press of "go" leads to a form."""
    led = Told((Posted("line", AT, card),))
    return Board(answer=lambda heard: led if heard.request.press == "go" else Told())


def questions(api: BotApi, chat: int = 7) -> list[int]:
    return [m["message_id"] for m in api.shown(chat) if "asks" in m]


async def question(api: BotApi, chat: int = 7) -> int:
    await until(lambda: questions(api, chat))
    return questions(api, chat)[-1]


def press_go(api: BotApi, chat: int = 7) -> None:
    """Press a button of an earlier card."""
    api.offer(chat, "go")
    api.press(chat, "go")


@running
async def test_a_form_with_one_question_asks_it_at_once_and_hands_itself_in() -> None:
    async with stand(leads_to(asked(NAME))) as (api, board, telegram):
        press_go(api)
        await until(lambda: board.heard)
        await telegram.show(post(asked(NAME)))
        number = await question(api)
        asks = api.messages[7, number]
        assert asks["asks"] == {
            "force_reply": True,
            "selective": True,
            "input_field_placeholder": "Name of the business",
        }
        assert "As on your invoices" in asks["text"]
        api.say(7, "Åsas Bageri", reply_to=number)
        await until(lambda: len(board.heard) == 2)
        assert board.heard[1].request.press == TOKEN
        assert board.heard[1].request.values == {"name": "Åsas Bageri"}
        await until(lambda: not questions(api))


@running
async def test_a_question_is_answered_by_the_next_words_too() -> None:
    async with stand(leads_to(asked(NAME))) as (api, board, telegram):
        await telegram_shows_then_go(api, board, telegram, asked(NAME))
        await question(api)
        api.say(7, "Åsas Bageri")
        await until(lambda: len(board.heard) == 2)
        assert board.heard[1].request.values == {"name": "Åsas Bageri"}


async def telegram_shows_then_go(api: BotApi, board: Board, telegram: Telegram, card: Card) -> None:
    press_go(api)
    await until(lambda: board.heard)
    await telegram.show(post(card))


@running
async def test_what_is_required_and_empty_is_asked_one_after_another_then_the_form_waits_for_its_button() -> (
    None
):
    form = asked(NAME, BODY, WHY, DAY)
    async with stand(leads_to(form)) as (api, board, telegram):
        await telegram_shows_then_go(api, board, telegram, form)
        api.say(7, "Åsas Bageri", reply_to=await question(api))
        await until(lambda: f"{TOKEN}.2.1" in sent_back(api.last(7)))
        api.press(7, f"{TOKEN}.2.1")
        api.say(7, "Friday", reply_to=await question(api))
        await until(lambda: "Friday" in api.last(7)["text"])
        shown = api.last(7)
        assert "Name of the business: Åsas Bageri" in shown["text"] and "Why: Price" in shown["text"]
        assert not questions(api)
        assert len(board.heard) == 1
        api.press(7, f"{TOKEN}.s")
        await until(lambda: len(board.heard) == 2)
        assert board.heard[1].request.values == {
            "name": "Åsas Bageri",
            "body": "Hej Nils <3",
            "why": "price",
            "day": "Friday",
        }


@running
async def test_a_long_text_is_shown_to_be_copied_and_only_a_reply_changes_it() -> None:
    form = asked(BODY, DAY)
    async with stand() as (api, board, telegram):
        api.say(7, "hello")
        await telegram.show(post(form))
        api.press(7, f"{TOKEN}.0")
        number = await question(api)
        assert ("pre", "Hej Nils <3") in api.messages[7, number]["marks"]
        api.say(7, "today")
        await until(lambda: len(board.heard) == 2)
        assert board.heard[1].request.text == "today"
        api.say(7, "Hej Nils,\n\nVänligen betala.", reply_to=number)
        await until(lambda: any("Vänligen betala." in m["text"] for m in api.shown(7)))


@running
async def test_a_password_is_taken_out_of_the_chat_and_never_shown() -> None:
    form = asked(NAME, SECRET)
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        await telegram.show(post(form))
        api.press(7, f"{TOKEN}.1")
        said = api.say(7, "hunter2", reply_to=await question(api))
        await until(lambda: api.messages[7, said["message"]["message_id"]].get("gone"))
        await until(lambda: "••••••" in json.dumps(list(api.shown(7)), ensure_ascii=False))
        assert "hunter2" not in json.dumps(list(api.shown(7, everything=True)))


@running
async def test_a_question_survives_a_restart() -> None:
    form, drawer = asked(NAME), InMemory()
    async with stand(Board(drawer, leads_to(form).answer)) as (api, board, telegram):
        await telegram_shows_then_go(api, board, telegram, form)
        number = await question(api)
        await telegram.quiet()
        await telegram.stop()
        api.say(7, "Åsas Bageri", reply_to=number)
        fresh = Board(drawer)
        again = of(api, fresh)
        await again.start()
        await until(lambda: fresh.heard)
        assert fresh.heard[-1].request.values == {"name": "Åsas Bageri"}
        await again.quiet()
        await again.stop()


@running
async def test_cancel_closes_a_question_and_leaves_everything_as_it_was() -> None:
    form = asked(DAY, NAME)
    async with stand(leads_to(form)) as (api, board, telegram):
        await telegram_shows_then_go(api, board, telegram, form)
        await question(api)
        api.say(7, "/cancel")
        await until(lambda: api.last(7)["text"] == "Fine, it stays as it was.")
        assert not questions(api)
        api.say(7, "today")
        await until(lambda: len(board.heard) == 2)
        assert board.heard[1].request.text == "today"


@running
async def test_skip_leaves_an_optional_question_empty() -> None:
    form = asked(Field("cc", "Copy to", "email", "x@y.example", required=False), NAME)
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(form))
        api.press(7, f"{TOKEN}.0")
        asks = api.messages[7, await question(api)]
        assert "/skip leaves it empty." in asks["text"]
        api.say(7, "/skip", reply_to=asks["message_id"])
        await until(lambda: "Copy to: may be left empty" in api.messages[7, int(number)]["text"])


@running
async def test_a_form_that_comes_back_asks_for_what_is_wrong() -> None:
    wrong = asked(replace(DAY, value="31.2.", error="No such day."))
    led = Told((Posted("line", AT, wrong),))
    answered = Board(answer=lambda heard: led if heard.request.press else Told())
    async with stand(answered) as (api, board, telegram):
        api.say(7, "hello")
        await telegram.show(post(asked(DAY)))
        api.press(7, f"{TOKEN}.s")
        api.say(7, "31.2.", reply_to=await question(api))
        await until(lambda: len(board.heard) == 2)
        await telegram.show(post(wrong))
        await until(lambda: any("! No such day." in api.messages[7, q]["text"] for q in questions(api)))
        asks = api.messages[7, await question(api)]
        assert "! No such day." in asks["text"] and ("pre", "31.2.") in asks["marks"]


@running
async def test_where_rows_can_be_tapped_no_question_stands_in_the_way() -> None:
    rows = (Item("Nils", button=Button("This one", Action("x"), token="row")),)
    card = replace(asked(NAME), items=rows)
    async with stand(leads_to(card)) as (api, board, telegram):
        await telegram_shows_then_go(api, board, telegram, card)
        await telegram.settled()
        assert sent_back(api.last(7)) == ["row", f"{TOKEN}.s"] and not questions(api)


@pytest.mark.parametrize("part", ["0", "s", "1.0"])
@running
async def test_a_button_of_a_form_that_is_over_says_so_and_hands_nothing_in(part: str) -> None:
    async with stand() as (api, board, _):
        api.offer(7, f"{TOKEN}.{part}")
        query = api.press(7, f"{TOKEN}.{part}")
        await until(lambda: query in api.answers)
        assert "no longer open" in api.answers[query]["text"]
        assert board.heard == []
