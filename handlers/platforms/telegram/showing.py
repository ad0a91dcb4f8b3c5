"""Showing a line in a chat: its messages sent, or changed in place, and each remembered by its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.chat import Handout
from bot.platforms import Drawer, Post
from handlers.platforms.telegram import sheet
from handlers.platforms.telegram.cards import LARGEST, Message, shown
from handlers.platforms.telegram.rich import block
from handlers.platforms.telegram.sheet import Sheet
from handlers.platforms.telegram.topics import Topics
from handlers.platforms.telegram.wire import Chat, Wire
from handlers.platforms.telegram.words import tongue

KEPT = timedelta(days=60)
"""How long a form, or whom a card was about, is remembered."""
KNOWN = 10_000
"""How many things are remembered of what lies in the drawer."""
PICTURE = "p"


@dataclass(frozen=True, slots=True)
class Show:
    """Puts lines into chats. What was sent before something went wrong is taken up again, not sent twice."""

    wire: Wire
    drawer: Drawer
    known: dict[str, str] = field(default_factory=dict)
    """What is known to lie in the drawer, empty where nothing does: so that it need not be asked."""

    async def __call__(self, post: Post, *, quiet: bool) -> str:
        """Show a line and give the numbers of its messages, joined."""
        chat = Chat.of(post.place)
        asked = next((each for each in post.line.card.handouts if each.here), None)
        sent = await (self._brought(post, asked, quiet) if asked else self._shown(post, quiet))
        until = post.line.at + KEPT
        if chat.thread:
            await Topics(self.drawer).note(chat, sent, until)
        if post.line.card.subject:
            await self._note(chat, sent, post.line.card.subject, until)
        return ",".join(sent)

    async def _note(self, chat: Chat, numbers: Sequence[str], subject: str, until: datetime) -> None:
        """Remember whom messages are about."""
        for key in (f"about {chat} {number}" for number in numbers):
            if self.known.get(key) != subject:
                await self.drawer.put(key, subject, until)
                self._know(key, subject)

    async def _half_shown(self, key: str) -> str:
        """The messages that a line had come to when something went wrong."""
        if self.known.get(key) == "":
            return ""
        found = await self.drawer.take(key)
        self._know(key, "")
        return found

    def _know(self, key: str, text: str) -> None:
        if len(self.known) >= KNOWN:
            self.known.clear()
        self.known[key] = text

    async def _brought(self, post: Post, asked: Handout, quiet: bool) -> list[str]:
        """The message that brings the file of a line, or says why that cannot be; nothing changes it."""
        if post.message:
            return post.message.split(",")
        chat, why = Chat.of(post.place), "file_gone"
        if post.file:
            words = (block(part) for part in (post.business, post.line.card.text) if part)
            number = await self.wire.send_file(chat, post.file, tuple(words), quiet=quiet)
            if number:
                return [str(number)]
            why = "file_large" if len(post.file.content) > LARGEST else "file_refused"
        said = Message((block(asked.told(tongue(post.language)[why])),))
        return [str(await self.wire.send(chat, said, quiet=quiet))]

    async def _shown(self, post: Post, quiet: bool) -> list[str]:
        chat = Chat.of(post.place)
        messages, form = await self._drawn(post, chat)
        known = (await self._half_shown(_half(chat, post)) or post.message).split(",")
        sent = await self._put(post, messages, [k for k in known if k], quiet=quiet)
        if form:
            form = replace(form, message=int(sent[-1]))
            await self.drawer.put(form_key(chat, form.form.token), form.data(), form.until)
        return sent

    async def _drawn(self, post: Post, chat: Chat) -> tuple[Sequence[Message], Sheet | None]:
        card = shown(post.line.card, tongue(post.language), post.line.outcome, post.business)
        if card.form is None:
            return card.messages, None
        form = sheet.new_sheet(card.form, post.language, card.head, card.above, card.below)
        form = replace(form, until=post.line.at + KEPT)
        if known := await self.drawer.get(form_key(chat, card.form.token)):
            before = sheet.read(known)
            form = replace(form, answers={} if before.handed else before.answers, person=before.person)
        return (*card.messages, *form.messages()), form

    async def _put(
        self, post: Post, messages: Sequence[Message], known: list[str], *, quiet: bool
    ) -> list[str]:
        chat, sent = Chat.of(post.place), list[str]()
        old = [number for number in known if not number.startswith(PICTURE)]
        sent += [number for number in known if number.startswith(PICTURE)]
        try:
            for message in messages:
                if message.picture and known:
                    continue
                sent.append(
                    await self._one(chat, message, old.pop(0) if old and not message.picture else "", quiet)
                )
        except Exception:
            self.known.pop(_half(chat, post), None)
            await self.drawer.put(_half(chat, post), ",".join([*sent, *old]), post.line.at + KEPT)
            raise
        for number in old:
            await self.wire.delete(chat, int(number))
        return sent

    async def _one(self, chat: Chat, message: Message, number: str, quiet: bool) -> str:
        if number and await self.wire.edit(chat, int(number), message):
            return number
        fresh = await self.wire.send(chat, message, quiet=quiet)
        return f"{PICTURE}{fresh}" if message.picture else str(fresh)


def form_key(chat: Chat, token: str) -> str:
    """Where a form that is shown in a chat is kept."""
    return f"form {chat} {token}"


def _half(chat: Chat, post: Post) -> str:
    return f"half {chat} {post.line.id}"
