from __future__ import annotations

import pytest

from tests.handlers.platforms.telegram.board import Board
from tests.handlers.platforms.telegram.stand import of, running, stand, until


@running
async def test_what_came_in_is_confirmed_only_when_it_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    async with stand(Board(fault=OSError("the disk is full"))) as (api, board, _):
        update = api.say(7, "paid 1042")
        await until(lambda: "could not be kept" in caplog.text)
        assert api.confirmed <= update["update_id"]
        board.fault = None
        await until(lambda: board.heard)
        await until(lambda: api.confirmed > update["update_id"])
        assert "paid 1042" not in caplog.text


@running
async def test_what_is_not_kept_when_all_stops_comes_again_at_the_next_start() -> None:
    async with stand(Board(fault=OSError("the disk is full"))) as (api, _, telegram):
        api.say(7, "paid 1042")
        await telegram.quiet()
        await telegram.stop()
        board = Board()
        again = of(api, board)
        await again.start()
        await until(lambda: board.heard)
        await again.quiet()
        await again.stop()


@running
async def test_an_update_that_cannot_be_read_stands_in_nobodys_way() -> None:
    async with stand() as (api, board, _):
        api.queue(message={"message_id": "what?"})
        api.say(7, "today")
        await until(lambda: board.heard)


@running
async def test_trouble_while_asking_is_logged_once_and_overcome(caplog: pytest.LogCaptureFixture) -> None:
    async with stand() as (api, board, _):
        api.fail("getUpdates", 409, "terminated by other getUpdates request")
        api.fail("getUpdates", 502, "Bad Gateway")
        api.say(7, "today")
        await until(lambda: board.heard, patience=10)
    assert sum("nothing comes from Telegram" in r.message for r in caplog.records) == 1


@running
async def test_a_token_that_dies_is_told_to_the_switchboard() -> None:
    async with stand() as (api, board, _):
        api.fail("getUpdates", 401, "Unauthorized")
        api.say(7, "today")
        await until(lambda: board.losses)
        assert [(place.platform, reason) for place, reason in board.losses] == [("telegram", "token")]


@running
async def test_many_presses_are_each_heard_once_and_acknowledged_while_their_work_goes_on() -> None:
    async with stand(Board(slow=1.0)) as (api, board, _):
        api.offer(7, "go")
        presses = [api.press(7, "go") for _ in range(100)]
        await until(lambda: api.answers.keys() >= set(presses))
        assert len({one.delivery for one in board.heard}) == len(board.heard) == 100
