"""A press in Telegram: read, kept, answered, and its message edited; nothing goes out over a network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from starlette.requests import Request as Call
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, ExtBot
from telegram.request import BaseRequest, RequestData

from bench.books import NOW
from bot.chat import Action, Button, Card, Posted
from bot.platforms import Heard, Person, Place, Post, Told
from bot.settings import Settings
from handlers.app import App
from handlers.platforms.telegram.platform import Telegram
from handlers.platforms.telegram.polling import Asked
from handlers.switchboard.keeping import Keeper

CHAT, NUMBER, TOKEN, SECRET = 7, 5, "1:bench", "hook-secret"
ME = {"id": 9, "is_bot": True, "first_name": "Purr", "username": "purr_bench_bot"}
PERSON = {"id": 7, "is_bot": False, "first_name": "Åsa", "language_code": "en"}
ROWS = tuple(f"1004{n} · 4 125,50 kr · 12 days late" for n in range(8))
Json = dict[str, Any]
Work = Callable[[], int]


class Silence(BaseRequest):
    """A network that answers at once; it counts what was answered and what was edited."""

    def __init__(self) -> None:
        self.answered, self.edited = 0, 0

    @property
    def read_timeout(self) -> float:
        """How long an answer may take."""
        return 5

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_waits: Any, **_more: Any
    ) -> tuple[int, bytes]:
        """What Telegram would say."""
        called = url.rpartition("/")[2]
        self.answered += called == "answerCallbackQuery"
        self.edited += called == "editMessageText"
        result = {"getMe": ME, "editMessageText": _message(), "sendMessage": _message()}.get(called, True)
        return 200, json.dumps({"ok": True, "result": result}).encode()


class Board:
    """A switchboard that keeps as Purr's does, and to which every press is allowed."""

    def __init__(self, app: App) -> None:
        self.database = app.database
        self.drawer = app.exchange.line("telegram").drawer
        self.keeper = Keeper(self._keep)

    async def hear(self, heard: Heard) -> Awaitable[Told] | None:
        """Keep it; what comes of it is known at once."""
        told: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        told.set_result(Told(business="bakery"))
        return told if await self.keeper.keep(heard) else None

    def _keep(self, many: Any) -> Any:
        with self.database.arrivals(NOW) as arrivals:
            return arrivals.keep(many)

    async def home(self, person: Person, place: Place) -> Told:
        """Telegram has no page."""
        return Told()

    async def gone(self, place: Place, reason: Literal["blocked", "gone", "token"]) -> None:
        """No place is lost."""

    async def moved(self, place: Place, chat: str) -> None:
        """No chat moves."""

    async def mended(self, place: Place) -> None:
        """No token was lost."""


def ours(folder: Path, size: int) -> Work:
    """The adapter as it runs, each press kept before it is answered; not what the books make of it."""
    app = App(Settings(_env_file=None, data=folder), lambda: NOW)
    network, board = Silence(), Board(app)
    bot = Asked(TOKEN, request=network, get_updates_request=Silence())
    telegram = Telegram(bot, board, "https://purr.example/telegram/hook", SECRET)
    presses, post = [_press(n) for n in range(size)], _post()

    async def all_of_them() -> None:
        await telegram.start()
        await telegram.settled()
        await telegram.show(replace(post, message=""))
        for press in presses:
            if (await telegram.routes()[0].endpoint(_call(press))).status_code != 200:
                raise SystemExit("a press was not taken")
            await telegram.settled()
            await telegram.show(post)
        await telegram.quiet()
        await telegram.stop()

    def work() -> int:
        asyncio.run(all_of_them())
        board.keeper.close()
        with app, app.database.arrivals(NOW) as arrivals:
            return min(network.answered, network.edited, len(arrivals.waiting("telegram")))

    return work


def floor(_folder: Path, size: int) -> Work:
    """The library alone: the update read, the press answered, the message edited, nothing kept."""
    network = Silence()
    bot = ExtBot(TOKEN, request=network, get_updates_request=Silence())
    presses = [_press(n) for n in range(size)]

    async def pressed(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query
        await query.answer()
        undo = InlineKeyboardButton("Undo", callback_data="undo")
        await query.edit_message_text("Sent\n" + "\n".join(ROWS), reply_markup=InlineKeyboardMarkup([[undo]]))

    async def all_of_them() -> None:
        application = Application.builder().bot(bot).updater(None).build()
        application.add_handler(CallbackQueryHandler(pressed, pattern="^t"))
        await application.initialize()
        for press in presses:
            await application.process_update(Update.de_json(json.loads(press), bot))
        await application.shutdown()

    def work() -> int:
        asyncio.run(all_of_them())
        return min(network.answered, network.edited)

    return work


def _call(body: bytes) -> Call:
    headers = [(b"x-telegram-bot-api-secret-token", SECRET.encode())]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/telegram/hook",
        "query_string": b"",
        "headers": headers,
    }

    async def receive() -> Json:
        return {"type": "http.request", "body": body}

    return Call(scope, receive)


def _press(number: int) -> bytes:
    """A button of a card with nine, as Telegram brings it."""
    query = {"id": str(number), "chat_instance": "x", "data": "t" * 22, "from": PERSON, "message": _message()}
    return json.dumps({"update_id": number, "callback_query": query}).encode()


def _message() -> Json:
    keys = [
        [{"text": name, "callback_data": f"t{n}{name}"} for name in ("Draft", "Paid", "Call")]
        for n in range(3)
    ]
    return {
        "message_id": NUMBER,
        "date": int(NOW.timestamp()),
        "text": "Eight invoices are late\n" + "\n".join(ROWS),
        "chat": {"id": CHAT, "type": "private", "first_name": "Åsa"},
        "from": ME,
        "reply_markup": {"inline_keyboard": keys},
    }


def _post() -> Post:
    """What became of it, in place of the message that was pressed on."""
    undo = Button("Undo", Action("letter.undo"), token="t" * 22)
    card = Card("\n".join(ROWS), "Sent", buttons=(undo,), subject="norrsken")
    return Post(Place("telegram", str(CHAT)), Posted("line", NOW, card), "en", str(NUMBER))
