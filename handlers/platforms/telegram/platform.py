"""Telegram as a place to chat: it starts, hears, shows and stops."""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from functools import partial
from json import JSONDecodeError

from starlette.requests import Request as Call
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.error import TelegramError

from bot.platforms import Attachment, Door, Pace, Place, Post, Switchboard
from handlers.platforms.telegram.asking import Asking
from handlers.platforms.telegram.carrier import Carrier
from handlers.platforms.telegram.ears import Ears, Rest
from handlers.platforms.telegram.hearing import HEARD, PLATFORM, light
from handlers.platforms.telegram.polling import Asked, Json, poll
from handlers.platforms.telegram.profile import introduce
from handlers.platforms.telegram.showing import Show
from handlers.platforms.telegram.speaking import Speaking
from handlers.platforms.telegram.wire import Chat, Wire, told_apart

log = logging.getLogger(__name__)
HOOK = "/telegram/hook"
OWN_HOOK = "hook"
INSIST = 3
ATTENTIVE = 60.0
"""Seconds after somebody wrote in which what is shown there may make a sound."""
LAST = 10.0
"""Seconds that are left for what is under way when all stops."""


def opened(given: Mapping[str, str], switchboard: Switchboard, address: str) -> Telegram:
    """The bot of a token, yet to be started."""
    # The library warns at every "wait so long" unless asked for spans of time, as its next version has them.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    # It logs the addresses that it calls, and Telegram's addresses spell the token.
    logging.getLogger("telegram").setLevel(logging.WARNING)
    bot = Asked(
        given["token"],
        base_url=given["api"],
        base_file_url=given["files"],
        request=Carrier(),
        get_updates_request=Carrier(),
    )
    called = bool(address) and given["hook"].lower() in ("on", "yes", "true", "1")
    hook = f"{address.rstrip('/')}{HOOK}" if called else ""
    return Telegram(bot, switchboard, hook, given["hook_secret"])


