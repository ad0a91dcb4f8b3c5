from __future__ import annotations

from typing import Any

import pytest

from bot.platforms import Place, Told
from tests.handlers.platforms.telegram.board import Board
from tests.handlers.platforms.telegram.stand import running, stand, until


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


@running
async def test_an_update_that_comes_twice_does_nothing_twice() -> None:
    async with stand() as (api, board, _):
        update = api.say(7, "paid 1042")
        await until(lambda: board.heard)
        api.pending.append(update | {"update_id": update["update_id"]})
        api.say(7, "today")
        await until(lambda: len(board.heard) == 2)
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
