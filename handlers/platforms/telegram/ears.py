"""What comes in, taken up in two steps: it is kept, and then the person is answered."""

from __future__ import annotations

import asyncio
from asyncio import Future
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update, User

from bot.chat import Request
from bot.platforms import Attachment, Person, Place, Switchboard, Told
from handlers.platforms.telegram import hearing
from handlers.platforms.telegram.asking import Asking, Question
from handlers.platforms.telegram.hearing import Command, Press
from handlers.platforms.telegram.sheet import BACK, NONE, SUBMIT, Sheet
from handlers.platforms.telegram.speaking import Speaking
from handlers.platforms.telegram.wire import Chat

Rest = Callable[[], Awaitable[object]]
"""What is still to be done once an update is kept."""
LEAVE = frozenset({"cancel", "keep"})
SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update, and from whom and where it came."""

    update: Update
    chat: Chat
    place: Place
    person: Person


@dataclass(frozen=True, slots=True)
class Ears:
    """Takes up updates, those of one chat one at a time; `me` is the bot as Telegram knows it."""

    me: User
    switchboard: Switchboard
    asking: Asking
    speaking: Speaking

    async def take(self, update: Update) -> Rest | None:
        """Keep an update; when this returns it need not come again."""
        if gone := hearing.lost(update):
            await self.switchboard.gone(*gone)
        elif update.callback_query:
            return await self._pressed(update, update.callback_query)
        elif update.message and update.message.migrate_to_chat_id:
            place = hearing.place_of(update.message)
            await self.switchboard.moved(place, str(update.message.migrate_to_chat_id))
        elif update.message and update.message.from_user and hearing.is_for(update.message, self.me):
            return await self._written(update, update.message, update.message.from_user)
        return None

    async def sorry(self, message: MaybeInaccessibleMessage, user: User) -> None:
        """Something went wrong on our side: say so."""
        place = hearing.place_of(message)
        await self.speaking.own(Chat.of(place), hearing.person_of(user), "trouble")

    async def _pressed(self, update: Update, query: CallbackQuery) -> Rest | None:
        if query.message is None:
            return partial(self.speaking.acknowledge, query)
        place = hearing.place_of(query.message)
        came = Incoming(update, Chat.of(place), place, hearing.person_of(query.from_user))
        press = Press.of(query)
        if press.part and (form := await self.asking.form(came.chat, press.token)):
            return await self._part(came, query, form, press.part)
        if press.part not in ("", SUBMIT):
            return partial(self.speaking.acknowledge, query)
        # Nothing is looked up before this is kept: a button has to be quick.
        future = await self._hear(came, Request("", press=press.token, private=True))
        return partial(self._answer_press, came, query, future)

    async def _part(self, came: Incoming, query: CallbackQuery, form: Sheet, part: str) -> Rest:
        """A button of a form: it hands it in, goes back, opens a question, or is one of its options."""
        acknowledged = partial(self.speaking.acknowledge, query)
        if part == BACK:
            return _after(acknowledged, partial(self.asking.show, came.chat, form.closed()))
        if part == SUBMIT and (at := form.wanting()) != NONE:
            return _after(acknowledged, partial(self.asking.ask, came.chat, form, at, came.person))
        if part == SUBMIT:
            return partial(self._answer_press, came, query, await self._hand_in(came, form))
        at, *chosen = (int(number) for number in part.split("."))
        if not chosen:
            return _after(acknowledged, partial(self.asking.ask, came.chat, form, at, came.person))
        form = form.answered(at, form.form.fields[at].options[chosen[0]][0])
        if form.only:
            return partial(self._answer_press, came, query, await self._hand_in(came, form))
        await self.asking.keep(came.chat, form)
        return _after(acknowledged, partial(self._go_on, came, form))

    async def _written(self, update: Update, message: Message, user: User) -> Rest | None:
        if user.is_bot:
            return None
        place = hearing.place_of(message)
        came = Incoming(update, Chat.of(place), place, hearing.person_of(user))
        if file := hearing.attachment_of(message):
            if file.size > hearing.BIGGEST:
                return partial(self.speaking.own, came.chat, came.person, "too_big", name=file.name)
            future = await self._hear(came, Request("", private=True), file)
            return partial(self._answer_words, came, message, future)
        if not message.text:
            unread = message.effective_attachment is not None
            return partial(self.speaking.own, came.chat, came.person, "unreadable") if unread else None
        return await self._words(came, message)

    async def _words(self, came: Incoming, message: Message) -> Rest | None:
        command = hearing.command_of(message, self.me.username or "")
        question = await self._question(came, message)
        if command and command.word in (*LEAVE, SKIP):
            return await self._left(came, message, question, command)
        if question and command is None:
            return await self._answered(came, message, question, message.text or "")
        await self.asking.pass_over(came.chat)
        about = await self._about(came.chat, message)
        request = hearing.request_of(message, self.me.username or "", about)
        return partial(self._answer_words, came, message, await self._hear(came, request))

    async def _question(self, came: Incoming, message: Message) -> Question | None:
        if message.forward_origin:
            return None
        replied = message.reply_to_message.message_id if message.reply_to_message else None
        return await self.asking.question(came.chat, replied)

    async def _about(self, chat: Chat, message: Message) -> str:
        asked = message.reply_to_message
        return await self.switchboard.drawer.get(f"about {chat} {asked.message_id}") if asked else ""

    async def _left(
        self, came: Incoming, message: Message, question: Question | None, command: Command
    ) -> Rest:
        """A question that is not answered: it is skipped, or all stays as it was."""
        if question is None:
            return partial(self.speaking.own, came.chat, came.person, "nothing_asked")
        form = await self.asking.form(came.chat, question.token)
        if form and command.word == SKIP and not form.form.fields[question.at].required:
            return await self._answered(came, message, question, "")
        await self.asking.close(came.chat, question)
        return _after(
            partial(self.speaking.clear, came.chat, question.message),
            partial(self.speaking.own, came.chat, came.person, "kept"),
        )

    async def _answered(self, came: Incoming, message: Message, question: Question, value: str) -> Rest:
        form = await self.asking.form(came.chat, question.token)
        await self.asking.close(came.chat, question)
        if form is None:
            future = await self._hear(came, Request("", press=question.token, private=True))
            return partial(self._answer_words, came, message, future)
        form = form.answered(question.at, value)
        secret = form.form.fields[question.at].kind == "password"
        if form.only:
            cleared = (question.message, message.message_id) if secret else (question.message,)
            future = await self._hand_in(came, form)
            return _after(
                partial(self.speaking.clear, came.chat, *cleared),
                partial(self._answer_words, came, message, future),
            )
        await self.asking.keep(came.chat, form)
        cleared = (
            (question.message, message.message_id) if came.place.direct or secret else (question.message,)
        )
        return _after(partial(self.speaking.clear, came.chat, *cleared), partial(self._go_on, came, form))

    async def _go_on(self, came: Incoming, form: Sheet) -> None:
        """Show what was answered, and ask what is still missing."""
        at = form.wanting()
        if at == NONE or form.form.fields[at].kind != "choice":
            await self.asking.show(came.chat, form)
        if at != NONE:
            await self.asking.ask(came.chat, form, at, came.person)

    async def _hand_in(self, came: Incoming, form: Sheet) -> Future[Told] | None:
        # Forgotten first: the form may come back with errors at once, under the same token.
        await self.asking.forget(came.chat, form)
        return await self._hear(came, Request("", press=form.form.token, values=form.values, private=True))

    async def _hear(self, came: Incoming, request: Request, *files: Attachment) -> Future[Told] | None:
        heard = hearing.heard(came.update, came.place, came.person, request, *files)
        answer = await self.switchboard.hear(heard)
        return asyncio.ensure_future(answer) if answer else None

    async def _answer_press(self, came: Incoming, query: CallbackQuery, future: Future[Told] | None) -> None:
        if future is None:
            await self.speaking.acknowledge(query)
            return
        told = await self.speaking.acknowledge_with(query, future, came.chat, came.person)
        await self.asking.pass_over(came.chat)
        await self._ask(came, told)

    async def _answer_words(self, came: Incoming, message: Message, future: Future[Told] | None) -> None:
        if future is None:
            return
        told = await self.speaking.typing(came.chat, future)
        if told.hint:
            await self.speaking.whisper(came.chat, came.person, told.hint, told.language)
        await self._ask(came, told)

    async def _ask(self, came: Incoming, told: Told) -> None:
        """Where this led to a form, ask its questions."""
        card = told.lines[-1].card if told.lines else None
        # Where there is something to tap, a question would stand in its way.
        if card and card.form and not any(item.button for item in card.items):
            await self.asking.begin(came.chat, card.form.token, came.person)


def _after(*steps: Rest) -> Rest:
    async def go() -> None:
        for step in steps:
            await step()

    return go
