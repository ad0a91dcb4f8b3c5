"""Where the people of a business are kept, how each is known on a platform, and the codes that link them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.members import OWNER, Member
from bot.parties import Business
from bot.platforms import Person
from bot.workdays import local_day
from storage.places import LEFT, chats
from storage.repository import Repository
from storage.scope import Scope
from storage.shapes import Shape
from storage.tables import counter, scoped


@dataclass(frozen=True, slots=True)
class Identity:
    """A member as a platform knows them."""

    platform: str
    team: str
    person: str
    name: str
    member: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code by which a member is linked, known by its digest alone; good once and for a while."""

    digest: str
    member: str
    until: datetime
    used: bool = False


SHAPE, IDENTITY, INVITATION = Shape(Member), Shape(Identity), Shape(Invitation)
members = scoped("members", SHAPE, counter("place"), indexes=[("place",)])
identities = scoped(
    "identities",
    IDENTITY,
    key=["platform", "team", "person"],
    refs={"member": "members"},
    indexes=[("member",)],
)
invitations = scoped(
    "invitations", INVITATION, key=["digest"], refs={"member": "members"}, indexes=[("member",)]
)
sa.Index("identities_person", identities.c.platform, identities.c.person, identities.c.team)
sa.Index("invitations_digest", invitations.c.digest)


class Members(Repository[Member]):
    """The people of one business, in the order they came."""

    noun = "member"
    table = members
    shape = SHAPE

    def __init__(self, scope: Scope, business: Business) -> None:
        super().__init__(scope)
        self._business = business

    def owner(self) -> Member:
        """The owner, who is a member from the first time this is asked."""
        known = self.among([OWNER])
        if known:
            return known[0]
        day = local_day(self.scope.now, self._business.zone)
        first = Member(id=OWNER, name=self._business.owner, role="owner", added=day)
        self.add(first)
        return first

    def invite(self, member: str, digest: str, until: datetime) -> None:
        """Let a code link a member, known by its digest; earlier codes of theirs are void."""
        self._void(member)
        self.scope.insert(invitations, INVITATION.row(Invitation(digest, member, until)))

    def link(self, member: str, person: Person) -> None:
        """Know a member by this person of a platform from now on."""
        row = IDENTITY.row(Identity(person.platform, person.team, person.id, person.name, member))
        key = ("platform", "team", "person")
        if not self.scope.insert_once(identities, row, key):
            same = sa.and_(*(identities.c[name] == row[name] for name in key))
            self.scope.update(identities, same, row)

    def identities(self, member: str) -> tuple[Person, ...]:
        """The persons a member is known as."""
        columns = [identities.c[name] for name in IDENTITY.names]
        found = self.scope.select(identities, *columns).where(identities.c.member == member)
        known = (IDENTITY.value(row) for row in self.scope.rows(found.order_by(identities.c.platform)))
        return tuple(Person(each.platform, each.person, each.team, each.name) for each in known)

    def forget(self, member: str) -> None:
        """Unlink a member everywhere, and void their codes; nothing comes to their own chats any more."""
        self.scope.delete(identities, identities.c.member == member)
        self.scope.update(chats, chats.c.member == member, {"trouble": LEFT})
        self._void(member)

    def _void(self, member: str) -> None:
        self.scope.update(invitations, invitations.c.member == member, {"used": True})
