"""The line to Telegram: messages sent, changed and taken away, and its errors as what must happen next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from telegram import Bot, ForceReply, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.platforms import Brought, Later, Moved, Place, Unreachable
from handlers.platforms.telegram.cards import LARGEST, Message
from handlers.platforms.telegram.keys import markup
from handlers.platforms.telegram.rich import Page, html, plain

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
GONE = (
    "chat not found",
    "not enough rights",
    "chat_write_forbidden",
    "need administrator rights",
    "peer_id_invalid",
    "message thread not found",
)
TOO_LARGE = "entity too large"
UPLOADING = 300.0
"""Seconds that a file may take: one that is given up too early may be sent twice."""
SAME = "message is not modified"
LOST = ("message to edit not found", "message can't be edited", "message_id_invalid", "message not found")
UNPARSED = "can't parse entities"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat, and the topic within it where it has any."""

    id: int
    thread: int | None = None

    @classmethod
    def of(cls, place: Place) -> Chat:
        """The chat that a place names."""
        chat, _, thread = place.chat.partition("/")
        return cls(int(chat), int(thread) if thread else None)

    def __str__(self) -> str:
        return f"{self.id}/{self.thread}" if self.thread else str(self.id)


class Brief(Bot):
    """A bot that does not read what it has changed: that takes several times as long as to change it."""

    async def change(self, chat: int, number: int, **what: Any) -> None:
        """Show other words and buttons in a message."""
        await self._post("editMessageText", {"chat_id": chat, "message_id": number, **what})


@contextmanager
def told_apart() -> Iterator[None]:
    """Telegram's errors as what must happen next; `from None`, since some of them spell the token."""
    try:
        yield
    except RetryAfter as error:
        raise Later(seconds(error)) from None
    except ChatMigrated as error:
        raise Moved(str(error.new_chat_id)) from None
    except InvalidToken:
        raise Unreachable("token") from None
    except Forbidden as error:
        raise Unreachable("blocked" if _says(error, "blocked", "deactivated") else "gone") from None
    except BadRequest as error:
        if _says(error, *GONE):
            raise Unreachable("gone") from None
        raise
    except TelegramError:
        raise Later from None


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    span = error.retry_after
    return span.total_seconds() if isinstance(span, timedelta) else float(span)


@dataclass(frozen=True, slots=True)
class Wire:
    """What is done with messages in a chat, tried so often while Telegram asks to wait."""

    bot: Brief
    tries: int = 1

    async def send(
        self,
        chat: Chat,
        message: Message,
        *,
        quiet: bool = True,
        to: int | None = None,
        reply: ForceReply | None = None,
    ) -> int:
        """Send a message, in answer `to` another if that is still there, and give its number."""
        if message.picture:
            return await self._send_picture(chat, message, quiet)
        send = partial(
            self.bot.send_message,
            chat.id,
            link_preview_options=NO_PREVIEW,
            disable_notification=quiet,
            reply_parameters=ReplyParameters(to, allow_sending_without_reply=True) if to else None,
            reply_markup=reply or markup(message.rows),
            message_thread_id=chat.thread,
        )
        return (await self._parsed_or_plain(message.page, send)).message_id

    async def send_file(self, chat: Chat, file: Brought, words: Page, *, quiet: bool) -> int:
        """Send a file and give the number of its message; 0 where Telegram does not take it."""
        if not 0 < len(file.content) <= LARGEST:
            return 0
        send = partial(
            self.bot.send_document,
            chat.id,
            file.content,
            filename=file.name,
            caption=plain(words) or None,
            disable_content_type_detection=True,
            disable_notification=quiet,
            message_thread_id=chat.thread,
            read_timeout=UPLOADING,
        )
        try:
            return (await self._insist(send)).message_id
        except NetworkError as error:
            if _says(error, TOO_LARGE) or (isinstance(error, BadRequest) and not _says(error, *GONE)):
                return 0
            raise

    async def edit(self, chat: Chat, number: int, message: Message) -> bool:
        """Show another message in the place of one; False when that is not there to be changed."""
        edit = partial(
            self.bot.change,
            chat.id,
            number,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup(message.rows),
        )
        try:
            await self._parsed_or_plain(message.page, edit)
        except BadRequest as error:
            if not _says(error, SAME, *LOST):
                raise
            return _says(error, SAME)
        return True

    async def delete(self, chat: Chat, number: int) -> None:
        """Take a message away, if that can be done."""
        with suppress(TelegramError):
            await self.bot.delete_message(chat.id, number)

    async def _send_picture(self, chat: Chat, message: Message, quiet: bool) -> int:
        send = partial(
            self.bot.send_photo,
            chat.id,
            message.picture,
            caption=plain(message.page),
            disable_notification=quiet,
            message_thread_id=chat.thread,
        )
        return (await self._insist(send)).message_id

    async def _parsed_or_plain(self, page: Page, act: Callable[..., Awaitable[T]]) -> T:
        try:
            return await self._insist(partial(act, text=html(page), parse_mode=ParseMode.HTML))
        except BadRequest as error:
            if not _says(error, UNPARSED):
                raise
        return await self._insist(partial(act, text=plain(page)))

    async def _insist(self, act: Callable[[], Awaitable[T]]) -> T:
        for _ in range(self.tries - 1):
            try:
                return await act()
            except RetryAfter as error:
                await asyncio.sleep(seconds(error))
            except BadRequest:
                raise
            except NetworkError:
                await asyncio.sleep(1)
        return await act()


def _says(error: TelegramError, *what: str) -> bool:
    return any(each in error.message.lower() for each in what)
