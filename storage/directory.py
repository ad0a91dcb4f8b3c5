"""Across businesses: who a person is, what a chat is about, whose a button is. Nothing else crosses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.members import Member
from bot.platforms import Person, Place
from storage.conversations import tokens
from storage.members import SHAPE as MEMBER
from storage.members import identities, invitations, members
from storage.places import CHAT, Chat, chats
from storage.tables import businesses


@dataclass(frozen=True, slots=True)
class Membership:
    """A person as a member of a business."""

    business: str
    name: str
    member: Member


@dataclass(frozen=True, slots=True)
class Talk:
    """A chat, and the business it is about."""

    business: str
    chat: Chat


class Directory:
    """What may be asked before it is known which business is meant."""

    def __init__(self, connection: sa.Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now

    def memberships(self, person: Person) -> tuple[Membership, ...]:
        """The businesses a person belongs to, by name."""
        columns = [members.c[name] for name in MEMBER.names]
        query = (
            sa.select(businesses.c.id, businesses.c.name, *columns)
            .join_from(identities, members, _same(identities, members, "member"))
            .join(businesses, businesses.c.id == identities.c.business)
            .where(
                identities.c.platform == person.platform,
                identities.c.team == person.team,
                identities.c.person == person.id,
                members.c.left.is_(None),
            )
            .order_by(businesses.c.name, businesses.c.id)
        )
        return tuple(
            Membership(row[0], row[1], MEMBER.value(row[2:])) for row in self.connection.execute(query)
        )

    def talks(self, place: Place) -> tuple[Talk, ...]:
        """What a chat is about, the business last turned to first."""
        is_there = sa.and_(
            chats.c.platform == place.platform, chats.c.team == place.team, chats.c.chat == place.chat
        )
        return self._talks(is_there)

    def talks_of(self, platform: str, team: str) -> tuple[Talk, ...]:
        """Every chat of a team, or of a platform that has no teams."""
        is_of = [chats.c.platform == platform, *([chats.c.team == team] if team else [])]
        return self._talks(sa.and_(*is_of))

    def open_talks(self, platform: str, business: str = "") -> tuple[Talk, ...]:
        """Every chat of a platform, or those about one business, that can be written to."""
        is_open = [chats.c.platform == platform, chats.c.trouble == ""]
        return self._talks(sa.and_(*is_open, *([chats.c.business == business] if business else [])))

    def whose(self, token: str) -> str:
        """The business a button belongs to; empty when there is no such button."""
        found = self.connection.scalar(sa.select(tokens.c.business).where(tokens.c.token == token))
        return found or ""

    def language(self, business: str) -> str:
        """The language a business is spoken to in."""
        return (
            self.connection.scalar(sa.select(businesses.c.language).where(businesses.c.id == business))
            or "en"
        )

    def invites(self, digest: str) -> str:
        """The business that a code would let somebody into; empty when it is unknown, used or too old."""
        good = self._good(digest)
        return self.connection.scalar(sa.select(invitations.c.business).where(good)) or ""

    def redeem(self, digest: str) -> tuple[str, str] | None:
        """Use up a code: the business and the member it links; None when it is unknown, used or too old."""
        good = self._good(digest)
        which = sa.select(invitations.c.business, invitations.c.member).where(good)
        found = self.connection.execute(which).first()
        if (
            found is None
            or not self.connection.execute(sa.update(invitations).where(good).values(used=True)).rowcount
        ):
            return None
        return found[0], found[1]

    def _good(self, digest: str) -> sa.ColumnElement[bool]:
        return sa.and_(
            invitations.c.digest == digest, sa.not_(invitations.c.used), invitations.c.until > self.now
        )

    def _talks(self, where: sa.ColumnElement[bool]) -> tuple[Talk, ...]:
        columns = [chats.c[name] for name in CHAT.names]
        query = sa.select(chats.c.business, *columns).where(where).order_by(chats.c.opened.desc())
        return tuple(Talk(row[0], CHAT.value(row[1:])) for row in self.connection.execute(query))


def _same(many: sa.Table, one: sa.Table, column: str) -> sa.ColumnElement[bool]:
    return sa.and_(many.c.business == one.c.business, many.c[column] == one.c.id)
