"""An owner on Slack: what they do reaches Purr as Slack sends it, and they see what the workspace holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx2

from tests.e2e import payloads, standins
from tests.e2e.payloads import Json, Who
from tests.e2e.running import Stuck
from tests.e2e.surface import Seen, offers
from tests.e2e.tape import wait


@dataclass(frozen=True)
class Acknowledged:
    """How Purr answered: in how many milliseconds, and with what."""

    ms: float
    body: Json


class Line(Protocol):
    """How Slack reaches Purr."""

    def deliver(self, kind: str, payload: Mapping[str, Any], attempt: int = 0) -> Acknowledged:
        """Bring a payload; `attempt`: it was brought before."""
        ...


@dataclass(frozen=True)
class Http:
    """Signed requests."""

    address: str
    client: httpx2.Client

    def deliver(self, kind: str, payload: Mapping[str, Any], attempt: int = 0) -> Acknowledged:
        """Bring a payload, and see that it is acknowledged within Slack's three seconds."""
        body, content_type = encoded(kind, payload)
        headers = payloads.signed(standins.SIGNING_SECRET, body, content_type)
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        answer = self.client.post(self.address, content=body.encode(), headers=headers, timeout=3)
        if answer.status_code != 200:
            raise Stuck(f"Purr answered {answer.status_code} to {kind}: {answer.text[:300]}")
        text = answer.text.strip()
        known = json.loads(text) if text.startswith("{") else {"text": text} if text else {}
        return Acknowledged(answer.elapsed.total_seconds() * 1000, known)


@dataclass(frozen=True)
class Socket:
    """Socket Mode, through the bridge."""

    bridge: str
    client: httpx2.Client

    def deliver(self, kind: str, payload: Mapping[str, Any], attempt: int = 0) -> Acknowledged:
        """Bring an envelope, and see that it is acknowledged."""
        answer = self.client.post(f"{self.bridge}/_send", json={"type": kind, "payload": payload}, timeout=15)
        if answer.status_code != 200:
            raise Stuck(f"{kind} was not acknowledged: {answer.text[:300]}")
        known = answer.json()
        return Acknowledged(known["ms"], known["ack"] or {})


def encoded(kind: str, payload: Mapping[str, Any]) -> tuple[str, str]:
    """A payload as Slack posts it, and its content type."""
    form = "application/x-www-form-urlencoded"
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields), form


class Workspace:
    """The stand-in's Web API as a person uses it."""

    def __init__(self, slack: standins.Slack, client: httpx2.Client) -> None:
        self.slack, self.client = slack, client

    def call(self, method: str, **fields: Any) -> Json:
        """A method, as Ana; straight to the workspace, so that the tape holds Purr's calls alone."""
        headers = {"Authorization": f"Bearer {standins.PERSON_TOKEN}"}
        answer = self.client.post(f"{self.slack.workspace}/api/{method}", json=fields, headers=headers).json()
        if not answer.get("ok"):
            raise Stuck(f"{method}: {answer}")
        return dict(answer)

    def direct(self, name: str = "ana") -> Who:
        """A person, in their direct talk with the app."""
        members = {m["name"]: m for m in self.call("users.list")["members"]}
        bot = members["overdue"]["id"]
        channel = self.call("conversations.open", users=bot)["channel"]["id"]
        person = members[name]
        return Who(person["id"], name, person["team_id"], channel, bot)

    def trigger(self, who: Who) -> str:
        """What opens a modal, once, for three seconds."""
        return str(self.call("views.generateTriggerId", user_id=who.user)["trigger_id"])

    def history(self, channel: str) -> list[Json]:
        """Every message of a channel and its threads, oldest first."""
        found: dict[str, Json] = {}
        for message in self.call("conversations.history", channel=channel, limit=1000)["messages"]:
            found[message["ts"]] = message
            if message.get("reply_count"):
                replies = self.call("conversations.replies", channel=channel, ts=message["ts"])["messages"]
                found |= {m["ts"]: m for m in replies}
        return [found[ts] for ts in sorted(found)]

    def upload(self, channel: str, name: str, content: bytes) -> Json:
        """A file dropped into a channel: the message that shares it."""
        place = self.call("files.getUploadURLExternal", filename=name, length=len(content))
        self.client.post(place["upload_url"], content=content).raise_for_status()
        files = [{"id": place["file_id"], "title": name}]
        self.call("files.completeUploadExternal", files=files, channel_id=channel)
        return next(
            m
            for m in reversed(self.history(channel))
            if any(f["id"] == place["file_id"] for f in m.get("files", ()))
        )