class Telegram:
    """One bot. `hook` is the address that Telegram calls; without it Telegram is asked."""

    name = PLATFORM

    def __init__(self, bot: Asked, switchboard: Switchboard, hook: str = "", secret: str = "") -> None:
        self.pace = Pace(chat=1, burst=4, group=20 / 60, overall=25)
        self.door = Door(PLATFORM, "Telegram")
        self._bot = bot
        self._switchboard = switchboard
        self._hook, self._secret = hook, secret
        patient = Wire(bot, INSIST)
        self._asking = Asking(patient, switchboard.drawer)
        self._show = Show(Wire(bot), switchboard.drawer)
        self._ears: Ears | None = None
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._spoke: dict[str, float] = {}
        self._languages: dict[str, str] = {}
        self._hearing: asyncio.Task[None] | None = None
        self._taking: set[asyncio.Task[None]] = set()
        self._under_way: set[asyncio.Task[None]] = set()

    def routes(self) -> Sequence[Route]:
        """The one that Telegram calls, if it is to call."""
        return (Route(HOOK, self._called, methods=["POST"]),) if self._hook else ()

    async def start(self) -> None:
        """Begin to hear; raises `Later` where Telegram cannot be reached just now."""
        with told_apart():
            await self._bot.initialize()
            me = self._bot.bot
            self.door = Door(PLATFORM, "Telegram", f"https://t.me/{me.username}?start={{code}}")
            speaking = Speaking(Wire(self._bot, INSIST), me.username or "", self._languages)
            self._ears = Ears(me, self._switchboard, self._asking, speaking)
            await self._listen()
        self._spawn(partial(introduce, self._bot, self._switchboard.drawer))

    async def quiet(self) -> None:
        """Hear no more; what was heard is still answered."""
        self._ears = None
        if self._hearing:
            self._hearing.cancel()
        if ending := [*filter(None, [self._hearing]), *self._taking]:
            await asyncio.wait(ending)

    async def stop(self) -> None:
        """Let what is under way end, and let go of the line."""
        await self.settled(LAST)
        for late in self._under_way:
            late.cancel()
        await self._bot.shutdown()

    async def settled(self, patience: float | None = None) -> None:
        """Wait until everybody who wrote or pressed is answered."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience)

    async def show(self, post: Post) -> str:
        """Show a line; only the morning list, and an answer to somebody who is there, make a sound."""
        self._languages[post.place.chat] = post.language
        with told_apart():
            message = await self._show(post, quiet=not self._may_sound(post))
        if post.line.card.form:
            self._spawn(partial(self._asking.go_on, Chat.of(post.place), post.line.card.form.token))
        return message

    async def fetch(self, place: Place, attachment: Attachment) -> bytes:
        """A file that was dropped."""
        with told_apart():
            file = await self._bot.get_file(attachment.ref)
            return bytes(await file.download_as_bytearray())

    async def _listen(self) -> None:
        if self._hook:
            self._secret = self._secret or await self._own_secret()
            await self._bot.set_webhook(self._hook, secret_token=self._secret, allowed_updates=HEARD)
            return
        await self._bot.delete_webhook()
        self._hearing = asyncio.create_task(poll(self._bot, self._take, self._dead))

    async def _own_secret(self) -> str:
        drawer = self._switchboard.drawer
        known = await drawer.get(OWN_HOOK)
        made = known or secrets.token_urlsafe(32)
        if not known:
            await drawer.put(OWN_HOOK, made)
        return made

    async def _dead(self) -> None:
        await self._switchboard.gone(Place(PLATFORM, ""), "token")

    async def _take(self, raw: Json) -> None:
        """Keep an update; being stopped meanwhile must not tear that in two."""
        taking = asyncio.create_task(self._keep(raw))
        self._taking.add(taking)
        taking.add_done_callback(self._taking.discard)
        await asyncio.shield(taking)

    async def _keep(self, raw: Json) -> None:
        """Keep an update, then answer it; one that cannot be read is left."""
        try:
            update = Update.de_json(light(raw), self._bot)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            log.warning("an update of Telegram's cannot be read: %s", type(error).__name__)
            return
        ears = self._ears
        if ears is None:
            raise ConnectionAbortedError("Purr is being stopped")
        async with self._turn(update):
            rest = await ears.take(update)
        if update.effective_chat:
            self._spoke[str(update.effective_chat.id)] = asyncio.get_running_loop().time()
        if rest:
            self._spawn(rest, update)

    def _turn(self, update: Update) -> AbstractAsyncContextManager[None]:
        """Words come one after another in each chat; buttons are pressed whenever they are."""
        chat = update.effective_chat
        return self._turns[chat.id] if chat and not update.callback_query else nullcontext()

    async def _called(self, call: Call) -> Response:
        """An update that Telegram brings: it is told that it came once it is kept."""
        if not self._secret or self._ears is None:
            return Response(status_code=503)
        given = call.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return Response(status_code=403)
        try:
            await self._take(await call.json())
        except JSONDecodeError:
            return Response(status_code=400)
        except Exception:
            log.exception("an update could not be kept; Telegram brings it again")
            return Response(status_code=503)
        return Response()

    def _may_sound(self, post: Post) -> bool:
        spoke = self._spoke.get(post.place.chat.partition("/")[0], -ATTENTIVE)
        there = asyncio.get_running_loop().time() - spoke < ATTENTIVE
        return not post.message and (post.line.card.topic.startswith("digest") or there)

    def _spawn(self, rest: Rest, update: Update | None = None) -> None:
        task = asyncio.create_task(self._safely(rest, update))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _safely(self, rest: Rest, update: Update | None) -> None:
        try:
            await rest()
        except TelegramError as error:
            log.warning("Telegram did not take an answer: %s", type(error).__name__)
        except Exception:
            log.exception("answering on Telegram failed")
            await self._sorry(update)

    async def _sorry(self, update: Update | None) -> None:
        ears, message = self._ears, update.effective_message if update else None
        if ears and update and message and update.effective_user:
            with suppress(TelegramError):
                await ears.sorry(message, update.effective_user)
