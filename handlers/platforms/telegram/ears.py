"""What comes in, taken up in two steps: it is kept, and then the person is answered."""

from __future__ import annotations

import asyncio
from asyncio import Future
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Literal

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update, User

from bot.chat import Request
from bot.platforms import Attachment, Heard, Person, Place, Switchboard, Told
from handlers.platforms.telegram import hearing
from handlers.platforms.telegram.asking import Asking, Question
from handlers.platforms.telegram.hearing import Command, Press
from handlers.platforms.telegram.sheet import BACK, NONE, SUBMIT, Sheet
from handlers.platforms.telegram.speaking import OFTEN, Speaking
from handlers.platforms.telegram.topics import Topics
from handlers.platforms.telegram.wire import Chat

Rest = Callable[[], Awaitable[object]]
"""What is still to be done once an update is kept."""
LEAVE = frozenset({"cancel", "keep"})
SKIP = "skip"
COMES_AGAIN = timedelta(days=7)
"""How long Telegram may bring an update again, with room to spare."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update by its name, and from whom and where it came."""

    delivery: str
    chat: Chat
    place: Place
    person: Person

    def may_fill(self, form: Sheet) -> bool:
        """Whether the form is theirs: in a group it is filled in by the one who asked for it."""
        return self.place.direct or form.person == self.person.id


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
            await self._gone(*gone)
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

    async def _gone(self, place: Place, reason: Literal["blocked", "gone"]) -> None:
        """A chat is lost, with every topic that it has."""
        topics = () if place.direct else await Topics(self.switchboard.drawer).of(int(place.chat))
        for lost in (place, *(replace(place, chat=f"{place.chat}/{topic}") for topic in topics)):
            await self.switchboard.gone(lost, reason)

    async def _place(self, message: MaybeInaccessibleMessage) -> Place:
        """Where a message is; one that is old does not say in which topic."""
        place = hearing.place_of(message)
        if place.direct or message.is_accessible:
            return place
        topic = await Topics(self.switchboard.drawer).where(int(place.chat), message.message_id)
        return replace(place, chat=f"{place.chat}/{topic}") if topic else place

    async def _pressed(self, update: Update, query: CallbackQuery) -> Rest | None:
        if query.message is None:
            return partial(self.speaking.acknowledge, query)
        place = await self._place(query.message)
        came = self._incoming(update, place, query.from_user)
        press = Press.of(query)
        if press.part:
            return await self._part(came, query, press)
        # Nothing is looked up before this is kept: a button has to be quick.
        future = await self._hear(came, Request("", press=press.token, private=True))
        return partial(self._answer_press, came, query, future)

    async def _part(self, came: Incoming, query: CallbackQuery, press: Press) -> Rest:
        """A button of a form: it hands it in, goes back, opens a question, or is one of its options."""
        form = await self.asking.form(came.chat, press.token)
        if form is None:
            return self._no(came, query, "form_gone")
        if not came.may_fill(form):
            return self._no(came, query, "form_theirs")
        if press.part == BACK:
            shown = partial(self.asking.show, came.chat, form.closed())
            return _after(partial(self.speaking.acknowledge, query), shown)
        if press.part == SUBMIT and (at := form.wanting()) != NONE:
            return self._opened(came, query, form, at)
        if press.part == SUBMIT:
            return partial(self._answer_press, came, query, await self._hand_in(came, form))
        at, *chosen = (int(number) for number in press.part.split("."))
        if not chosen:
            return self._opened(came, query, form, at)
        return await self._chosen(came, query, form.answered(at, form.form.fields[at].options[chosen[0]][0]))

    def _opened(self, came: Incoming, query: CallbackQuery, form: Sheet, at: int) -> Rest:
        if form.form.fields[at].kind == "password" and not came.place.direct:
            return self._no(came, query, "form_secret")
        asked = partial(self.asking.ask, came.chat, form, at, came.person)
        return _after(partial(self.speaking.acknowledge, query), asked)

    async def _chosen(self, came: Incoming, query: CallbackQuery, form: Sheet) -> Rest:
        if form.only:
            return partial(self._answer_press, came, query, await self._hand_in(came, form))
        await self.asking.keep(came.chat, form)
        return _after(partial(self.speaking.acknowledge, query), partial(self._go_on, came, form))

    def _no(self, came: Incoming, query: CallbackQuery, key: str) -> Rest:
        return partial(self.speaking.acknowledge, query, self.speaking.word(came.chat, came.person, key))

    async def _written(self, update: Update, message: Message, user: User) -> Rest | None:
        if user.is_bot:
            return None
        place = hearing.place_of(message)
        came = self._incoming(update, place, user)
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
        if token := await self.asking.taken(came.delivery):
            return partial(self._gone_on, came, token)
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
        if form and not came.may_fill(form):
            return partial(self.speaking.aside, came.chat, came.person, "form_theirs")
        if form and command.word == SKIP and not form.form.fields[question.at].required:
            return await self._answered(came, message, question, "")
        await self.asking.pass_over(came.chat)
        return _after(
            partial(self.speaking.clear, came.chat, question.message),
            partial(self.speaking.own, came.chat, came.person, "kept"),
        )

    async def _answered(self, came: Incoming, message: Message, question: Question, value: str) -> Rest:
        form = await self.asking.form(came.chat, question.token)
        if form is None:
            await self.asking.pass_over(came.chat)
            return partial(self.speaking.aside, came.chat, came.person, "form_gone")
        if not came.may_fill(form):
            return partial(self.speaking.aside, came.chat, came.person, "form_theirs")
        form = form.answered(question.at, value)
        secret = form.form.fields[question.at].kind == "password"
        also = (message.message_id,) if secret or (came.place.direct and not form.only) else ()
        rest: Rest = partial(self._go_on, came, form)
        if form.only:
            rest = partial(self._answer_words, came, message, await self._hand_in(came, form))
        else:
            await self.asking.keep(came.chat, form)
        await self.asking.took(came.delivery, question, message.date + COMES_AGAIN)
        await self.asking.pass_over(came.chat)
        return _after(partial(self.speaking.clear, came.chat, question.message, *also), rest)

    async def _gone_on(self, came: Incoming, token: str) -> None:
        """An answer has come again, perhaps since Purr was stopped in the middle of it."""
        if form := await self.asking.form(came.chat, token):
            await self._go_on(came, form)

    async def _go_on(self, came: Incoming, form: Sheet) -> None:
        """Show what was answered, and ask what is still missing."""
        at = form.wanting()
        if at == NONE or form.form.fields[at].kind != "choice":
            await self.asking.show(came.chat, form)
        if at != NONE:
            await self.asking.ask(came.chat, form, at, came.person)

    async def _hand_in(self, came: Incoming, form: Sheet) -> Future[Told] | None:
        # Its answers stay until they are kept elsewhere; but the form may come back at once, without them.
        await self.asking.keep(came.chat, replace(form, handed=True))
        request = Request("", press=form.form.token, values=form.values, private=True)
        future = await self._hear(came, request)
        await self.asking.forget(came.chat, form)
        return future

    async def _hear(self, came: Incoming, request: Request, *files: Attachment) -> Future[Told] | None:
        answer = await self.switchboard.hear(Heard(came.delivery, came.place, came.person, request, files))
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
        command = hearing.command_of(message, self.me.username or "")
        brought = command is not None and command.word == "start" and bool(command.rest)
        await self.speaking.tell(came.chat, came.person, told, OFTEN if brought else 1)
        await self._ask(came, told)

    async def _ask(self, came: Incoming, told: Told) -> None:
        """Where this led to a form, ask its questions; lists that were brought up to date may come after."""
        forms = (line.card.form for line in reversed(told.lines) if line.card.form and not line.outcome)
        if form := next(forms, None):
            await self.asking.begin(came.chat, form.token, came.person)

    def _incoming(self, update: Update, place: Place, user: User) -> Incoming:
        delivery = hearing.delivery_of(update, self.me)
        return Incoming(delivery, Chat.of(place), place, hearing.person_of(user))


def _after(*steps: Rest) -> Rest:
    async def go() -> None:
        for step in steps:
            await step()

    return go
