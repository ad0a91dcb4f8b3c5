"""Slack as a platform: connected by Socket Mode for one workspace, or by signed HTTP for many."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import cast

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.platforms import Attachment, Door, Pace, Place, Post, Switchboard
from handlers.platforms.slack import files
from handlers.platforms.slack.clients import Clients
from handlers.platforms.slack.failures import understood
from handlers.platforms.slack.flight import Flight
from handlers.platforms.slack.hearing import Hearing
from handlers.platforms.slack.installations import Authorize, Installations, Many, One, States
from handlers.platforms.slack.showing import Showing

log = logging.getLogger(__name__)
SCOPES = (
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:read",
    "im:history",
    "users:read",
)
"""The least that will do: Purr reads no channel, only what is said to it."""
START_SECONDS = 20.0
LANDING_SECONDS = 10.0
PATIENCE_SECONDS = 1.5
"""How long a call waits while Purr begins: Slack brings a press but once, and gives it three seconds."""
LARGEST = 1024 * 1024
"""No request of Slack's is larger; others are not read, for only what was read can be told to be Slack's."""
Authorizing = Callable[..., Awaitable[AuthorizeResult]]
Deed = Callable[[], Awaitable[None]]


class Slack:
    """Slack, connected by its options. What needs the running loop is made in `start`."""

    name = "slack"
    # A new message a second, in bursts; half of what is shown are changes, which Slack counts apart.
    pace = Pace(chat=1.0, burst=12, group=1.0, overall=20.0)
    door = Door("slack", "Slack", "/purr link {code}")

    def __init__(self, options: Mapping[str, str], switchboard: Switchboard, address: str) -> None:
        self.options = options
        self.switchboard = switchboard
        self.address = address.rstrip("/")
        self.app: AsyncApp | None = None
        self.showing: Showing | None = None
        self._clients: Clients | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self.flight = Flight()
        self._hears = False
        self._has_begun = asyncio.Event()

    def routes(self) -> Sequence[Route]:
        """Where Slack calls, unless it is Purr who calls."""
        if self.options["app_token"]:
            return ()
        events = Route("/slack/events", self._answer, methods=["POST"])
        if not self._asks_for_many():
            return (events,)
        pages = ("/slack/install", "/slack/oauth_redirect")
        return (events, *(Route(page, self._answer, methods=["GET"]) for page in pages))

    async def start(self) -> None:
        """Begin to hear. A bad token is said at once: Socket Mode by itself would ask for ever."""
        bolt = logging.getLogger(f"{__name__}.bolt")
        bolt.setLevel(max(logging.INFO, log.getEffectiveLevel()))  # its debugging tells words and tokens
        self._clients = Clients(self.options["api"], bolt)
        try:
            with understood():
                async with asyncio.timeout(START_SECONDS):
                    await self._begin(self._clients, bolt)
        except BaseException:
            await self.stop()
            raise
        self._hears = True
        self._has_begun.set()

    async def _begin(self, clients: Clients, bolt: logging.Logger) -> None:
        flow = await self._installed(clients)
        self.showing = Showing(clients, self.switchboard)
        self.app = AsyncApp(
            name="purr",
            logger=bolt,
            client=clients.plain(),
            signing_secret=self.options["signing_secret"],
            # typed as if every workspace were known
            authorize=cast("Authorizing", Authorize(clients.bots)),
            oauth_flow=flow,
            process_before_response=True,
        )
        Hearing(self.switchboard, self.showing, self.flight).listen(self.app)
        if self.options["app_token"]:
            await self._connect(self.app)

    async def quiet(self) -> None:
        """Hear no more. The socket stays open for what is yet to be acknowledged; the rest comes again."""
        self._hears = False
        if self._socket:
            self._socket.client.socket_mode_request_listeners.clear()
        await self.flight.landed(LANDING_SECONDS)

    async def stop(self) -> None:
        """Let go of the connection."""
        self._hears = False
        await self.flight.landed(LANDING_SECONDS)
        if self._socket:
            close: Deed = self._socket.close_async
            await close()
        if self.showing:
            self.showing.people.close()
        if self._clients:
            await self._clients.close()

    async def show(self, post: Post) -> str:
        """Show a line, and give what its message is known by."""
        assert self.showing, "shown before it was started"
        return await self.showing.show(post)

    async def fetch(self, place: Place, attachment: Attachment) -> bytes:
        """A file that was dropped."""
        assert self._clients, "fetched before it was started"
        with understood():
            bot = await self._clients.bot(place.team)
            return await files.fetch(self._clients.session, attachment, bot.bot_token, self.options["api"])

    def _asks_for_many(self) -> bool:
        return bool(self.options["client_id"] and not self.options["bot_token"])

    async def _installed(self, clients: Clients) -> AsyncOAuthFlow | None:
        """Find out by which token Purr speaks; for many workspaces, how they get one."""
        if not self._asks_for_many():
            clients.bots = One(await self._own_bot(clients))
            return None
        kept = Installations(self.switchboard)
        ident, secret = self.options["client_id"], self.options["client_secret"]
        rotator = AsyncTokenRotator(client=clients.plain(), client_id=ident, client_secret=secret)
        clients.bots = Many(kept, rotator)
        settings = AsyncOAuthSettings(
            client_id=ident,
            client_secret=secret,
            scopes=SCOPES,
            user_scopes=(),
            redirect_uri=f"{self.address}/slack/oauth_redirect" if self.address else None,
            authorization_url=self.options["authorize"],
            installation_store=kept,
            installation_store_bot_only=True,
            state_store=States(secret),
        )
        return AsyncOAuthFlow(client=clients.plain(), logger=log, settings=settings)

    async def _own_bot(self, clients: Clients) -> Bot:
        token = self.options["bot_token"]
        known = await clients.plain(token).auth_test()
        return Bot(
            bot_token=token,
            bot_id=str(known.get("bot_id", "")),
            bot_user_id=str(known["user_id"]),
            team_id=str(known["team_id"]),
            installed_at=0.0,
        )

    async def _connect(self, app: AsyncApp) -> None:
        """Open the socket, once it is known that its token is good."""
        token = self.options["app_token"]
        opened = await app.client.apps_connections_open(app_token=token)
        self._socket = AsyncSocketModeHandler(app, token)
        self._socket.client.wss_uri = str(opened["url"])
        connect: Deed = self._socket.connect_async
        await connect()

    async def _answer(self, request: Request) -> Response:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._has_begun.wait(), PATIENCE_SECONDS)
        if self.app is None or not self._hears:
            return PlainTextResponse("not now", 503)
        if request.method == "POST" and not _is_small(request.headers.get("content-length", "")):
            return PlainTextResponse("too large", 413)
        return await AsyncSlackRequestHandler(self.app).handle(request)


def _is_small(length: str) -> bool:
    return length.isdecimal() and 0 < int(length) <= LARGEST
