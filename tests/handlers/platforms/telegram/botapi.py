"""A Bot API server of our own: chats, messages, people, and noes as strict as Telegram's or stricter."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.handlers.platforms.telegram.markup import Unparsed, parsed, units

TOKEN = "123456:not-a-real-token"
ME = {"id": 123456, "is_bot": True, "first_name": "Purr", "username": "purr_bot"}
Json = dict[str, Any]
KEYS = {"text", "callback_data", "copy_text", "url", "style"}
AS_TEXT = {"text", "caption", "description", "short_description", "url", "secret_token", "callback_query_id"}
LONG_POLL = 1.0
"""Seconds; the real one waits as long as it is asked to."""


class Refused(Exception):
    """Telegram's no."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters


@dataclass
class BotApi:
    """The server. A test speaks as a person, and looks at what the chats show."""

    token: str = TOKEN
    language: str = "en"
    url: str = ""
    chats: dict[int, Json] = field(default_factory=dict)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    answers: dict[str, Json] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    faults: list[tuple[str, Refused]] = field(default_factory=list)
    pending: list[Json] = field(default_factory=list)
    hook: Json = field(default_factory=dict)
    confirmed: int = 0
    latest: int = 0
    transcript: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._updates = itertools.count(1000)
        self._queries = itertools.count(1)
        self._open: set[str] = set()
        self._bell = asyncio.Event()

    @contextmanager
    def served(self) -> Iterator[Self]:
        """The server in a thread of its own, for tests that are not in a loop."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self.__aenter__(), loop).result(5)
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self.__aexit__(None, None, None), loop).result(5)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(5)
            loop.close()

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        app.router.add_get("/file/bot{token}/{file}", self._file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A question that is held open is answered, so that no task is left.
        self._bell.set()
        await asyncio.sleep(0)
        await self._runner.cleanup()

    def options(self) -> dict[str, str]:
        """What the platform is to be opened with, to find this server."""
        return {"token": self.token, "api": f"{self.url}/bot", "files": f"{self.url}/file/bot"}

    # What people do

    def say(
        self, chat: int, text: str, person: int | None = None, reply_to: int | None = None, **more: Any
    ) -> Json:
        """Somebody writes in a chat."""
        message = self.written(chat, self.user(chat, person), text=text, **more)
        if text.startswith("/"):
            length = units(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if reply_to:
            message["reply_to_message"] = self.messages[chat, reply_to]
        return self.queue(message=message)

    def drop(self, chat: int, name: str, content: bytes, size: int | None = None) -> Json:
        """Somebody drops a file."""
        ident = f"file{next(self._numbers)}"
        self.files[ident] = content
        about: Json = {"file_id": ident, "file_unique_id": ident, "file_name": name}
        about |= {"file_size": len(content) if size is None else size}
        return self.queue(message=self.written(chat, self.user(chat, None), document=about))

    def press(self, chat: int, data: str, person: int | None = None) -> str:
        """Somebody presses the newest button that sends this back; the number of the press."""
        message = next(m for m in self.shown(chat, newest=True) if data in sent_back(m))
        ident = str(next(self._queries))
        self._open.add(ident)
        who = self.user(chat, person)
        query = {"id": ident, "chat_instance": "1", "from": who, "message": message, "data": data}
        self.queue(callback_query=query)
        return ident

    def offer(self, chat: int, data: str) -> None:
        """An earlier message of the bot's, with a button."""
        keys = {"inline_keyboard": [[{"text": "…", "callback_data": data}]]}
        self.written(chat, ME, text="…", reply_markup=keys)

    def queue(self, **update: Any) -> Json:
        """Anything else that happens."""
        made = {"update_id": next(self._updates), **update}
        self.latest = made["update_id"]
        self.pending.append(made)
        self._loop.call_soon_threadsafe(self._bell.set)
        return made

    def shown(self, chat: int, *, newest: bool = False, everything: bool = False) -> Iterator[Json]:
        """The messages of a chat that are there, the bot's own unless everything is asked for."""
        found = [m for (c, _), m in sorted(self.messages.items(), reverse=newest) if c == chat]
        return (m for m in found if not m.get("gone") and (everything or m["from"]["is_bot"]))

    def last(self, chat: int) -> Json:
        """The newest message of the bot."""
        return next(self.shown(chat, newest=True))

    def of(self, method: str) -> list[Json]:
        """The parameters of every call of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    def fail(self, method: str, code: int, description: str, **parameters: int) -> None:
        """The next call of a method is refused."""
        self.faults.append((method, Refused(code, description, **parameters)))

    # What the bot does

    async def _called(self, call: web.Request) -> web.Response:
        method = call.match_info["method"]
        parameters = await _read(call)
        if method != "getUpdates":
            self.calls.append((method, parameters))
        try:
            if call.match_info["token"] != self.token:
                raise Refused(401, "Unauthorized")
            result = await self._done(method, parameters)
        except Refused as no:
            return self._no(method, no)
        return web.json_response({"ok": True, "result": result})

    def _no(self, method: str, no: Refused) -> web.Response:
        prefix = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}.get(no.code, "")
        said: Json = {"ok": False, "error_code": no.code, "description": f"{prefix}{no}"}
        if no.parameters:
            said["parameters"] = no.parameters
        return web.json_response(said, status=no.code)

    async def _done(self, method: str, p: Json) -> Any:
        for at, (name, no) in enumerate(self.faults):
            if name == method:
                del self.faults[at]
                raise no
        known: dict[str, Callable[[Json], Any]] = {
            "getMe": lambda _: ME,
            "sendMessage": self._send,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "editMessageText": self._edit,
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer,
            "getFile": self._get_file,
            "setWebhook": self._set_hook,
            "deleteWebhook": self._no_hook,
            "setMyCommands": self._commands,
            "setMyDescription": lambda p: self._within(p, "description", 0, 512),
            "setMyShortDescription": lambda p: self._within(p, "short_description", 0, 120),
            "sendChatAction": lambda p: bool(self._chat(p)),
        }
        if method == "getUpdates":
            return await self._get_updates(p)
        if method not in known:
            self.problems.append(f"unknown method {method}")
            raise Refused(404, "Not Found")
        return known[method](p)

    def _send(self, p: Json) -> Json:
        chat = self._chat(p)
        text = self._text(p, "text", 4096)
        keys = self._keys(p.get("reply_markup"))
        message = self.written(chat["id"], ME, text=text, **self._entities(p, text), **keys)
        message |= {"silent": p.get("disable_notification", False)}
        self.transcript.append((chat["id"], text))
        if about := p.get("reply_parameters"):
            there = (chat["id"], about["message_id"]) in self.messages
            if not there and not about.get("allow_sending_without_reply"):
                raise Refused(400, "message to be replied not found")
        return _bare(message)

    def _send_photo(self, p: Json) -> Json:
        chat = self._chat(p)
        if units(p.get("caption", "")) > 1024:
            raise Refused(400, "message caption is too long")
        size = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}
        return _bare(self.written(chat["id"], ME, caption=p.get("caption", ""), photo=[size]))

    def _send_document(self, p: Json) -> Json:
        chat, (name, content) = self._chat(p), p["document"]
        if units(p.get("caption", "")) > 1024:
            raise Refused(400, "message caption is too long")
        if not content:
            raise Refused(400, "file must be non-empty")
        ident = f"file{next(self._numbers)}"
        self.files[ident] = content
        about = {"file_id": ident, "file_unique_id": ident, "file_name": name, "file_size": len(content)}
        return _bare(self.written(chat["id"], ME, caption=p.get("caption", ""), document=about))

    def _edit(self, p: Json) -> Json:
        chat = self._chat(p)
        message = self.messages.get((chat["id"], int(p["message_id"])))
        if message is None or message.get("gone"):
            raise Refused(400, "message to edit not found")
        if message["from"] is not ME or "text" not in message:
            raise Refused(400, "message can't be edited")
        text = self._text(p, "text", 4096)
        fresh = {"text": text, **self._entities(p, text), **self._keys(p.get("reply_markup"))}
        before = {k: message[k] for k in ("text", "marks", "reply_markup") if k in message}
        if before == fresh:
            raise Refused(400, "message is not modified: specified new message content is exactly the same")
        for key in ("marks", "reply_markup"):
            message.pop(key, None)
        known = set(message["text"].splitlines())
        changed = [line for line in text.splitlines() if line not in known]
        self.transcript.append((chat["id"], "\n".join(changed)))
        message.update(fresh, edit_date=int(time.time()), edits=message.get("edits", 0) + 1)
        return _bare(message)

    def _delete(self, p: Json) -> bool:
        chat = self._chat(p)
        message = self.messages.get((chat["id"], int(p["message_id"])))
        if message is None or message.get("gone"):
            raise Refused(400, "message to delete not found")
        if chat["id"] < 0 and message["from"] is not ME:
            raise Refused(400, "message can't be deleted")
        message["gone"] = True
        return True

    def _answer(self, p: Json) -> bool:
        if p["callback_query_id"] not in self._open:
            raise Refused(400, "query is too old and response timeout expired or query ID is invalid")
        self._open.discard(p["callback_query_id"])
        self._within(p, "text", 0, 200)
        self.answers[p["callback_query_id"]] = {**p, "at": time.monotonic()}
        self.transcript.append((0, p.get("text", "")))
        return True

    def _get_file(self, p: Json) -> Json:
        if p["file_id"] not in self.files:
            raise Refused(400, "wrong file_id or the file is temporarily unavailable")
        return {"file_id": p["file_id"], "file_unique_id": p["file_id"], "file_path": p["file_id"]}

    async def _file(self, call: web.Request) -> web.Response:
        return web.Response(body=self.files[call.match_info["file"]])

    def _set_hook(self, p: Json) -> bool:
        self.hook.clear()
        self.hook.update(p)
        return True

    def _no_hook(self, _: Json) -> bool:
        self.hook.clear()
        return True

    def _commands(self, p: Json) -> bool:
        for command in p["commands"]:
            name, says = command["command"], command["description"]
            ok = (
                name.isascii()
                and name.replace("_", "").isalnum()
                and name == name.lower()
                and len(name) <= 32
            )
            if not ok or not 1 <= units(says) <= 256:
                raise self._wrong(f"bad command {command}")
        return True

    async def _get_updates(self, p: Json) -> list[Json]:
        if self.hook.get("url"):
            raise Refused(409, "can't use getUpdates method while webhook is active")
        offset = int(p.get("offset", 0))
        self.confirmed = max(self.confirmed, offset)
        self.pending = [u for u in self.pending if u["update_id"] >= offset]
        if not self.pending:
            self._bell.clear()
            try:
                await asyncio.wait_for(self._bell.wait(), min(LONG_POLL, float(p.get("timeout", 0))))
            except TimeoutError:
                return []
        return self.pending[:100]

    def _chat(self, p: Json) -> Json:
        number = int(p["chat_id"])
        if number in self.moved:
            raise Refused(
                400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved[number]
            )
        if number in self.blocked:
            raise Refused(403, "bot was blocked by the user")
        if number not in self.chats:
            raise Refused(400, "chat not found")
        return self.chats[number]

    def _text(self, p: Json, name: str, most: int) -> str:
        text = p[name]
        if p.get("parse_mode") == "HTML":
            text, entities = self._parsed(text)
            if len(entities) > 100:
                raise self._wrong("too many entities")
        if units(text) > most:
            raise self._wrong("message is too long")
        if not text.strip():
            raise self._wrong("message text is empty")
        return str(text).strip()

    def _parsed(self, html: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        try:
            return parsed(html)
        except Unparsed as problem:
            raise self._wrong(f"can't parse entities: {problem}") from None

    def _entities(self, p: Json, text: str) -> Json:
        return {"marks": parsed(p["text"])[1]} if p.get("parse_mode") == "HTML" else {}

    def _keys(self, markup: Json | None) -> Json:
        if not markup:
            return {}
        if "force_reply" in markup:
            if not 1 <= units(markup.get("input_field_placeholder", "x")) <= 64:
                raise self._wrong("bad placeholder")
            return {"asks": markup}
        buttons = [b for row in markup["inline_keyboard"] for b in row]
        if not 0 < len(buttons) <= 100 or any(len(row) > 8 for row in markup["inline_keyboard"]):
            raise self._wrong("too many buttons")
        for button in buttons:
            self._button(button)
        return {"reply_markup": markup}

    def _button(self, button: Json) -> None:
        if not button["text"].strip() or button.keys() - KEYS:
            raise self._wrong(f"bad button {button}")
        if len([k for k in ("callback_data", "copy_text", "url") if k in button]) != 1:
            raise self._wrong(f"a button that does one thing was expected: {button}")
        if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
            raise self._wrong("BUTTON_DATA_INVALID")
        if not 1 <= units(button.get("copy_text", {"text": "x"})["text"]) <= 256:
            raise self._wrong("bad copy_text")
        if button.get("style", "primary") not in ("danger", "success", "primary"):
            raise self._wrong("bad style")

    def _within(self, p: Json, name: str, least: int, most: int) -> bool:
        if not least <= units(p.get(name, "")) <= most:
            raise self._wrong(f"{name}: {units(p[name])} characters")
        return True

    def _wrong(self, why: str) -> Refused:
        """A call that no bot should make: it is refused, and a test can ask whether there was any."""
        self.problems.append(why)
        return Refused(400, why)

    def written(self, chat: int, sender: Json, **content: Any) -> Json:
        """A message that is in a chat from now on."""
        kind = "private" if chat > 0 else "supergroup"
        who = {"first_name": "Åsa"} if chat > 0 else {"title": "Bageriet"}
        self.chats.setdefault(chat, {"id": chat, "type": kind, **who})
        number = next(self._numbers)
        message = {"message_id": number, "date": int(time.time()), "chat": self.chats[chat], "from": sender}
        self.messages[chat, number] = {**message, **content}
        return self.messages[chat, number]

    def user(self, chat: int, person: int | None = None) -> Json:
        """Somebody in a chat; in one's own chat it is oneself."""
        number = person or abs(chat)
        return {
            "id": number,
            "is_bot": False,
            "first_name": "Åsa",
            "last_name": "Lind",
            "language_code": "en",
        }


def sent_back(message: Json) -> list[str]:
    """What the buttons of a message send back."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _bare(message: Json) -> Json:
    """A message as Telegram gives it, without this server's own notes."""
    return {k: v for k, v in message.items() if k not in ("marks", "asks", "silent", "edits", "gone")}


async def _read(call: web.Request) -> Json:
    form = await call.post()
    raw = {key: value for key, value in form.items() if isinstance(value, str)}
    files = {v.name: (v.filename, v.file.read()) for v in form.values() if isinstance(v, web.FileField)}
    known = {key: _decoded(key, value) for key, value in (dict(call.query) | raw).items()}
    return files | known


def _decoded(name: str, value: str) -> Any:
    if name in (
        "text",
        "caption",
        "description",
        "short_description",
        "url",
        "secret_token",
        "callback_query_id",
    ):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
