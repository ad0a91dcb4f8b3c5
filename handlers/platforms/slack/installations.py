"""Where Purr is installed, and with which tokens: kept sealed in the drawer, renewed before they run out."""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
import time
from datetime import UTC, datetime
from logging import Logger, getLogger
from typing import Any, Protocol
from weakref import WeakValueDictionary

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from bot.platforms import Place, Switchboard

log = getLogger(__name__)
EARLY_MINUTES = 120
"""How long before its end a token is renewed."""


def soon(seconds: float) -> datetime:
    """The moment so many seconds from now."""
    return datetime.fromtimestamp(time.time() + seconds, UTC)


class Installations(AsyncInstallationStore):
    """The bot of each workspace. Purr asks for no user's token, so that is all there is to keep."""

    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard
        self._drawer = switchboard.drawer
        self._known: dict[str, Bot] = {}

    @property
    def logger(self) -> Logger:
        """Where Slack's own code writes."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Keep a fresh installation in the place of an earlier one, and go on with the chats that it lost.

        An organisation as a whole has none.
        """
        if installation.is_enterprise_install or not installation.team_id:
            raise BoltError("Purr is installed in one workspace at a time, not in an organisation")
        await self.async_save_bot(installation.to_bot())
        await self._switchboard.mended(Place("slack", "", installation.team_id))

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot and its tokens."""
        await self._drawer.put(_key(bot.team_id), json.dumps(bot.__dict__))
        self._known[bot.team_id or ""] = bot

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace."""
        return self._known.get(team_id or "") or await self.read(team_id or "")

    async def read(self, team: str) -> Bot | None:
        """The bot of a workspace as it is kept."""
        kept = await self._drawer.get(_key(team))
        if not kept:
            return None
        self._known[team] = Bot(**json.loads(kept))
        return self._known[team]

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace."""
        await self._drawer.put(_key(team_id), "")
        self._known.pop(team_id or "", None)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget a workspace; a single user has nothing here."""
        if user_id is None:
            await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)


class States(AsyncOAuthStateStore):
    """What ties the end of an installation to its beginning: each is good once, for ten minutes.

    Anybody may begin one, so nothing is kept of that: a state is signed, and remembered once it was used.
    """

    def __init__(self, secret: str, seconds: float = 600) -> None:
        self._secret = secret.encode()
        self._seconds = seconds
        self._used: dict[str, float] = {}

    @property
    def logger(self) -> Logger:
        """Where Slack's own code writes."""
        return log

    async def async_issue(self, *_args: Any, **_more: Any) -> str:
        """A new one."""
        begun = f"{secrets.token_urlsafe(24)}.{int(time.time() + self._seconds)}"
        return f"{begun}.{self._signature(begun)}"

    async def async_consume(self, state: str) -> bool:
        """Whether it is one of ours, still good and not used before."""
        begun, _, signature = (state or "").rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(begun).encode()):
            return False
        now, end = time.time(), float(begun.rpartition(".")[2])
        self._used = {known: until for known, until in self._used.items() if until > now}
        if end <= now or begun in self._used:
            return False
        self._used[begun] = end
        return True

    def _signature(self, begun: str) -> str:
        return hmac.new(self._secret, f"state:{begun}".encode(), "sha256").hexdigest()


class Bots(Protocol):
    """Where the bot of a workspace is found, its token good for a while."""

    async def of(self, team: str) -> Bot | None:
        """The bot of a workspace; None where Purr is not installed."""
        ...

    async def forget(self, team: str) -> None:
        """Purr was removed from a workspace."""
        ...


class Nowhere:
    """Before anything is known."""

    async def of(self, _team: str) -> Bot | None:
        """None."""
        return None

    async def forget(self, _team: str) -> None:
        """There is nothing to forget."""


class One:
    """The single bot of the single workspace whose token is in the settings."""

    def __init__(self, bot: Bot) -> None:
        self._bot: Bot | None = bot

    async def of(self, _team: str) -> Bot | None:
        """Always the same one."""
        return self._bot

    async def forget(self, _team: str) -> None:
        """Its token is of no use any more."""
        self._bot = None


class Many:
    """The bots of all workspaces. A refresh token is good once, so one at a time renews."""

    def __init__(self, kept: Installations, rotator: AsyncTokenRotator) -> None:
        self._kept = kept
        self._rotator = rotator
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of(self, team: str) -> Bot | None:
        """The bot of a workspace, renewed when it is time."""
        bot = await self._kept.async_find_bot(enterprise_id=None, team_id=team)
        if bot is None or _minutes_left(bot) > EARLY_MINUTES:
            return bot
        async with self._locks.setdefault(team, asyncio.Lock()):
            return await self._renewed(team)

    async def forget(self, team: str) -> None:
        """Delete what is kept of a workspace."""
        await self._kept.async_delete_all(enterprise_id=None, team_id=team)

    async def _renewed(self, team: str) -> Bot | None:
        bot = await self._kept.read(team)
        if bot is None:
            return None
        try:
            fresh = await self._rotator.perform_bot_token_rotation(
                bot=bot, minutes_before_expiration=EARLY_MINUTES
            )
        except SlackTokenRotationError:
            if _minutes_left(bot) <= 0:
                raise
            log.warning("Slack: a token could not be renewed yet; the old one still serves")
            return bot
        if fresh is not None:
            await self._kept.async_save_bot(fresh)
        return fresh or bot


class Authorize(AsyncAuthorize):
    """For Bolt: by which bot a request is answered, without asking Slack each time."""

    def __init__(self, bots: Bots) -> None:
        self._bots = bots

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None, **_more: Any
    ) -> AuthorizeResult | None:
        """The bot of the workspace a request came from."""
        bot = await self._bots.of(team_id or "")
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_token=bot.bot_token,
        )


def _key(team: str | None) -> str:
    return f"installation:{team or ''}"


def _minutes_left(bot: Bot) -> float:
    if bot.bot_token_expires_at is None:
        return float("inf")
    return (bot.bot_token_expires_at - time.time()) / 60
