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
HOUR = 3600.0
OFTEN = 5
"""How often an hour one person is told the same: that a code is none, or that something cannot be read."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """Speaks to people; `languages` are those of the chats that were shown something."""

    wire: Wire
    username: str
    languages: Mapping[str, str]
    waiting: set[Future[Told]] = field(default_factory=set)
    lately: dict[str, float] = field(default_factory=dict)
    """What is not said again within the hour, and when it was said."""

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
        if not (short and over):
            await self.tell(chat, person, told)
        return told

    async def tell(self, chat: Chat, person: Person, told: Told, times: int = 1) -> None:
        """The hint of an answer, if it has one; to a stranger the same one so many times an hour."""
        if told.hint and (told.business or self._may_say(f"{person.id} {told.hint.text}", times)):
            await self.whisper(chat, person, told.hint, told.language)

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
            if not self._may_say(f"{chat} {person.id} whisper"):
                return
            words = tongue(language)
            way = rows([Key(words["open"], url=f"https://t.me/{self.username}")])
            await self.wire.send(chat, Message((block(words["whisper"]),), way))

    def word(self, chat: Chat, person: Person, key: str) -> str:
        """Words of our own, in the language of the chat or, before that is known, of the person."""
        return tongue(self._language(chat, person))[key]

    async def own(self, chat: Chat, person: Person, key: str, **facts: str) -> None:
        """A sentence of our own, to whoever does not make us say it all the time."""
        if not self._may_say(f"{person.id} {key}", OFTEN):
            return
        words = self.word(chat, person, key).format(**facts)
        await self.wire.send(chat, Message((block(words),)), quiet=False)

    async def aside(self, chat: Chat, person: Person, key: str) -> None:
        """A sentence of our own, for one person's eyes; in a group, where others may write, once an hour."""
        if chat.id < 0 and not self._may_say(f"{person.id} {key}"):
            return
        await self.whisper(chat, person, Card(self.word(chat, person, key)), self._language(chat, person))

    async def clear(self, chat: Chat, *numbers: int) -> None:
        """Take messages away that have served."""
        for number in numbers:
            await self.wire.delete(chat, number)

    def _may_say(self, what: str, times: int = 1) -> bool:
        """Whether it was not said so many times within the hour; then it is from now on."""
        now = asyncio.get_running_loop().time()
        for old in [said for said, at in self.lately.items() if now - at > HOUR]:
            del self.lately[old]
        free = next((said for n in range(times) if (said := f"{n} {what}") not in self.lately), "")
        if free:
            self.lately[free] = now
        return bool(free)

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
