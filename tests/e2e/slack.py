"""An owner on Slack: what they do reaches Purr as Slack sends it, and they see what the workspace holds."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx2

from tests.e2e import blocks, payloads, standins
from tests.e2e.payloads import Json, Who
from tests.e2e.running import Stuck
from tests.e2e.surface import Knob, Seen, look_for, offers, plain
from tests.e2e.tape import wait

OPENING = ("views.open", "views.push", "views.update")
FILL_IN = ("Fyll ut", "Fyll i", "Udfyld", "Täytä", "Fill in")


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
        mine = (
            m for m in self.history(channel) if any(f["id"] == place["file_id"] for f in m.get("files", ()))
        )
        # Its addresses name the workspace directly; those that Purr is given go by way of the recorder.
        return dict(json.loads(re.sub(r"http://localhost:\d+", self.slack.bridge, json.dumps(next(mine)))))

    def reconnected(self) -> None:
        """Ask Purr to connect anew, and see that one connection is left."""
        self.client.post(f"{self.slack.bridge}/_disconnect", json={"reason": "refresh_requested"})
        time.sleep(2)
        self.connected()

    def connected(self) -> None:
        """Wait until somebody listens in Socket Mode."""
        state = f"{self.slack.bridge}/_responses"
        wait("a connection", lambda: self.client.get(state).json()["connections"])


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
        text = html.escape(text, quote=False)  # as Slack hands words on
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

    def command(self, text: str) -> None:
        """The slash command in the direct talk."""
        trigger = self.workspace.trigger(self.who)
        fields = payloads.command(self.who, "/purr", text, trigger, self.response_url)
        self.deliver("slash_commands", fields)

    def home(self) -> list[Seen]:
        """The app's Home as it was last published for her, once she has looked at it."""
        self.deliver("events_api", payloads.home_opened(self.who))
        wait("a Home", lambda: self.workspace.slack.tape.calls("views.publish"))
        views = [c["response"]["view"] for c in self.workspace.slack.tape.calls("views.publish")]
        return [Seen(v["id"], blocks.words(v), tuple(blocks.knobs(v["blocks"], v))) for v in views]

    @property
    def response_url(self) -> str:
        """Where Purr may answer a press directly."""
        return f"{self.workspace.slack.bridge}/_response/{payloads.stamp()}"

    def press(self, label: str, row: str = "") -> None:
        """The newest button of this label."""
        self.press_on(offers(self, label, row)[1])

    def opener(self, label: str, row: str) -> tuple[Seen, Knob]:
        """The newest list with a button of this label in somebody's row."""
        return offers(self, label, row)

    def press_on(self, knob: Knob) -> None:
        """A button as it was seen."""
        on, action = knob.handle
        self._closed()
        trigger = self.workspace.trigger(self.who)
        payload = (
            payloads.press(self.who, on, action, trigger, self.response_url)
            if "ts" in on
            else payloads.press_in_view(self.who, on, action, trigger)
        )
        self.deliver("interactive", payload)

    def fill(self, values: Mapping[str, str], submit: str) -> None:
        """The modal that has opened, or is opened by the button of the newest form; what it minds is told."""
        view = self._modal(submit)
        self.modal = None
        payload = payloads.submission(
            self.who, view, blocks.state(view, values), self.workspace.trigger(self.who)
        )
        answer = self.deliver("interactive", payload)
        if answer.get("response_action") == "errors":
            raise Stuck(f"the modal says {answer['errors']}")
        if answer.get("response_action") in ("update", "push"):
            self.modal = {**answer["view"], "id": view["id"]}

    def _modal(self, submit: str) -> Json:
        try:
            return wait("a modal", self._opened, 2)
        except Stuck:
            opening = (submit, *FILL_IN)
            knob = look_for(self, "a form", lambda m: next(filter(None, map(m.knob, opening)), None))[1]
            self.press_on(knob)
            return wait("a modal", self._opened)

    def _closed(self) -> None:
        """Who presses something in the talk has closed the modal that was over it."""
        self._opened()
        self.modal = None

    def _opened(self) -> Json | None:
        calls = [c for c in self.workspace.slack.tape.calls() if c["path"].endswith(OPENING)]
        for call in calls[self._views :]:
            if (call.get("response") or {}).get("ok"):
                self.modal = call["response"]["view"]
        self._views = len(calls)
        return self.modal

    def seen(self) -> list[Seen]:
        """What Purr has said in the talk."""
        history = self.workspace.history(self.who.channel)
        return [blocks.seen(m) for m in history if m["user"] != self.who.user]

    def brought(self) -> list[str]:
        """The files that Purr has put into the talk, by name."""
        history = self.workspace.history(self.who.channel)
        theirs = (m.get("files", ()) for m in history if m["user"] != self.who.user)
        return [str(file["name"]) for files in theirs for file in files]

    def hints(self) -> list[str]:
        """What only she was told: through a response address, or beside the talk."""
        answers = self.workspace.client.get(f"{self.workspace.slack.bridge}/_responses").json()["responses"]
        calls = self.workspace.slack.tape.calls("chat.postEphemeral")
        bodies = [*(c["params"] for c in calls if c["status"] == 200), *(a["body"] for a in answers)]
        return [plain(blocks.words(body)) for body in bodies]
