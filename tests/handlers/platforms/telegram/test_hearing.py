from __future__ import annotations

from typing import Any

import pytest

from bot.chat import Action, Button, Card, Request
from bot.platforms import Person, Place, Told
from tests.handlers.platforms.telegram.board import Board, post
from tests.handlers.platforms.telegram.botapi import BotApi
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
        assert one.delivery == str(update["update_id"])


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
async def test_a_file_that_telegram_does_not_give_is_told_with_a_way_on() -> None:
    async with stand() as (api, board, _):
        api.drop(7, "all.pdf", b"", size=30_000_000)
        await until(lambda: list(api.shown(7)))
        assert "20 MB" in api.last(7)["text"] and "all.pdf" in api.last(7)["text"]
        assert board.heard == []


@running
async def test_what_cannot_be_read_is_told_and_what_happens_in_a_chat_is_passed_over() -> None:
    async with stand() as (api, board, _):
        api.queue(message=api.written(7, api.user(7), pinned_message=None, delete_chat_photo=True))
        voice = {"file_id": "v", "file_unique_id": "v", "duration": 3}
        api.queue(message=api.written(7, api.user(7), voice=voice))
        await until(lambda: list(api.shown(7)))
        assert "I can't read that" in api.last(7)["text"]
        assert board.heard == []


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


@running
async def test_what_is_changed_afterwards_and_what_bots_say_is_not_heard() -> None:
    async with stand() as (api, board, _):
        message = api.say(7, "paid 1042")["message"]
        api.queue(edited_message=message | {"text": "paid 1043", "edit_date": 1})
        api.queue(message=api.written(7, {"id": 9, "is_bot": True, "first_name": "Bot"}, text="hello"))
        await until(lambda: api.confirmed > api.latest)
        assert [one.request.text for one in board.heard] == ["paid 1042"]


def member(chat: int, status: str) -> dict[str, Any]:
    kind = "private" if chat > 0 else "group"
    me = {"id": 123456, "is_bot": True, "first_name": "Purr"}
    rest = {"until_date": 0} if status == "kicked" else {}
    return {
        "chat": {"id": chat, "type": kind},
        "from": {"id": 7, "is_bot": False, "first_name": "Åsa"},
        "date": 0,
        "old_chat_member": {"user": me, "status": "member"},
        "new_chat_member": {"user": me, "status": status, **rest},
    }


@running
async def test_being_blocked_or_thrown_out_is_told_to_the_switchboard() -> None:
    async with stand() as (api, board, _):
        api.queue(my_chat_member=member(7, "kicked"))
        api.queue(my_chat_member=member(-5, "left"))
        api.queue(my_chat_member=member(8, "member"))
        await until(lambda: len(board.losses) == 2)
        assert board.losses == [
            (Place("telegram", "7"), "blocked"),
            (Place("telegram", "-5", direct=False), "gone"),
        ]


@running
async def test_a_group_that_moves_is_followed() -> None:
    async with stand() as (api, board, _):
        api.queue(message=api.written(-5, api.user(-5, 7), migrate_to_chat_id=-1005))
        await until(lambda: board.moves)
        assert board.moves == [(Place("telegram", "-5", direct=False), "-1005")]


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
        await heard(board)


@running
async def test_an_update_that_comes_twice_does_nothing_twice() -> None:
    async with stand() as (api, board, _):
        update = api.say(7, "paid 1042")
        await heard(board)
        api.pending.append(update | {"update_id": update["update_id"]})
        api.say(7, "today")
        await heard(board, 2)
        assert [one.request.text for one in board.heard] == ["paid 1042", "today"]


@running
async def test_a_fault_of_ours_is_told_honestly(caplog: pytest.LogCaptureFixture) -> None:
    def broken(heard: object) -> Told:
        raise RuntimeError("broken")

    async with stand(Board(answer=broken)) as (api, _, _t):
        api.say(7, "my secret customer")
        await until(lambda: list(api.shown(7)))
        assert "went wrong on my side" in api.last(7)["text"]
        assert "my secret customer" not in caplog.text
