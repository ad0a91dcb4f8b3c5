from __future__ import annotations

import asyncio
import logging

import pytest

from handlers.platforms.slack.flight import Flight


def test_what_was_begun_is_waited_for() -> None:
    async def act() -> list[str]:
        flight, done = Flight(), list[str]()

        async def work() -> None:
            await asyncio.sleep(0.05)
            done.append("work")

        flight.start(work())
        await flight.landed(5)
        return done

    assert asyncio.run(act()) == ["work"]


def test_what_takes_too_long_is_let_go() -> None:
    async def act() -> None:
        flight = Flight()
        flight.start(asyncio.sleep(60))
        await flight.landed(0.01)
        await flight.landed(0.01)

    asyncio.run(asyncio.wait_for(act(), 5))


def test_what_breaks_is_told_to_the_log_and_nothing_else_is_hurt(caplog: pytest.LogCaptureFixture) -> None:
    async def act() -> None:
        flight = Flight()

        async def work() -> None:
            raise ValueError

        flight.start(work())
        await flight.landed(5)

    with caplog.at_level(logging.ERROR):
        asyncio.run(act())
    assert len(caplog.records) == 1
