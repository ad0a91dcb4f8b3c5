"""What each chat has yet to be shown, as the books tell it; noted once it is shown, or cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.chat import Posted
from bot.platforms import Place, Post
from handlers.conversation import Conversation, told
from storage.books import Books
from storage.directory import Talk
from storage.engine import Database
from storage.places import Chat


@dataclass(frozen=True, slots=True)
class Due:
    """A line to show, as of a revision."""

    post: Post
    revision: int


@dataclass(frozen=True, slots=True)
class Round:
    """The lines to show next in a chat."""

    business: str
    chat: str
    posts: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Outbox:
    """What the couriers ask and note; `publish` hears of lines that are said because of trouble."""

    database: Database
    conversation: Conversation
    now: Callable[[], datetime]
    publish: Callable[[str, tuple[Posted, ...]], None]
    title: Callable[[str], str]

    def pending(self, talk: Talk) -> Round:
        """The lines to show next in a chat; when there are none, that is noted too."""
        with self.database.directory(self.now()) as directory:
            talks = directory.talks(talk.chat.place)
        several = len(talks) > 1
        with self.database.books(talk.business, self.now()) as books:
            chat = books.places.get(talk.chat.id)
            if books.business.example and talks[0].business != talk.business:
                chat = replace(chat, nudges=False)
            found = () if chat.trouble else books.places.pending(chat)
            if not found:
                books.places.caught_up(chat)
            lines = told((each.line for each in found), books.business)
            posts = tuple(
                Due(_post(books, chat, line, each.message, several), each.revision)
                for line, each in zip(lines, found, strict=True)
            )
        return Round(talk.business, chat.id, posts)

    def shown(self, round_: Round, post: Post, message: str, revision: int) -> None:
        """Note which message shows a line."""
        with self.database.books(round_.business, self.now()) as books:
            books.places.show(round_.chat, post.line.id, message, revision)

    def moved(self, post: Post, chat: str) -> Post:
        """Note that a chat goes by another name; the post as it goes there."""
        self.rename(post.place, chat)
        return replace(post, place=replace(post.place, chat=chat), message="")

    def rename(self, place: Place, chat: str) -> None:
        """Note that a chat goes by another name."""
        with self.database.directory(self.now()) as directory:
            talks = directory.talks(place)
        for talk in talks:
            with self.database.books(talk.business, self.now()) as books:
                books.places.move(talk.chat.id, chat)

    def mended(self, platform: str) -> None:
        """A platform is connected: where its token was not accepted, it is tried anew."""
        with self.database.directory(self.now()) as directory:
            talks = directory.talks_of(platform, "")
        for talk in (talk for talk in talks if talk.chat.trouble == "token"):
            with self.database.books(talk.business, self.now()) as books:
                books.places.trouble(talk.chat.id, "")

    def lost(self, place: Place, reason: Literal["blocked", "gone", "token"]) -> None:
        """Note that a place, or with `token` its whole team, is lost; the owner is told elsewhere."""
        with self.database.directory(self.now()) as directory:
            talks = (
                directory.talks_of(place.platform, place.team)
                if reason == "token"
                else directory.talks(place)
            )
        for business in dict.fromkeys(talk.business for talk in talks):
            self._tell(business, [t.chat for t in talks if t.business == business], place.platform, reason)

    def _tell(self, business: str, chats: list[Chat], platform: str, reason: str) -> None:
        with self.database.books(business, self.now()) as books:
            news = [books.places.trouble(chat.id, reason) for chat in chats]
            if not any(news):
                return
            desk = self.conversation.desk(books)
            card = desk.card("platform_trouble", {"platform": self.title(platform), "reason": reason})
            said = self.conversation.post(books, card)
        self.publish(business, said)


def _post(books: Books, chat: Chat, line: Posted, message: str, several: bool) -> Post:
    about = books.customers.among([line.card.subject]) if line.card.subject else ()
    return Post(
        place=chat.place,
        line=line,
        language=books.business.language,
        message=message,
        about=about[0].name if about else "",
        business=books.business.name if several else "",
    )
