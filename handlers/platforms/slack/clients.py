"""Slack's Web API: a client a workspace, all over one connection pool."""

from __future__ import annotations

from logging import Logger

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms import Unreachable
from handlers.platforms.slack.installations import Bots, Nowhere

SECONDS = 15


class Clients:
    """Clients made to measure. Without the shared session every call would open a connection of its own."""

    def __init__(self, api: str, log: Logger | None = None) -> None:
        self.api = api
        self.session = ClientSession(
            timeout=ClientTimeout(total=SECONDS)
        )  # a client's own counts for nothing here
        self.bots: Bots = Nowhere()
        self.log = log

    def plain(self, token: str = "", *, patient: bool = True) -> AsyncWebClient:
        """A client for one token; a patient one waits when Slack asks it to, another says so."""
        retries: list[AsyncRetryHandler] = [
            AsyncConnectionErrorRetryHandler(max_retry_count=1),
            AsyncServerErrorRetryHandler(max_retry_count=1),
        ]
        if patient:
            retries.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        return AsyncWebClient(
            token=token or None,
            base_url=self.api,
            session=self.session,
            retry_handlers=retries,
            logger=self.log,
        )

    async def of(self, team: str, *, patient: bool = True) -> AsyncWebClient:
        """The client of a workspace, with a token that is good."""
        return self.plain((await self.bot(team)).bot_token, patient=patient)

    async def bot(self, team: str) -> Bot:
        """The bot of a workspace; raises `Unreachable` where Purr is not installed."""
        bot = await self.bots.of(team)
        if bot is None:
            raise Unreachable("token")
        return bot

    async def close(self) -> None:
        """Close all connections."""
        await self.session.close()
