from __future__ import annotations

import asyncio

from handlers.platforms.slack.threads import REMEMBERED, Threads, Whereabouts
from tests.handlers.platforms.slack.double import Box
from tests.handlers.platforms.slack.scene import CHANNEL_PLACE, TALK_PLACE


def test_a_thread_is_known_by_its_customer_and_the_customer_by_the_thread() -> None:
    async def act() -> None:
        drawer = Box()
        await Threads(drawer).begin(CHANNEL_PLACE, "norrsken", "1.1")
        again = Threads(drawer)
        assert await again.root(CHANNEL_PLACE, "norrsken") == "1.1"
        assert await again.customer(CHANNEL_PLACE, "1.1") == "norrsken"
        assert await again.root(TALK_PLACE, "norrsken") == ""
        assert await again.customer(CHANNEL_PLACE, "") == ""

    asyncio.run(act())


def test_who_waits_for_a_line_learns_where_it_came_to_be_shown() -> None:
    async def act() -> None:
        where = Whereabouts()
        waiting = asyncio.create_task(where.of(CHANNEL_PLACE, "1", within=5))
        await asyncio.sleep(0)
        where.note(CHANNEL_PLACE, "1", "C1:1.1")
        where.note(CHANNEL_PLACE, "1", "C1:1.1")
        assert await waiting == "C1:1.1"
        assert await where.of(CHANNEL_PLACE, "1", within=0.01) == "C1:1.1"
        assert await where.of(CHANNEL_PLACE, "2", within=0.01) == ""

    asyncio.run(act())


def test_what_was_shown_long_ago_is_forgotten() -> None:
    async def act() -> None:
        where = Whereabouts()
        for number in range(REMEMBERED + 1):
            where.note(CHANNEL_PLACE, str(number), "C1:1.1")
        assert await where.of(CHANNEL_PLACE, "0", within=0.01) == ""

    asyncio.run(act())
