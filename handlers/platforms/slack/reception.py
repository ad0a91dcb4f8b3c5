"""Reception: the one door for all that Slack brings; kept, then acknowledged, then seen through."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.chat import Request
from bot.platforms import Attachment, Heard, Switchboard, Told
from handlers.platforms.slack import incoming
from handlers.platforms.slack.answering import Answering
from handlers.platforms.slack.flight import Flight
from handlers.platforms.slack.incoming import Body, Origin

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request of Slack, how it is acknowledged, and by which name Purr goes there."""

    body: Body
    ack: AsyncAck
    bot: str


Listener = Callable[[Arrival], Awaitable[None]]
Bolted = Callable[..., Awaitable[BoltResponse | None]]


class Reception:
    """Lets arrivals in: what is under way is counted, and nothing escapes."""

    def __init__(self, switchboard: Switchboard, answering: Answering, flight: Flight) -> None:
        self.switchboard = switchboard
        self.answering = answering
        self.flight = flight

    def door(self, listener: Listener) -> Bolted:
        """A listener as Bolt calls it.

        What could not be kept is not acknowledged, so that Slack brings an event again; a person is told.
        """

        async def listen(
            ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext
        ) -> BoltResponse | None:
            with self.flight.aboard():
                try:
                    await listener(Arrival(body, ack, context.bot_user_id or ""))
                except Exception:
                    log.exception("Slack: %s was not heard", body.get("type") or body.get("command"))
                    return await self._unheard(ack, body)
            return None

        return listen

    async def keep(
        self, arrival: Arrival, origin: Origin, request: Request, files: tuple[Attachment, ...] = ()
    ) -> asyncio.Future[Told] | None:
        """Keep what somebody did; what comes of it, or None when it was heard before."""
        person = await self.answering.showing.people.person(origin.team, origin.user, origin.name)
        heard = Heard(incoming.delivery(arrival.body), origin.place, person, request, files)
        told = await self.switchboard.hear(heard)
        return asyncio.ensure_future(told) if told is not None else None

    async def take(
        self, arrival: Arrival, origin: Origin, request: Request, files: tuple[Attachment, ...] = ()
    ) -> None:
        """Keep it, acknowledge it, see it through."""
        told = await self.keep(arrival, origin, request, files)
        await arrival.ack()
        if told is not None:
            self.flight.start(self.answering.follow(told, origin))

    async def _unheard(self, ack: AsyncAck, body: Body) -> BoltResponse | None:
        if ack.response is not None:
            return None
        if body.get("type") == "event_callback":
            return BoltResponse(status=500)
        await ack()
        origin = incoming.of_command(body) if "command" in body else incoming.of_deed(body)
        self.flight.start(self.answering.say(origin, "trouble"))
        return None
