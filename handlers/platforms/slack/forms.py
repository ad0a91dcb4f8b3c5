"""Forms between the button that opens them and the answer: which view, which token, for which place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.chat import Posted
from bot.platforms import Drawer
from handlers.platforms.slack import modal
from handlers.platforms.slack.incoming import Body, Origin
from handlers.platforms.slack.installations import soon
from handlers.platforms.slack.words import Words

KEPT = 90 * 24 * 3600.0


class Forms:
    """What stands behind a form's button: it carries a token alone, so the view is kept when it is shown."""

    def __init__(self, drawer: Drawer) -> None:
        self._drawer = drawer

    async def keep(self, line: Posted, words: Words) -> None:
        """Keep the view of a line that asks something."""
        if line.card.form:
            view = json.dumps(modal.modal(line, words))
            await self._drawer.put(f"form:{line.card.form.token}", view, soon(KEPT))

    async def view(self, token: str) -> dict[str, Any]:
        """The view behind a button; empty when it is too old."""
        kept: dict[str, Any] = json.loads(await self._drawer.get(f"form:{token}") or "{}")
        return kept


def placed(view: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """A view that knows where it was asked for: when it is handed in, Slack names no channel."""
    about = json.loads(view["private_metadata"]) | {"where": where_of(origin)}
    return {**view, "private_metadata": json.dumps(about, ensure_ascii=False)}


def where_of(origin: Origin) -> str:
    """A channel and a thread, in one word."""
    return f"{origin.channel}:{origin.thread}"


def asked_at(body: Body) -> Origin:
    """Where the view was asked for that was handed in, and by whom."""
    channel, _, thread = modal.origin(body["view"]).where.partition(":")
    user, team = body["user"], body.get("team") or {}
    return Origin(
        team=str(team.get("id") or user.get("team_id", "")),
        channel=channel or str(user["id"]),
        user=str(user["id"]),
        name=str(user.get("name") or user.get("username", "")),
        thread=thread,
    )


def question(lines: tuple[Posted, ...]) -> Posted | None:
    """The last line that asks something, unless it also offers rows to choose from: those are to be seen."""
    return next((line for line in reversed(lines) if _asks(line)), None)


def _asks(line: Posted) -> bool:
    return bool(line.card.form and not line.outcome and not any(item.button for item in line.card.items))
