"""What Slack sends, as its documentation shows it, and how it signs that."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

Json = dict[str, Any]
APP = "A1"
_counted = itertools.count(1)


@dataclass(frozen=True)
class Who:
    """A person in a workspace, and the channel they talk in."""

    user: str
    name: str
    team: str
    channel: str
    bot: str
    direct: bool = True


def signed(secret: str, body: str, content_type: str) -> dict[str, str]:
    """The headers Slack signs a body with."""
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    }


def event(who: Who, inner: Json) -> Json:
    """An event in its envelope, with an id of its own."""
    return {
        "token": "verification",
        "team_id": who.team,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{uuid4().hex[:10].upper()}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None, "team_id": who.team, "user_id": who.bot,
                "is_bot": True, "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{uuid4().hex}",
    }  # fmt: skip


def message(who: Who, ts: str, text: str, files: list[Json] | None = None, thread: str = "") -> Json:
    """Words or files of a person in a channel."""
    dropped: Json = {"subtype": "file_share", "files": files, "upload": False, "display_as_bot": False}
    said = {
        "client_msg_id": str(uuid4()),
        "type": "message",
        "text": text,
        "user": who.user,
        "ts": ts,
        "team": who.team,
        "channel": who.channel,
        "event_ts": ts,
        "channel_type": "im" if who.direct else "channel",
    }
    return event(who, said | (dropped if files else {}) | ({"thread_ts": thread} if thread else {}))


def mention(who: Who, ts: str, text: str) -> Json:
    """Words to the app in a channel."""
    said = {"type": "app_mention", "text": f"<@{who.bot}> {text}", "user": who.user, "ts": ts}
    return event(who, said | {"team": who.team, "channel": who.channel, "event_ts": ts})


def home_opened(who: Who) -> Json:
    """The person looks at the app's Home."""
    inner = {"type": "app_home_opened", "user": who.user, "channel": who.channel, "tab": "home"}
    return event(who, inner | {"event_ts": stamp()})


def uninstalled(who: Who) -> Json:
    """The workspace has thrown the app out."""
    return event(who, {"type": "app_uninstalled", "event_ts": stamp()})


def _person(who: Who) -> Json:
    team = {"id": who.team, "domain": "acme"}
    user = {"id": who.user, "username": who.name, "name": who.name, "team_id": who.team}
    common = {"enterprise": None, "is_enterprise_install": False, "token": "verification", "api_app_id": APP}
    return common | {"team": team, "user": user}


def _channel(who: Who) -> Json:
    return {"id": who.channel, "name": "directmessage" if who.direct else "finance"}


def press(who: Who, on: Json, action: Json, trigger: str, response_url: str) -> Json:
    """A button on a message."""
    thread = {"thread_ts": on["thread_ts"]} if on.get("thread_ts") else {}
    container = {"type": "message", "message_ts": on["ts"], "channel_id": who.channel, "is_ephemeral": False}
    return _person(who) | {
        "type": "block_actions",
        "container": container | thread,
        "trigger_id": trigger,
        "channel": _channel(who),
        "message": on,
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [{**action, "action_ts": stamp()}],
    }


def press_in_view(who: Who, view: Json, action: Json, trigger: str) -> Json:
    """A button on the Home or in a modal."""
    return _person(who) | {
        "type": "block_actions",
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": trigger,
        "view": view,
        "actions": [{**action, "action_ts": stamp()}],
    }


def submission(who: Who, view: Json, values: Json, trigger: str) -> Json:
    """A modal handed in."""
    filled = {**view, "state": {"values": values}}
    return _person(who) | {
        "type": "view_submission", "trigger_id": trigger, "view": filled, "response_urls": [],
    }  # fmt: skip


def shortcut(who: Who, callback: str, on: Json, trigger: str, response_url: str) -> Json:
    """A message shortcut: an entry of the menu beside a message."""
    return _person(who) | {
        "type": "message_action",
        "action_ts": stamp(),
        "channel": _channel(who),
        "callback_id": callback,
        "trigger_id": trigger,
        "response_url": response_url,
        "message_ts": on["ts"],
        "message": on,
    }


def command(who: Who, name: str, text: str, trigger: str, response_url: str) -> dict[str, str]:
    """A slash command, as the fields of a form."""
    return {
        "token": "verification",
        "team_id": who.team,
        "team_domain": "acme",
        "channel_id": who.channel,
        "channel_name": "directmessage",
        "user_id": who.user,
        "user_name": who.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def stamp() -> str:
    """A time as Slack writes it, never the same twice."""
    return f"{int(time.time())}.{next(_counted):06d}"
