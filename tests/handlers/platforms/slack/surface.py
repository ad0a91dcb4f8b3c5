"""Slack as a surface for dialogs: typed, pressed and read through the real adapter."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest

from bot.platforms import Pace, Platform, Switchboard
from handlers.platforms import slack
from handlers.platforms.slack.app import Slack
from tests.e2e import payloads
from tests.e2e.blocks import knobs, words
from tests.e2e.payloads import Json, Who
from tests.handlers.platforms.slack.workspace import ASA, BOT, SECRET, TALK, TEAM, TOKEN, Workspace, workspace
from tests.handlers.platforms.wire import Wire, invite, wired
from tests.handlers.stage import House, plain

LANDED = 20.0
AT_ONCE = Pace(1000, 1000, 1000, 1000)


class OnSlack:
    """The conversation as Åsa has it in Slack. `view` is the window that is open."""

    def __init__(self, wire: Wire, place: Workspace) -> None:
        assert isinstance(wire.platform, Slack)
        self.wire = wire
        self.place = place
        self.who = Who(ASA, "asa", TEAM, TALK, BOT)
        self.view: Json | None = None
        self._read: dict[str, str] = {}
        self._opened = 0

    def tell(self, payload: Json) -> Json:
        """Bring Purr something, wait until everything is shown, and give the acknowledgement."""
        platform = self.wire.platform
        assert isinstance(platform, Slack) and platform.app
        answer = self.wire.run(
            platform.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))
        )
        assert answer.status == 200, answer.body
        self.wire.settle()
        self.wire.run(platform.flight.landed(LANDED))
        self._look_for_views()
        acknowledged: Json = json.loads(answer.body) if answer.body.startswith("{") else {}
        return acknowledged

    def say(self, text: str) -> None:
        """Write to Purr."""
        escaped = html.escape(text, quote=False)
        self.tell(payloads.message(self.who, payloads.stamp(), escaped))

    def drop(self, name: str, content: bytes) -> None:
        """Drop a file."""
        self.tell(payloads.message(self.who, payloads.stamp(), "", [self.place.drop(name, content)]))

    def command(self, text: str) -> None:
        """Use the slash command."""
        self.tell(
            dict(payloads.command(self.who, "/purr", text, self.place.trigger(), self.place.response_url))
        )

    def press(self, label: str, values: dict[str, str]) -> None:
        """Press a button; or fill in the window that has it, opened first if need be."""
        if self.view and _submit(self.view) == label:
            self.hand_in(values)
            return
        for message in reversed(self.place.said()):
            for knob in knobs(message["blocks"], message):
                if knob.label == label:
                    self.press_on(message, knob.handle[1])
                    return
                if knob.handle[1]["action_id"].startswith("form:"):
                    self.press_on(message, knob.handle[1])
                    if self.view and _submit(self.view) == label:
                        self.hand_in(values)
                        return
        raise AssertionError(f"there is no button {label!r} to press")

    def press_on(self, message: Json, action: Json) -> None:
        """Press one thing on a message."""
        self.view = None
        trigger, url = self.place.trigger(), self.place.response_url
        self.tell(payloads.press(self.who, message, action, trigger, url))

    def hand_in(self, values: dict[str, str]) -> None:
        """Fill in the open window and hand it in; what it minds stands under the questions."""
        assert self.view
        view = self.view
        answer = self.tell(payloads.submission(self.who, view, filled(view, values), self.place.trigger()))
        self.view = None
        if answer.get("response_action") == "errors":
            self.view = view
            self._read.pop("errors", None)
            self.place.whispers.append({"text": "\n".join(answer["errors"].values()), "ts": payloads.stamp()})
        elif answer.get("response_action") == "update":
            self.view = self.place.views[view["id"]] = {**answer["view"], "id": view["id"]}

    def seen(self) -> str:
        """What is new or says something else: messages, windows, and what only Åsa sees."""
        self.wire.settle()
        shown = {f"message {m['ts']}": told(m) for m in self.place.said() if not over(m)}
        shown |= {f"whisper {n}": told(m) for n, m in enumerate(self.place.whispers)}
        shown |= {f"response {n}": told(m) for n, m in enumerate(self.place.responses)}
        shown |= {f"view {v['id']}": told(v) for v in self.place.views.values()}
        fresh = [text for key, text in shown.items() if self._read.get(key) != text]
        self._read = shown
        return "\n".join(fresh)

    def _look_for_views(self) -> None:
        opened = list(self.place.views.values())
        if len(opened) > self._opened:
            self._opened = len(opened)
            self.view = opened[-1]


def told(part: Json) -> str:
    """The words of a message or a window, as they are read."""
    text = re.sub(r"<[^<>|]+\|([^<>]*)>", r"\1", words(part))
    return plain(html.unescape(text).replace("\u200b", ""))


def over(message: Json) -> bool:
    """Whether a message says only what became of it."""
    last = message["blocks"][-1] if message["blocks"] else {}
    return last.get("type") == "context" and words({"blocks": [last]}).startswith("✓ ")


def filled(view: Json, values: dict[str, str]) -> Json:
    """What a window holds when these fields are filled in and the others left as they are."""
    state: Json = {}
    for block in (block for block in view["blocks"] if block["type"] == "input"):
        name = re.split(r"[¶/·+]\d+$", block["block_id"])[0]
        given = values.get(name) if block["block_id"] == name else "" if name in values else None
        state[block["block_id"]] = {block["element"]["action_id"]: _held(block["element"], given)}
    return state


def _held(element: Json, given: str | None) -> Json:
    kind = element["type"]
    if kind in ("radio_buttons", "static_select"):
        groups = element.get("option_groups") or [element]
        options = [option for group in groups for option in group["options"]]
        chosen = next((o for o in options if given in (o["value"][1:], o["text"]["text"])), None)
        return {"type": kind, "selected_option": element.get("initial_option") if given is None else chosen}
    if kind == "datepicker":
        return {"type": kind, "selected_date": element.get("initial_date") if given is None else given}
    return {"type": kind, "value": element.get("initial_value") if given is None else given}


def _submit(view: Json) -> str:
    return str((view.get("submit") or {}).get("text", ""))


def options(place: Workspace, **more: str) -> dict[str, Any]:
    """The options of Slack for a workspace: signed HTTP with one token, which needs no socket."""
    return {"bot_token": TOKEN, "signing_secret": SECRET, "api": place.api} | more


@contextmanager
def on_slack(house: House, **more: str) -> Iterator[OnSlack]:
    """A house that is connected to a workspace, Åsa linked, until the block ends."""
    with workspace() as place, slack_of(house, place, **more) as surface:
        surface.command(f"link {invite(house)}")
        surface.seen()
        yield surface


@contextmanager
def slack_of(house: House, place: Workspace, **more: str) -> Iterator[OnSlack]:
    """A house that is connected to this workspace; nobody is linked yet."""

    def opening(switchboard: Switchboard) -> Platform:
        opened = slack.open(options(place, **more), switchboard, "https://purr.example")
        assert isinstance(opened, Slack)
        opened.pace = AT_ONCE
        return opened

    with wired(house, "slack", opening) as wire:
        yield OnSlack(wire, place)
