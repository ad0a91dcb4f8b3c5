"""Where the chats of a business are kept, and which of its lines each has been shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.chat import Posted
from bot.platforms import Place
from storage.conversations import LINE, lines
from storage.ids import new_id
from storage.repository import Listed
from storage.shapes import Shape
from storage.tables import counter, scoped

LEFT = "left"
"""The trouble of a chat whose person is known no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A place where a business is talked about. `nudges`: what comes by itself comes here too.

    `shown` is the revision up to which its lines have been shown; `trouble`: why it cannot be written to.
    `opened` is when it was last turned to this business: of several in one chat the latest is talked about.
    `since` is the place of the last line from before; `member`: who a direct chat is with.
    """

    id: str
    platform: str
    team: str
    chat: str
    direct: bool
    nudges: bool
    opened: datetime
    shown: int = 0
    since: int = 0
    member: str = ""
    trouble: str = ""

    @property
    def place(self) -> Place:
        """The place on its platform."""
        return Place(self.platform, self.chat, self.team, self.direct)


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that shows a line in a chat, and as of which revision."""

    chat: str
    line: str
    message: str
    revision: int


@dataclass(frozen=True, slots=True)
class Pending:
    """A line that a chat has yet to be shown as it is now; `message` shows it as it was."""

    line: Posted
    revision: int
    message: str


CHAT, SHOWN = Shape(Chat), Shape(Shown)
chats = scoped("chats", CHAT, counter("place"), indexes=[("place",)])
posts = scoped(
    "posts", SHOWN, key=["chat", "line"], refs={"chat": "chats", "line": "lines"}, indexes=[("line",)]
)
sa.Index("chats_where", chats.c.platform, chats.c.chat, chats.c.team)


class Places(Listed[Chat]):
    """The chats of one business, in the order they were linked."""

    noun = "chat"
    table = chats
    shape = CHAT

    def at(self, place: Place) -> Chat | None:
        """The chat at a place, if the business is talked about there."""
        found = self._where(_is_at(place))
        return found[0] if found else None

    def open(self, place: Place, *, nudges: bool, member: str = "") -> Chat:
        """Talk about this business at a place from now on; what was said before is not shown there."""
        if known := self.at(place):
            again: dict[str, Any] = {"opened": self.scope.now, "trouble": "", "member": member}
            if known.trouble == LEFT:
                again |= {"shown": self.latest("revision"), "since": self.latest("place")}
            self.scope.update(chats, chats.c.id == known.id, again)
            return self.get(known.id)
        chat = Chat(
            id=new_id(),
            platform=place.platform,
            team=place.team,
            chat=place.chat,
            direct=place.direct,
            nudges=nudges,
            opened=self.scope.now,
            shown=self.latest("revision"),
            since=self.latest("place"),
            member=member,
        )
        self.scope.insert(chats, CHAT.row(chat))
        return chat

    def only(self, chat: str) -> bool:
        """Let what comes by itself come to this chat alone of its platform; whether there is one."""
        found = self.among([chat])
        for each in found:
            self.scope.update(chats, chats.c.platform == each.platform, {"nudges": False})
            self.scope.update(chats, chats.c.id == each.id, {"nudges": True})
        return bool(found)

    def off(self, chat: str) -> None:
        """Let nothing come by itself to a chat any more."""
        self.scope.update(chats, chats.c.id == chat, {"nudges": False})

    def follow(self, member: str, *, nudges: bool) -> None:
        """Let what comes by itself come, or not come, to the chats of one person."""
        self.scope.update(chats, sa.and_(chats.c.member == member, chats.c.direct), {"nudges": nudges})

    def trouble(self, chat: str, reason: str) -> bool:
        """Note that a chat cannot be written to; whether that is news."""
        is_news = sa.and_(chats.c.id == chat, chats.c.trouble != reason)
        return self.scope.update(chats, is_news, {"trouble": reason}) == 1

    def move(self, chat: str, name: str) -> None:
        """A chat goes by another name on its platform; its messages stay behind, and nothing edits them.

        Where the talk goes on there already, the old chat is gone.
        """
        if self.at(replace(self.get(chat).place, chat=name)):
            self.trouble(chat, "gone")
            return
        self.scope.update(chats, chats.c.id == chat, {"chat": name})
        self.scope.update(posts, posts.c.chat == chat, {"message": ""})

    def pending(self, chat: Chat, limit: int = 20) -> tuple[Pending, ...]:
        """The lines to show next in a chat, oldest first: asked there, come by themselves, or changed.

        What is spent already is not shown to a chat that never saw it alive.
        """
        mine = sa.and_(
            posts.c.business == lines.c.business, posts.c.line == lines.c.id, posts.c.chat == chat.id
        )
        belongs = [lines.c.asked_in == chat.id, posts.c.message.is_not(None)]
        if chat.nudges:
            belongs.append(sa.and_(lines.c.asked_in == "", lines.c.place > chat.since))
        columns = [lines.c[name] for name in LINE.names]
        query = (
            self.scope.select(lines, *columns, lines.c.revision, posts.c.message)
            .join_from(lines, posts, mine, isouter=True)
            .where(lines.c.revision > chat.shown, sa.not_(lines.c.mine), sa.or_(*belongs))
            .where(sa.or_(sa.not_(lines.c.closed), posts.c.message != ""))
            .where(sa.or_(posts.c.revision.is_(None), posts.c.revision < lines.c.revision))
            .order_by(lines.c.place)
            .limit(limit)
        )
        return tuple(Pending(LINE.value(row), row[-2], row[-1] or "") for row in self.scope.rows(query))

    def show(self, chat: str, line: str, message: str, revision: int) -> None:
        """Note which message shows a line, as of a revision."""
        row = SHOWN.row(Shown(chat, line, message, revision))
        if not self.scope.insert_once(posts, row, ("chat", "line")):
            self.scope.update(posts, sa.and_(posts.c.chat == chat, posts.c.line == line), row)

    def is_shown(self, chat: str, line: str) -> bool:
        """Whether a line has been shown in a chat."""
        at = sa.and_(posts.c.chat == chat, posts.c.line == line)
        return bool(self.scope.rows(self.scope.select(posts, posts.c.line).where(at)))

    def caught_up(self, chat: Chat) -> bool:
        """Note that a chat has been shown everything; False when there is more by now."""
        if self.pending(chat, 1):
            return False
        self.scope.update(chats, chats.c.id == chat.id, {"shown": self.latest("revision")})
        return True

    def latest(self, column: str) -> int:
        """The highest place or revision of any line."""
        highest = sa.func.coalesce(sa.func.max(lines.c[column]), 0)
        return int(self.scope.rows(self.scope.select(lines, highest))[0][0])


def _is_at(place: Place) -> sa.ColumnElement[bool]:
    return sa.and_(chats.c.platform == place.platform, chats.c.team == place.team, chats.c.chat == place.chat)
