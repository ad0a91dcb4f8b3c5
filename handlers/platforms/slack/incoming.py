"""What Slack sends, in Purr's words: where, who, what was said, and the name by which it comes again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.platforms import Attachment, Place

Body = Mapping[str, Any]
SAID = frozenset(("", "file_share", "thread_broadcast", "me_message"))
"""The kinds of messages that are somebody's words; others are edits and notices."""
HOME = "home:"
LINK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was done, and by whom: what it takes to tell them something there.

    `thread` is the message it hangs under; `answer_url` and `trigger` serve for a short while. `away`: it is
    answered in the talk, for Purr is not where it was done; `at_home`: so is a press on the Home tab.
    """

    team: str
    channel: str
    user: str
    name: str = ""
    thread: str = ""
    answer_url: str = ""
    trigger: str = ""
    away: bool = False
    at_home: bool = False

    @property
    def place(self) -> Place:
        """The place it was done in."""
        return Place("slack", self.channel, self.team, direct(self.channel))


def direct(channel: str) -> bool:
    """Whether a channel is a talk with one person alone, or that person's Home."""
    return channel.startswith("D") or is_person(channel) or is_home(channel)


def is_person(channel: str) -> bool:
    """Whether somebody's own id stands for the talk with them, until Slack says how that is called."""
    return channel.startswith(("U", "W"))


def home_of(team: str, user: str) -> Place:
    """Somebody's Home tab: a page, and no talk."""
    return Place("slack", f"{HOME}{user}", team)


def is_home(channel: str) -> bool:
    """Whether a place is somebody's Home tab."""
    return channel.startswith(HOME)


def of_event(body: Body) -> Origin:
    """Where an event came from."""
    event = body["event"]
    thread = str(event.get("thread_ts", ""))
    return Origin(
        str(body.get("team_id", "")), str(event["channel"]), str(event.get("user", "")), thread=thread
    )


def of_deed(body: Body) -> Origin:
    """Where a button was pressed or a shortcut chosen; a press in Home names no channel."""
    user, team = body["user"], body.get("team") or {}
    message, container = body.get("message") or {}, body.get("container") or {}
    return Origin(
        team=str(team.get("id") or user.get("team_id", "")),
        channel=str((body.get("channel") or {}).get("id") or container.get("channel_id", "")),
        user=str(user["id"]),
        name=str(user.get("name") or user.get("username", "")),
        thread=str(message.get("thread_ts") or container.get("thread_ts", "")),
        answer_url=str(body.get("response_url", "")),
        trigger=str(body.get("trigger_id", "")),
        at_home=(body.get("view") or {}).get("type") == "home",
    )


def of_command(body: Body) -> Origin:
    """Where a slash command was written."""
    keys = ("team_id", "channel_id", "user_id", "user_name")
    team, channel, user, name = (str(body.get(key, "")) for key in keys)
    return Origin(
        team,
        channel,
        user,
        name,
        answer_url=str(body.get("response_url", "")),
        trigger=str(body.get("trigger_id", "")),
    )


def delivery(body: Body) -> str:
    """What Slack calls this, each time it sends it; a form handed in twice is two things."""
    if name := body.get("event_id") or body.get("trigger_id"):
        return str(name)
    pressed: Body = next(iter(body.get("actions", ())), {})
    return f"{pressed.get('action_ts', '')}:{body['user']['id']}"


def said_by_a_person(event: Body) -> bool:
    """Whether an event is something a person wrote just now: no bot, no edit, no notice."""
    return bool(event.get("user")) and not event.get("bot_id") and event.get("subtype", "") in SAID


def words_of(text: str, bot: str = "") -> str:
    """What was typed, without Slack's marks around links and names, and without Purr's own name."""
    text = text.replace(f"<@{bot}>", " ") if bot else text
    text = LINK.sub(lambda found: found[2] or _bare(found[1]), text)
    for mark, sign in ENTITIES:
        text = text.replace(mark, sign)
    return text.strip()


def _bare(target: str) -> str:
    return target.removeprefix("mailto:").removeprefix("tel:")


def files_of(event: Body) -> tuple[Attachment, ...]:
    """The files that were dropped; one that Slack hides or has lost has no address."""
    return tuple(
        Attachment(
            str(file.get("name") or file["id"]), str(file["url_private_download"]), int(file.get("size", 0))
        )
        for file in event.get("files", ())
        if file.get("url_private_download")
    )
