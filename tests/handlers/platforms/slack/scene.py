"""A scene: Slack's adapter between a workspace and a switchboard that can be told what to answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest

from bot.chat import Card
from bot.platforms import Place, Post
from handlers.platforms import slack
from handlers.platforms.slack.app import Slack
from tests.e2e import payloads
from tests.e2e.payloads import Json, Who
from tests.handlers.platforms.slack.double import Double, line
from tests.handlers.platforms.slack.surface import options
from tests.handlers.platforms.slack.workspace import ASA, BOT, CHANNEL, TALK, TEAM, Workspace, workspace

AT_TALK = Who(ASA, "asa", TEAM, TALK, BOT)
IN_CHANNEL = Who(ASA, "asa", TEAM, CHANNEL, BOT, direct=False)
TALK_PLACE = Place("slack", TALK, TEAM)
CHANNEL_PLACE = Place("slack", CHANNEL, TEAM, direct=False)
BUTTON = {"type": "button", "action_id": "press:0", "block_id": "b", "value": "t" * 22}


@dataclass
class Scene:
    """What is on the stage."""

    place: Workspace
    double: Double
    slack: Slack

    async def tell(self, payload: Json, **headers: str) -> Json:
        """Bring something, let what follows happen, and give the acknowledgement."""
        answer = await self.hand(payload, **headers)
        await self.slack.flight.landed(10)
        return answer

    async def hand(self, payload: Json, **headers: str) -> Json:
        """Bring something, and give the acknowledgement with its status."""
        assert self.slack.app
        request = AsyncBoltRequest(
            mode="socket_mode", body=payload, headers={name: [value] for name, value in headers.items()}
        )
        answer = await self.slack.app.async_dispatch(request)
        known: Json = json.loads(answer.body) if answer.body.startswith("{") else {}
        return {"status": answer.status, **known}

    async def say(self, text: str, who: Who = AT_TALK) -> Json:
        """Write to Purr."""
        make = payloads.message if who.direct else payloads.mention
        return await self.tell(make(who, payloads.stamp(), text))

    async def press(self, who: Who = AT_TALK, thread: str = "", action: Json | None = None) -> Json:
        """Press a button on a message."""
        on = {"ts": payloads.stamp(), "text": "", "blocks": []} | ({"thread_ts": thread} if thread else {})
        trigger, url = self.place.trigger(), self.place.response_url
        return await self.tell(payloads.press(who, on, action or BUTTON, trigger, url))

    async def show(self, card: Card, place: Place = TALK_PLACE, **more: Any) -> str:
        """Show a line."""
        ident, outcome = more.pop("ident", "1"), more.pop("outcome", "")
        return await self.slack.show(Post(place, line(card, ident, outcome), "en", **more))


@asynccontextmanager
async def scene(double: Double | None = None, **more: str) -> AsyncIterator[Scene]:
    """The adapter started, and stopped at the end."""
    double = double or Double()
    with workspace() as place:
        opened = slack.open(options(place, **more), double, "https://purr.example")
        assert isinstance(opened, Slack)
        await opened.start()
        try:
            yield Scene(place, double, opened)
        finally:
            await opened.quiet()
            await opened.stop()


def played(act: Callable[[Scene], Awaitable[None]], double: Double | None = None, **more: str) -> None:
    """Play one scene."""

    async def play() -> None:
        async with scene(double, **more) as on:
            await act(on)

    asyncio.run(play())
