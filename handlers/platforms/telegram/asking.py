"""Asking the questions of a form in a chat, one after another; what is under way lies in the drawer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from telegram import ForceReply
from telegram.constants import ReplyLimit

from bot.chat import Field
from bot.platforms import Drawer, Person
from handlers.platforms.telegram import cards, sheet
from handlers.platforms.telegram.rich import Block, Span, block, pages, seen, shortened
from handlers.platforms.telegram.sheet import NONE, Sheet
from handlers.platforms.telegram.showing import form_key
from handlers.platforms.telegram.wire import Chat, Wire
from handlers.platforms.telegram.words import Tongue

CHANGED = ("text", "area", "email", "date")
"""Kinds of answers that are shown again when they are asked for anew."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was asked in a message: of which form, and which one."""

    token: str
    at: int
    message: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Forms in chats. Every question is a message of its own, answered by a reply to it."""

    wire: Wire
    drawer: Drawer
    silent: set[str] = field(default_factory=set)
    """Chats that are known to have no open question, so that nothing need be looked up or put away."""

    async def form(self, chat: Chat, token: str) -> Sheet | None:
        """A form that is shown in a chat, with its answers so far."""
        kept = await self.drawer.get(form_key(chat, token))
        return sheet.read(kept) if kept else None

    async def keep(self, chat: Chat, form: Sheet) -> None:
        """Remember how far a form is."""
        await self.drawer.put(form_key(chat, form.form.token), form.data(), form.until)

    async def forget(self, chat: Chat, form: Sheet) -> None:
        """A form is handed in, unless it has come back meanwhile, under the same token."""
        now = await self.form(chat, form.form.token)
        if now and now.handed:
            await self.drawer.put(form_key(chat, form.form.token), "")

    async def took(self, delivery: str, question: Question, until: datetime) -> None:
        """Remember that an update was an answer: should it come again, it is no other one, and no words."""
        await self.drawer.put(_taken(delivery), question.token, until)

    async def taken(self, delivery: str) -> str:
        """The form that an update has answered already."""
        return await self.drawer.get(_taken(delivery))

    async def question(self, chat: Chat, replied: int | None) -> Question | None:
        """The question that is answered: by a reply to it, or by the next words where nothing stood."""
        number = str(replied or "") or await self._open(chat)
        kept = await self.drawer.get(_asked(chat, number)) if number else ""
        return Question(**json.loads(kept)) if kept else None

    async def _open(self, chat: Chat) -> str:
        return "" if str(chat) in self.silent else await self.drawer.get(_last(chat))

    async def pass_over(self, chat: Chat) -> None:
        """It was answered, or something else was done: words to come are no answer, unless they reply."""
        if str(chat) not in self.silent:
            await self.drawer.put(_last(chat), "")
            self.silent.add(str(chat))

    async def begin(self, chat: Chat, token: str, person: Person) -> None:
        """Ask what a form needs as soon as it is shown, which may have happened already."""
        await self.drawer.put(_begun(chat, token), json.dumps(asdict(person)))
        if await self.form(chat, token):
            await self.go_on(chat, token)

    async def go_on(self, chat: Chat, token: str) -> None:
        """The form is shown: it is theirs who wait for its questions, and they are asked the first."""
        form = await self.form(chat, token)
        waiting = await self.drawer.take(_begun(chat, token)) if form else ""
        if not (form and waiting):
            return
        person = Person(**json.loads(waiting))
        if chat.id < 0:
            form = replace(form, person=person.id)
            await self.keep(chat, form)
        # Where there is something to tap, a question would stand in its way.
        if not form.above and (at := form.wanting()) != NONE:
            await self.ask(chat, form, at, person)

    async def ask(self, chat: Chat, form: Sheet, at: int, person: Person) -> None:
        """Ask one question: with buttons in the form's own message, or for a reply."""
        question = form.form.fields[at]
        if question.kind == "password" and chat.id < 0:
            # Not before others. Whoever presses for it is told where.
            return
        if question.kind == "choice":
            await self.show(chat, replace(form, choosing=at))
            return
        mention = Span(person.name, f'a href="tg://user?id={person.id}"') if chat.id < 0 else None
        filled = pages(_asks(question, form.values[question.name], form.tongue, mention))
        for page in filled[:-1]:
            await self.wire.send(chat, cards.Message(page))
        hint = ForceReply(selective=True, input_field_placeholder=_placeholder(question))
        number = await self.wire.send(chat, cards.Message(filled[-1]), reply=hint)
        kept = json.dumps(asdict(Question(form.form.token, at, number)))
        await self.drawer.put(_asked(chat, str(number)), kept, form.until)
        # Else a true reply is needed: a stray word must not become a letter, or replace what is there.
        by_words = chat.id > 0 and question.kind != "area" and not seen(form.values[question.name])
        if by_words:
            await self.drawer.put(_last(chat), str(number))
            self.silent.discard(str(chat))
        else:
            await self.pass_over(chat)

    async def show(self, chat: Chat, form: Sheet) -> None:
        """Show a form as it stands now, in its message."""
        await self.keep(chat, form)
        await self.wire.edit(chat, form.message, form.messages()[-1])


def _asks(question: Field, value: str, tongue: Tongue, mention: Span | None) -> Iterator[Block]:
    lead = (mention, ": ") if mention else ()
    yield block(*lead, Span(question.label, "b"))
    if question.error:
        yield block(f"! {question.error}")
    if seen(question.hint):
        yield block(Span(question.hint, "i"), tight=True)
    shows = seen(value) and question.kind in CHANGED
    if shows:
        yield block(tongue["now"])
        yield block(value, wrap="pre", tight=True)
    ways = ("" if shows else tongue["answer"], "" if question.required else tongue["skip"], tongue["cancel"])
    yield block(" ".join(filter(None, ways)))


def _placeholder(question: Field) -> str | None:
    return shortened(question.label, int(ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER)) or None


def _asked(chat: Chat, number: str) -> str:
    return f"asked {chat} {number}"


def _taken(delivery: str) -> str:
    return f"taken {delivery}"


def _last(chat: Chat) -> str:
    return f"last {chat}"


def _begun(chat: Chat, token: str) -> str:
    return f"begun {chat} {token}"
