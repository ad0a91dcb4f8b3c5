from __future__ import annotations

import pytest

from bot.chat import Action, Card, Request
from bot.platforms import Person, Place
from handlers.platforms.telegram.hearing import light
from tests.handlers.platforms.telegram.board import Board, post
from tests.handlers.platforms.telegram.stand import running, stand, until

ACTION = {"/help": "help.show", "/today": "today.show", "/idag": "today.show", "/tanaan": "today.show",
          "/settings": "settings.show", "/all": "customer.list", "/start": "help.hello"}  # fmt: skip


async def heard(board: Board, count: int = 1) -> Request:
    await until(lambda: len(board.heard) >= count)
    return board.heard[count - 1].request


@running
async def test_words_are_heard_with_who_said_them_where_and_under_the_number_of_the_update() -> None:
    async with stand() as (api, board, _):
        update = api.say(7, "paid 1042")
        request = await heard(board)
        (one,) = board.heard
        assert request == Request("", text="paid 1042", private=True)
        assert one.place == Place("telegram", "7")
        assert one.person == Person("telegram", "7", name="Åsa Lind", language="en")
        assert one.delivery == f"123456:{update['update_id']}"


@pytest.mark.parametrize(("text", "verb"), ACTION.items())
@running
async def test_a_command_is_an_action_in_whichever_language(text: str, verb: str) -> None:
    async with stand() as (api, board, _):
        api.say(7, text)
        assert (await heard(board)).action == Action(verb)


@running
async def test_a_link_brings_its_code_and_an_unknown_command_is_words() -> None:
    async with stand() as (api, board, _):
        api.say(7, "/start ABCD-EFGH")
        api.say(7, "/paid 1042")
        assert (await heard(board)).action == Action("member.join", value="ABCD-EFGH")
        assert (await heard(board, 2)).text == "paid 1042"


@running
async def test_a_forwarded_message_is_a_customers_reply() -> None:
    origin = {"type": "hidden_user", "date": 0, "sender_user_name": "Nils"}
    async with stand() as (api, board, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(Card("Café Norrsken", subject="norrsken")))
        api.say(7, "Vi betalar på fredag.", forward_origin=origin)
        api.say(7, "Vi betalar på fredag.", forward_origin=origin, reply_to=int(number))
        assert (await heard(board, 2)).action == Action("reply.log", value="Vi betalar på fredag.")
        assert (await heard(board, 3)).action == Action("reply.log", "norrsken", "Vi betalar på fredag.")


@running
async def test_a_file_is_heard_and_fetched_later() -> None:
    async with stand() as (api, board, telegram):
        api.drop(7, "open.csv", b"Customer;Amount")
        await heard(board)
        (file,) = board.heard[0].attachments
        assert (file.name, file.size, board.heard[0].request.text) == ("open.csv", 15, "")
        assert await telegram.fetch(board.heard[0].place, file) == b"Customer;Amount"


@running
async def test_the_largest_size_of_a_photo_is_heard() -> None:
    sizes = [{"file_id": f, "file_unique_id": f, "width": 1, "height": 1, "file_size": n} for f, n in
             (("small", 10), ("large", 900))]  # fmt: skip
    async with stand() as (api, board, _):
        api.queue(message=api.written(7, api.user(7), photo=sizes))
        await heard(board)
        (file,) = board.heard[0].attachments
        assert (file.ref, file.size) == ("large", 900)


@running
async def test_in_a_group_only_what_is_said_to_purr_is_heard() -> None:
    async with stand() as (api, board, telegram):
        api.say(-5, "lunch?", person=7)
        api.say(-5, "/today@other_bot", person=7)
        api.say(-5, "/today@purr_bot", person=7)
        api.say(-5, "@purr_bot paid 1042", person=7)
        await heard(board, 2)
        number = await telegram.show(post(Card("Hej"), chat=-5))
        api.say(-5, "thanks", person=7, reply_to=int(number))
        await heard(board, 3)
        said = [(one.request.action.verb, one.request.text) for one in board.heard]
        assert said == [("today.show", ""), ("", "paid 1042"), ("", "thanks")]
        assert {(one.place, one.person.id) for one in board.heard} == {
            (Place("telegram", "-5", direct=False), "7")
        }


def test_a_press_is_read_without_the_card_it_was_made_on() -> None:
    message = {"message_id": 5, "date": 0, "chat": {"id": 7}, "text": "long", "reply_markup": {}}
    raw = {"update_id": 1, "callback_query": {"id": "1", "message": message}}
    kept = {"message_id": 5, "date": 0, "chat": {"id": 7}}
    assert light(raw) == {"update_id": 1, "callback_query": {"id": "1", "message": kept}}
    assert light({"update_id": 2, "message": message}) == {"update_id": 2, "message": message}