class Owner:
    """Ana, in her direct talk with Purr."""

    platform = "slack"

    def __init__(self, workspace: Workspace, line: Line, who: Who) -> None:
        self.workspace, self.line, self.who = workspace, line, who
        self.acknowledged: list[float] = []
        self.modal: Json | None = None
        self._views = 0

    def deliver(self, kind: str, payload: Mapping[str, Any], attempt: int = 0) -> Json:
        """Bring a payload to Purr, and note how long that took."""
        answer = self.line.deliver(kind, payload, attempt)
        self.acknowledged.append(answer.ms)
        return answer.body

    def say(self, text: str) -> None:
        """Words in the direct talk."""
        ts = self.workspace.call("chat.postMessage", channel=self.who.channel, text=text)["ts"]
        self.deliver("events_api", payloads.message(self.who, ts, text))

    def drop(self, name: str, content: bytes) -> None:
        """A file in the direct talk."""
        shared = self.workspace.upload(self.who.channel, name, content)
        self.deliver("events_api", payloads.message(self.who, shared["ts"], "", shared["files"]))

    def forward(self, text: str) -> None:
        """A customer's words stand in the talk, and the shortcut beside them is used."""
        on = self.workspace.call("chat.postMessage", channel=self.who.channel, text=text)["message"]
        trigger = self.workspace.trigger(self.who)
        self.deliver("interactive", payloads.shortcut(self.who, "log_reply", on, trigger, self.response_url))

    @property
    def response_url(self) -> str:
        """Where Purr may answer a press directly."""
        return f"{self.workspace.slack.bridge}/_response/{payloads.stamp()}"

    def press(self, label: str) -> None:
        """The newest button of this label."""
        self.press_on(offers(self, label), label)

    def press_on(self, seen: Seen, label: str) -> None:
        """A button on a message that was seen, as it was then."""
        message, action = seen.buttons[label]
        trigger = self.workspace.trigger(self.who)
        self.deliver("interactive", payloads.press(self.who, message, action, trigger, self.response_url))

    def fill(self, values: Mapping[str, str], submit: str) -> None:
        """The modal that is open, or is opened by the button on the newest form; errors are told."""
        view = wait("a modal", self._opened)
        self.modal = None
        payload = payloads.submission(self.who, view, state(view, values), self.workspace.trigger(self.who))
        answer = self.deliver("interactive", payload)
        if answer.get("response_action") == "errors":
            self.modal = view
            raise Stuck(f"the modal says {answer['errors']}")
        if answer.get("response_action") in ("update", "push"):
            self.modal = {**answer["view"], "id": view["id"]}

    def _opened(self) -> Json | None:
        calls = [c for c in self.workspace.slack.tape.calls() if c["path"].endswith(OPENING)]
        for call in calls[self._views :]:
            if (call.get("response") or {}).get("ok"):
                self.modal = call["response"]["view"]
        self._views = len(calls)
        return self.modal

    def seen(self) -> list[Seen]:
        """The talk, with what only she can see and her Home at the end."""
        return [*map(_seen, self.workspace.history(self.who.channel)), *self._private()]

    def _private(self) -> Iterator[Seen]:
        for call in self.workspace.slack.tape.calls("chat.postEphemeral"):
            if call["params"].get("user") == self.who.user and call["status"] == 200:
                yield Seen("ephemeral", words(call["params"]))


OPENING = ("views.open", "views.push", "views.update")


def _seen(message: Json) -> Seen:
    return Seen(
        message["ts"], words(message), {label: (message, action) for label, action in buttons(message)}
    )


def words(part: Any) -> str:
    """Every word of a message: what is shown, each once."""
    blocks = part.get("blocks") or []
    return "\n".join(_texts(blocks)) if blocks else str(part.get("text", ""))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for key, each in part.items():
            if key not in ("options", "option_groups", "accessibility_label") and isinstance(
                each, dict | list
            ):
                yield from _texts(each)


def buttons(part: Any, block: str = "") -> Iterator[tuple[str, Json]]:
    """What can be pressed: the label, and the action as Slack sends it."""
    if isinstance(part, list):
        for each in part:
            yield from buttons(each, block)
    elif isinstance(part, dict):
        block = part.get("block_id", block)
        known = {"action_id": part.get("action_id"), "block_id": block, "type": part.get("type")}
        if part.get("type") == "button":
            yield part["text"]["text"], {**known, "text": part["text"], "value": part.get("value")}
        elif part.get("type") in ("overflow", "static_select") and "action_id" in part:
            for option in part["options"]:
                yield option["text"]["text"], {**known, "selected_option": option}
        else:
            for each in part.values():
                if isinstance(each, dict | list):
                    yield from buttons(each, block)


def state(view: Json, values: Mapping[str, str]) -> Json:
    """What a modal holds when these fields, by their labels, are filled in and the others left."""
    left = dict(values)
    found: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        given = left.pop(block["label"]["text"], None)
        found[block["block_id"]] = {element["action_id"]: _filled(element, given)}
    if left:
        labels = [b["label"]["text"] for b in view["blocks"] if b["type"] == "input"]
        raise Stuck(f"the modal has no field {', '.join(left)}; it has {labels}")
    return found


def _filled(element: Json, given: str | None) -> Json:
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        chosen = next((o for o in element["options"] if given in (o["value"], o["text"]["text"])), None)
        if given is not None and chosen is None:
            raise Stuck(f"{given!r} is no option of {[o['text']['text'] for o in element['options']]}")
        return {"type": kind, "selected_option": chosen or element.get("initial_option")}
    if kind == "datepicker":
        return {"type": kind, "selected_date": given or element.get("initial_date")}
    return {"type": kind, "value": given if given is not None else element.get("initial_value")}
