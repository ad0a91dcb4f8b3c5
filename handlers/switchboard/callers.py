"""Who calls, and about which business: told by the person, the place and the button."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.chat import Role
from bot.errors import Refusal
from bot.parties import own
from bot.platforms import Heard, Person, Place
from storage.directory import Directory, Membership, Talk

TRIES, WINDOW = 6, timedelta(hours=1)
"""How many wrong codes a person may try in how long a time."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A person as a member of the business that is meant; `others` are the businesses they may turn to."""

    business: str
    who: str
    role: Role
    member: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Attempts:
    """Wrong codes, counted by person, so that none is found by trying."""

    _of: dict[Person, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, person: Person, now: datetime) -> None:
        """Refuse a person who has tried too often."""
        tried = self._of[_bare(person)]
        while tried and now - tried[0] > WINDOW:
            tried.popleft()
        if len(tried) >= TRIES:
            raise Refusal("too_many_codes")

    def wrong(self, person: Person, now: datetime) -> None:
        """Note a wrong code."""
        self._of[_bare(person)].append(now)


def _bare(person: Person) -> Person:
    return Person(person.platform, person.id, person.team)


def caller(heard: Heard, directory: Directory) -> Caller | None:
    """Who calls; None for a stranger. Refused when a button or a channel is not theirs to use."""
    known = directory.memberships(heard.person)
    return _as(known, _meant(heard, known, directory), heard) if known else None


def as_member(heard: Heard, business: str, directory: Directory) -> Caller:
    """A person as they are known in a business; refused where they are not."""
    return _as(directory.memberships(heard.person), business, heard)


def _as(known: Sequence[Membership], business: str, heard: Heard) -> Caller:
    found = next((m for m in known if m.business == own(business)), None)
    if found is None:
        raise Refusal("place_unknown")
    others = tuple((m.business, m.name) for m in known if m.business != business and heard.place.direct)
    return Caller(business, found.member.name, found.member.role, found.member.id, others)


def _meant(heard: Heard, known: Sequence[Membership], directory: Directory) -> str:
    """The business that is meant: the button's, the chat's, or the only one there is."""
    theirs = {m.business for m in known}
    talks = _alive(directory.talks(heard.place), heard.place)
    if heard.request.press:
        whose = directory.whose(heard.request.press)
        is_here = heard.place.direct or whose in {t.business for t in talks}
        if own(whose) not in theirs or not is_here:
            raise Refusal("button_unknown")
        return whose
    if not heard.place.direct:
        return _of_channel(heard, known, talks)
    return next((t.business for t in talks if own(t.business) in theirs), known[0].business)


def _alive(talks: Sequence[Talk], place: Place) -> Sequence[Talk]:
    """What a place is about; a channel that Purr was taken out of is about nothing any more."""
    return talks if place.direct else [talk for talk in talks if talk.chat.trouble != "gone"]


def _of_channel(heard: Heard, known: Sequence[Membership], talks: Sequence[Talk]) -> str:
    """A channel is about one business; the first owner who speaks there says which, if they have several."""
    if talks:
        if talks[0].business not in {m.business for m in known}:
            raise Refusal("place_unknown")
        return talks[0].business
    mine = [m for m in known if m.member.role == "owner"]
    named = _named(heard.request.text, mine) or mine
    if len(named) != 1:
        raise Refusal("place_unknown")
    return named[0].business


def _named(text: str, known: Iterable[Membership]) -> list[Membership]:
    """The businesses whose name stands in a text as words of its own."""
    return [
        m for m in known if m.name and re.search(rf"(?<!\w){re.escape(m.name)}(?!\w)", text, re.IGNORECASE)
    ]
