"""Who people are: asked of Slack once, until they change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.platforms import LIKE, Later, Person, Unreachable
from handlers.platforms.slack.clients import Clients
from handlers.platforms.slack.failures import understood

log = logging.getLogger(__name__)
SECONDS = 1.0
"""How long a request waits to know a name; the acknowledgement is due after three."""


class People:
    """The names and languages of those who have been heard."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._asked: dict[tuple[str, str], asyncio.Task[Person | None]] = {}

    async def person(self, team: str, user: str, name: str = "", within: float = SECONDS) -> Person:
        """Somebody; by the name the request itself gave when Slack does not say in time."""
        key = (team, user)
        if key not in self._asked:
            self._asked[key] = asyncio.get_running_loop().create_task(self._ask(team, user))
        asked = self._asked[key]
        if not asked.done():
            await asyncio.wait({asked}, timeout=within)
        known = asked.result() if asked.done() else None
        if asked.done() and known is None:
            self._asked.pop(key, None)
        return known or Person("slack", user, team, name)

    def forget(self, team: str, user: str) -> None:
        """Ask anew the next time."""
        self._asked.pop((team, user), None)

    def close(self) -> None:
        """Wait for no answer any more."""
        for asked in self._asked.values():
            asked.cancel()

    async def _ask(self, team: str, user: str) -> Person | None:
        try:
            with understood():
                client = await self._clients.of(team)
                answer = await client.users_info(user=user, include_locale=True)
            return _person(team, user, answer["user"])
        except (Later, Unreachable, SlackApiError):
            return None
        except Exception:
            log.exception("Slack: who somebody is could not be read")
            return None


def _person(team: str, user: str, known: Mapping[str, Any]) -> Person:
    language = str(known.get("locale", ""))[:2]
    return Person("slack", user, team, _name(known), LIKE.get(language, language))


def _name(user: Mapping[str, Any]) -> str:
    profile = user.get("profile", {})
    return str(profile.get("display_name") or profile.get("real_name") or user.get("name", ""))
