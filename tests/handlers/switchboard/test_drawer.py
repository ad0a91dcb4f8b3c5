from __future__ import annotations

import asyncio
from datetime import timedelta

from handlers.switchboard.drawer import SealedDrawer
from tests.handlers.stage import House


def drawer(house: House, platform: str = "pocket") -> SealedDrawer:
    return SealedDrawer(house.app.database, platform, house.clock)


def test_what_a_platform_keeps_is_there_in_the_next_drawer(house: House) -> None:
    async def kept() -> list[str]:
        await drawer(house).put("token", "xoxb")
        return [await drawer(house).get("token"), await drawer(house, "other").get("token")]

    assert asyncio.run(kept()) == ["xoxb", ""]


def test_it_is_there_until_its_time_is_over(house: House) -> None:
    async def kept() -> list[str]:
        await drawer(house).put("question", "amount", house.clock() + timedelta(minutes=5))
        before = await drawer(house).get("question")
        house.clock.at += timedelta(minutes=5)
        return [before, await drawer(house).get("question")]

    assert asyncio.run(kept()) == ["amount", ""]


def test_of_several_who_take_it_at_once_one_gets_it(house: House) -> None:
    async def taken() -> list[str]:
        await drawer(house).put("question", "amount")
        return await asyncio.gather(*(drawer(house).take("question") for _ in range(5)))

    assert sorted(asyncio.run(taken())) == ["", "", "", "", "amount"]
