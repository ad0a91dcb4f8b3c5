"""Rooms: where Purr can answer. A command works everywhere in Slack, also where Purr itself is not."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.platforms import Drawer
from handlers.platforms.slack.clients import Clients
from handlers.platforms.slack.failures import code
from handlers.platforms.slack.incoming import Origin

SECONDS = 1.0
"""How long a request waits to know; the acknowledgement is due after three."""
ABSENT = frozenset(("channel_not_found", "not_in_channel", "missing_scope"))


class Rooms:
    """Each person's talk with Purr, and the channels that Purr is in."""

    def __init__(self, clients: Clients, drawer: Drawer) -> None:
        self._clients = clients
        self._drawer = drawer
        self._joined: set[tuple[str, str]] = set()
        self._talks: dict[tuple[str, str], str] = {}

    async def remember(self, origin: Origin) -> None:
        """Keep where somebody's talk with Purr is."""
        key = (origin.team, origin.user)
        if self._talks.get(key) != origin.channel:
            await self._drawer.put(f"talk:{origin.team}:{origin.user}", origin.channel)
            self._talks[key] = origin.channel

    def left(self, team: str, channel: str) -> None:
        """Purr is not in a channel any more."""
        self._joined.discard((team, channel))

    async def answering(self, origin: Origin) -> Origin:
        """Where to answer: there, if Purr is there; else in the talk with that person."""
        if origin.channel and await self._is_in(origin):
            return origin
        return replace(await self.talking(origin), away=bool(origin.channel))

    async def talking(self, origin: Origin) -> Origin:
        """In the talk with that person; as long as it is not known which that is, their own id will do."""
        return replace(origin, channel=await self._talk(origin) or origin.user, thread="")

    async def _is_in(self, origin: Origin) -> bool:
        if origin.channel.startswith("D"):
            talk = await self._talk(origin)
            return not talk or talk == origin.channel
        room = (origin.team, origin.channel)
        if room not in self._joined and await self._asked(origin):
            self._joined.add(room)
        return room in self._joined

    async def _talk(self, origin: Origin) -> str:
        key = (origin.team, origin.user)
        if key not in self._talks:
            kept = await self._drawer.get(f"talk:{origin.team}:{origin.user}")
            if not kept:
                return ""
            self._talks[key] = kept
        return self._talks[key]

    async def _asked(self, origin: Origin) -> bool:
        """Ask Slack; when it does not say, the showing will find out."""
        client = await self._clients.of(origin.team, patient=False)
        try:
            async with asyncio.timeout(SECONDS):
                answer = await client.conversations_info(channel=origin.channel)
        except SlackApiError as error:
            return code(error) not in ABSENT
        except (ClientError, OSError):
            return True
        return bool(answer["channel"].get("is_member", True))
