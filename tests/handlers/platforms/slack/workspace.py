"""A Slack workspace for tests: its Web API on this machine, with state, rules, and the moods Slack has."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.handlers.platforms.slack.limits import problems_of_message, problems_of_view

Json = dict[str, Any]
TEAM, BOT, BOT_ID, ASA, BO = "T1", "U0PURR", "B1", "U0ASA", "U0BO"
TALK, CHANNEL = "D1", "C1"
TOKEN, APP_TOKEN, SECRET = "xoxb-1", "xapp-1", "signing-secret"
CLIENT, CLIENT_SECRET, CODE = "111.222", "client-secret", "a-code"


class Refused(Exception):
    """What Slack answers instead."""

    def __init__(self, error: str, *messages: str) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error}
        if messages:
            self.answer["response_metadata"] = {"messages": list(messages)}


@dataclass(frozen=True)
class Fault:
    """How a call goes wrong: an error, or a status with seconds to wait; or that it takes so many seconds."""

    error: str = ""
    status: int = 200
    retry_after: int = 0
    slow: float = 0


@dataclass
class Workspace:
    """What there is in the workspace, and what was done in it."""

    port: int = 0
    tokens: dict[str, str] = field(default_factory=lambda: {TOKEN: TEAM})
    members: set[str] = field(default_factory=lambda: {TALK, CHANNEL})
    messages: dict[tuple[str, str], Json] = field(default_factory=dict)
    whispers: list[Json] = field(default_factory=list)
    responses: list[Json] = field(default_factory=list)
    views: dict[str, Json] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    faults: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    expires_in: int = 0
    response_status: int = 200
    download_status: int = 200
    upload_status: int = 200
    withheld: set[str] = field(default_factory=set)
    shared: list[Json] = field(default_factory=list)
    links: int = 0
    sent_to: list[str] = field(default_factory=list)
    _slots: dict[str, int] = field(default_factory=dict)
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _triggers: set[str] = field(default_factory=set)
    _sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _acks: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        self.users: dict[str, Json] = {
            ASA: {"id": ASA, "name": "asa", "locale": "en-US", "profile": {"display_name": "Åsa Lind"}},
            BO: {"id": BO, "name": "bo", "locale": "sv-SE", "profile": {"real_name": "Bo"}},
        }

    @property
    def api(self) -> str:
        """Where its Web API is."""
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def response_url(self) -> str:
        """An address to answer a request at."""
        return f"http://127.0.0.1:{self.port}/response/{next(self._count)}"

    def trigger(self) -> str:
        """What opens one view."""
        trigger = f"{next(self._count)}.trigger"
        self._triggers.add(trigger)
        return trigger

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong."""
        self.faults[method].extend(faults)

    def drop(self, name: str, content: bytes) -> Json:
        """A file that lies here."""
        ident = f"F{next(self._count)}"
        self.files[ident] = content
        address = f"http://127.0.0.1:{self.port}/files/{ident}/{name}"
        return {"id": ident, "name": name, "size": len(content), "url_private_download": address}

    def said(self, channel: str = TALK, thread: str = "") -> list[Json]:
        """What Purr wrote, oldest first."""
        return [m for (c, _), m in self.messages.items() if c == channel and m.get("thread_ts", "") == thread]

    def made(self, method: str) -> list[Json]:
        """The arguments of the calls of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    def tell(self, kind: str, payload: Json, within: float = 3.0) -> Json | None:
        """Bring something over the socket, and wait for the acknowledgement; None when there is none."""
        return asyncio.run_coroutine_threadsafe(self._tell(kind, payload, within), self._loop).result()

    def disconnect(self) -> None:
        """What Slack does every few hours: the app is to come back by itself."""
        for socket in list(self._sockets):
            told = socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
            asyncio.run_coroutine_threadsafe(told, self._loop).result()

    @property
    def connections(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    async def _tell(self, kind: str, payload: Json, within: float) -> Json | None:
        ident = f"envelope-{next(self._count)}"
        acknowledged = self._acks[ident] = asyncio.get_running_loop().create_future()
        envelope = {"envelope_id": ident, "type": kind, "payload": payload, "accepts_response_payload": True}
        await self._sockets[-1].send_json(envelope)
        await asyncio.wait({acknowledged}, timeout=within)
        return acknowledged.result() if acknowledged.done() else None

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """Socket Mode."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        self.links += 1
        await socket.send_json({"type": "hello"})
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                told = json.loads(message.data)
                if waiting := self._acks.pop(told.get("envelope_id"), None):
                    waiting.set_result(told.get("payload") or {})
        self._sockets.remove(socket)
        return socket

    async def call(self, request: web.Request) -> web.Response:
        """A method of the Web API."""
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        if self.faults[method]:
            fault = self.faults[method].popleft()
            await asyncio.sleep(fault.slow)
            headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
            wrong = Refused(fault.error, "[ERROR] wrong [json-pointer:/blocks/0]") if fault.error else None
            body = wrong.answer if wrong else {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=fault.status, headers=headers)
        try:
            act: Callable[[Json], Json] = getattr(self, method.replace(".", "_"))
            if method not in OPEN:
                arguments["team"] = self._team(request)
            return web.json_response({"ok": True, **act(arguments)})
        except Refused as refused:
            return web.json_response(refused.answer)

    def _team(self, request: web.Request) -> str:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            raise Refused("invalid_auth")
        return self.tokens[token]

    def auth_test(self, given: Json) -> Json:
        return {"user_id": BOT, "bot_id": BOT_ID, "team_id": given["team"], "url": "https://acme.slack.com/"}

    def apps_connections_open(self, given: Json) -> Json:
        if given["authorization"] != f"Bearer {APP_TOKEN}":
            raise Refused("invalid_auth")
        return {"url": f"ws://127.0.0.1:{self.port}/link"}

    def oauth_v2_access(self, given: Json) -> Json:
        who = base64.b64decode(given["authorization"].removeprefix("Basic ")).decode()
        if who != f"{CLIENT}:{CLIENT_SECRET}":
            raise Refused("bad_client_secret")
        if given.get("grant_type") != "refresh_token" and given.get("code") != CODE:
            raise Refused("invalid_code")
        token = f"xoxb-{next(self._count)}"
        self.tokens[token] = TEAM
        lasting = {"refresh_token": f"xoxe-{token}", "expires_in": self.expires_in} if self.expires_in else {}
        return {
            "access_token": token, "token_type": "bot", "scope": "chat:write",
            "bot_user_id": BOT, "app_id": "A1",
            "team": {"id": TEAM, "name": "Acme"}, "enterprise": None, "authed_user": {"id": ASA}, **lasting,
        }  # fmt: skip

    def users_info(self, given: Json) -> Json:
        if given["user"] not in self.users:
            raise Refused("user_not_found")
        return {"user": self.users[given["user"]]}

    def conversations_info(self, given: Json) -> Json:
        if given["channel"] not in self.members and not given["channel"].startswith("C"):
            raise Refused("channel_not_found")
        return {"channel": {"id": given["channel"], "is_member": given["channel"] in self.members}}

    def chat_postMessage(self, given: Json) -> Json:  # noqa: N802 - the name that Slack gave it
        channel = self._channel(given["channel"])
        _fits(problems_of_message(given))
        if given.get("reply_broadcast"):
            raise AssertionError("a thread is never broadcast")
        thread = given.get("thread_ts", "")
        if thread and (channel, thread) not in self.messages:
            raise Refused("thread_not_found")
        ts = f"1764000000.{next(self._count):06d}"
        kept = {"ts": ts, "channel": channel, "text": given["text"], "blocks": given.get("blocks", [])}
        self.messages[channel, ts] = kept | ({"thread_ts": thread} if thread else {})
        return {"channel": channel, "ts": ts, "message": kept}

    def chat_update(self, given: Json) -> Json:
        _fits(problems_of_message(given))
        key = (self._channel(given["channel"]), given["ts"])
        if key not in self.messages:
            raise Refused("message_not_found")
        changed = {"text": given["text"], "blocks": given.get("blocks", []), "edited": next(self._count)}
        self.messages[key] = self.messages[key] | changed
        return {"channel": key[0], "ts": key[1], "text": given["text"]}

    def chat_postEphemeral(self, given: Json) -> Json:  # noqa: N802 - as above
        self._channel(given["channel"])
        _fits(problems_of_message(given))
        self.whispers.append(given)
        return {"message_ts": f"1764000000.{next(self._count):06d}"}

    def chat_getPermalink(self, given: Json) -> Json:  # noqa: N802 - as above
        if (given["channel"], given["message_ts"]) not in self.messages:
            raise Refused("message_not_found")
        return {"permalink": f"https://acme.slack.com/archives/{given['channel']}/p{given['message_ts']}"}

    def files_getUploadURLExternal(self, given: Json) -> Json:  # noqa: N802 - as above
        self._check_scope("files:write")
        if not given["filename"] or int(given["length"]) <= 0:
            raise Refused("invalid_arguments")
        ident = f"F{next(self._count)}"
        self._slots[ident] = int(given["length"])
        return {"upload_url": f"http://127.0.0.1:{self.port}/upload/{ident}", "file_id": ident}

    def files_completeUploadExternal(self, given: Json) -> Json:  # noqa: N802 - as above
        self._check_scope("files:write")
        channel, thread = self._channel(given["channel_id"]), given.get("thread_ts", "")
        if given["channel_id"].startswith("U"):
            raise Refused("channel_not_found")
        if thread and (channel, thread) not in self.messages:
            raise Refused("invalid_thread_ts")
        files = json.loads(given["files"])
        self.shared += [
            {"channel": channel, "thread": thread, "title": file["title"], "content": self.files[file["id"]],
             "comment": given.get("initial_comment", "")}
            for file in files
        ]  # fmt: skip
        return {"files": [{"id": file["id"], "title": file["title"]} for file in files]}

    def _check_scope(self, scope: str) -> None:
        if scope in self.withheld:
            raise Refused("missing_scope")

    def views_open(self, given: Json) -> Json:
        if given["trigger_id"] not in self._triggers:
            raise Refused("expired_trigger_id")
        self._triggers.remove(given["trigger_id"])
        return self._viewed(given["view"], f"V{next(self._count)}")

    def views_update(self, given: Json) -> Json:
        if given["view_id"] not in self.views:
            raise Refused("not_found")
        return self._viewed(given["view"], given["view_id"])

    def views_publish(self, given: Json) -> Json:
        known = self.homes.get(given["user_id"])
        if given.get("hash") and known and given["hash"] != known["hash"]:
            raise Refused("hash_conflict")
        self.homes[given["user_id"]] = self._viewed(given["view"], f"VH{given['user_id']}")["view"]
        return {"view": self.homes[given["user_id"]]}

    def _viewed(self, view: Json, ident: str) -> Json:
        _fits(problems_of_view(view))
        kept = view | {"id": ident, "hash": f"{next(self._count)}.hash"}
        if view["type"] == "modal":
            self.views[ident] = kept
        return {"view": kept}

    def _channel(self, channel: str) -> str:
        known = TALK if channel.startswith("U") else channel
        if known not in self.members:
            raise Refused("not_in_channel" if known.startswith("C") else "channel_not_found")
        return known

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes of a file that is to be shared."""
        ident, content = request.match_info["ident"], await request.read()
        if self.upload_status == 200 and len(content) == self._slots.pop(ident):
            self.files[ident] = content
            return web.Response(text=f"OK - {len(content)}")
        return web.Response(status=self.upload_status if self.upload_status != 200 else 400)

    async def respond(self, request: web.Request) -> web.Response:
        """An answer to a request, at the address that came with it."""
        self.responses.append(await request.json())
        return web.Response(text="ok", status=self.response_status)

    async def download(self, request: web.Request) -> web.Response:
        """A file, for those who may have it."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.sent_to.append(token)
        if token not in self.tokens:
            return web.Response(status=403)
        content = self.files[request.match_info["ident"]]
        return web.Response(body=content, status=self.download_status, content_type="text/csv")


OPEN = ("oauth.v2.access", "apps.connections.open")


def _fits(problems: Iterator[str]) -> None:
    found = list(problems)
    if found:
        raise Refused("invalid_blocks", *found)


async def _arguments(request: web.Request) -> Json:
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    elif request.can_read_body:
        given |= dict(await request.post())
    return given | {"authorization": request.headers.get("Authorization", "")}


async def _serve(workspace: Workspace) -> web.AppRunner:
    site = web.Application()
    site.add_routes(
        [
            web.route("*", "/api/{method}", workspace.call),
            web.get("/link", workspace.link),
            web.post("/response/{ident}", workspace.respond),
            web.get("/files/{ident}/{name}", workspace.download),
            web.post("/upload/{ident}", workspace.upload),
        ]
    )
    runner = web.AppRunner(site, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    workspace.port = runner.addresses[0][1]
    return runner


@contextmanager
def workspace() -> Iterator[Workspace]:
    """A workspace that is open until the block ends."""
    place = Workspace()
    loop = place._loop
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(_serve(place), loop).result(10)
    try:
        yield place
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
