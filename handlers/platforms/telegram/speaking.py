"""What is said on the side: a press acknowledged, a word for one person alone, and our own few words."""

from __future__ import annotations

import asyncio
from asyncio import Future
from collections.abc import Mapping
from dataclasses import dataclass, field

from telegram import CallbackQuery
from telegram.constants import CallbackQueryLimit, ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.chat import Card
from bot.platforms import Person, Told
from handlers.platforms.telegram.cards import Message, shown
from handlers.platforms.telegram.keys import Key, rows
from handlers.platforms.telegram.rich import block, plain, size
from handlers.platforms.telegram.wire import Chat, Wire
from handlers.platforms.telegram.words import tongue

PROMPT, FEW = 0.15, 4
"""Seconds that a press waits, while few do, for its answer: a short no can then be shown over the chat."""
TOAST = 60
"""A longer word stays until it is read."""
SLOW = 0.7


@dataclass(frozen=True, slots=True)
class Speaking:
    """Speaks to people; `languages` are those of the chats that were shown something."""

    wire: Wire
    username: str
    languages: Mapping[str, str]
    waiting: set[Future[Told]] = field(default_factory=set)

    async def acknowledge(self, query: CallbackQuery, text: str = "") -> bool:
        """Tell Telegram that the press has come; False when it does not wait for that any more."""
        try:
            return await query.answer(text or None, show_alert=len(text) > TOAST)
        except TelegramError:
            return False

    async def acknowledge_with(
        self, query: CallbackQuery, future: Future[Told], chat: Chat, person: Person
    ) -> Told:
        """Acknowledge a press at once, with its hint if that is short and there in time."""
        self.waiting.add(future)
        future.add_done_callback(self.waiting.discard)
        done, _ = await asyncio.wait([future], timeout=PROMPT if len(self.waiting) <= FEW else 0)
        hint = future.result().hint if done and not future.exception() else None
        short = _short(hint, future.result().language) if hint else ""
        over = await self.acknowledge(query, short)
        told = await future
        if told.hint and not (short and over):
            await self.whisper(chat, person, told.hint, told.language)
        return told

    async def typing(self, chat: Chat, future: Future[Told]) -> Told:
        """What came of it; where that takes a moment, show that Purr is at it."""
        done, _ = await asyncio.wait([future], timeout=SLOW)
        if not done:
            await self._show_typing(chat)
        return await future

    async def whisper(self, chat: Chat, person: Person, hint: Card, language: str) -> None:
        """A card for one person's eyes: in their own chat, wherever they asked."""
        alone = Chat(int(person.id))
        try:
            for message in shown(hint, tongue(language)).messages:
                await self.wire.send(chat if chat.id == alone.id else alone, message, quiet=False)
        except (Forbidden, BadRequest):
            if chat.id == alone.id:
                raise
            words = tongue(language)
            way = rows([Key(words["open"], url=f"https://t.me/{self.username}")])
            await self.wire.send(chat, Message((block(words["whisper"]),), way))

    def word(self, chat: Chat, person: Person, key: str) -> str:
        """Words of our own, in the language of the chat or, before that is known, of the person."""
        return tongue(self._language(chat, person))[key]

    async def own(self, chat: Chat, person: Person, key: str, **facts: str) -> None:
        """A sentence of our own."""
        words = self.word(chat, person, key).format(**facts)
        await self.wire.send(chat, Message((block(words),)), quiet=False)

    async def aside(self, chat: Chat, person: Person, key: str) -> None:
        """A sentence of our own, for one person's eyes."""
        await self.whisper(chat, person, Card(self.word(chat, person, key)), self._language(chat, person))

    async def clear(self, chat: Chat, *numbers: int) -> None:
        """Take messages away that have served."""
        for number in numbers:
            await self.wire.delete(chat, number)

    def _language(self, chat: Chat, person: Person) -> str:
        return self.languages.get(str(chat), person.language)

    async def _show_typing(self, chat: Chat) -> None:
        try:
            await self.wire.bot.send_chat_action(chat.id, ChatAction.TYPING, message_thread_id=chat.thread)
        except TelegramError:
            return


def _short(hint: Card, language: str) -> str:
    """A hint on one screen over the chat; empty when it needs more room, or buttons."""
    card = shown(hint, tongue(language))
    text = "\n\n".join(plain(message.page) for message in card.messages)
    pressed = any(message.rows for message in card.messages)
    return text if not pressed and size(text) <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH else ""
