"""What each chat has yet to be shown, as the books tell it; noted once it is shown, or cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.chat import Posted
from bot.platforms import Brought, Place, Post
from handlers.conversation import Conversation, told
from handlers.desk import handouts
from storage.books import Books
from storage.directory import Talk
from storage.engine import Database
from storage.places import Chat

NAGGING = timedelta(days=1)
"""How often an owner is told at most that a platform does not work."""


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
    """What the couriers ask and note; `publish` hears of lines that are said because of trouble.

    `_tried` are the teams whose token is tried anew: that it is still not accepted is no news.
    """

    database: Database
    conversation: Conversation
    now: Callable[[], datetime]
    publish: Callable[[str, tuple[Posted, ...]], None]
    title: Callable[[str], str]
    _tried: set[tuple[str, str]] = field(default_factory=set)

    def pending(self, talk: Talk) -> Round:
        """The lines to show next in a chat; when there are none, that is noted too."""
        with self.database.directory(self.now()) as directory:
            talks = directory.talks(talk.chat.place)
        several = len(talks) > 1
        with self.database.books(talk.business, self.now()) as books:
            chat = books.places.get(talk.chat.id)
            if books.business.example and any(each.business != talk.business for each in talks[:1]):
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

    def laden(self, round_: Round, post: Post) -> Post:
        """The post with the file that it brings; a line that is shown already has brought it."""
        brought = next((h for h in post.line.card.handouts if h.here), None)
        if brought is None or post.message:
            return post
        with self.database.books(round_.business, self.now()) as books:
            file = handouts.found(brought.ref, books)
        return replace(post, file=Brought(file.name, file.content)) if file else post

    def shown(self, round_: Round, post: Post, message: str, revision: int) -> None:
        """Note which message shows a line; whatever its team was lost for is over."""
        self._tried.discard((post.place.platform, post.place.team))
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

    def mended(self, place: Place) -> None:
        """The token of a team is accepted again: what it missed is shown."""
        talks = self._without_token(place)
        self._tried.discard((place.platform, place.team))
        self._reopen(talks)
        for business in dict.fromkeys(talk.business for talk in talks):
            self.publish(business, ())

    def try_anew(self, platform: str) -> None:
        """A platform is connected: where its token was not accepted, it is tried anew."""
        talks = self._without_token(Place(platform, ""))
        self._tried.update((platform, talk.chat.team) for talk in talks)
        self._reopen(talks)

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

    def broken(self, platform: str, businesses: Sequence[str] = ()) -> None:
        """Tell the owners, or some of them, that a platform does not work: at most once a day."""
        with self.database.directory(self.now()) as directory:
            talks = directory.talks_of(platform, "")
        for business in businesses or dict.fromkeys(talk.business for talk in talks):
            if self._is_news(f"{platform} is broken: {business}"):
                with self.database.books(business, self.now()) as books:
                    said = self._say(books, platform, "broken")
                self.publish(business, said)

    def _is_news(self, what: str) -> bool:
        now = self.now()
        with self.database.drawer("switchboard", now) as drawer:
            if drawer.get(what):
                return False
            drawer.put(what, "told", now + NAGGING)
        return True

    def _without_token(self, place: Place) -> list[Talk]:
        with self.database.directory(self.now()) as directory:
            talks = directory.talks_of(place.platform, place.team)
        return [talk for talk in talks if talk.chat.trouble == "token"]

    def _reopen(self, talks: Sequence[Talk]) -> None:
        for talk in talks:
            with self.database.books(talk.business, self.now()) as books:
                books.places.trouble(talk.chat.id, "")

    def _tell(self, business: str, chats: list[Chat], platform: str, reason: str) -> None:
        with self.database.books(business, self.now()) as books:
            lost = [chat for chat in chats if books.places.trouble(chat.id, reason)]
            known = self._tried if reason == "token" else ()
            if all((platform, chat.team) in known for chat in lost):
                return
            said = self._say(books, platform, reason)
        self.publish(business, said)

    def _say(self, books: Books, platform: str, reason: str) -> tuple[Posted, ...]:
        desk = self.conversation.desk(books)
        card = desk.card("platform_trouble", {"platform": self.title(platform), "reason": reason})
        return self.conversation.post(books, card)


def _post(books: Books, chat: Chat, line: Posted, message: str, several: bool) -> Post:
    subject = line.card.subject
    about = books.customers.among([books.joins.heir(subject)]) if subject else ()
    return Post(
        place=chat.place,
        line=line,
        language=books.business.language,
        message=message,
        about=about[0].name if about else "",
        business=books.business.name if several else "",
    )
