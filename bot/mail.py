"""Mail: what came into the mailbox, what kind of mail it is, and how far the mailbox was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.parties import Business

Kind = Literal["reply", "bounce", "complaint", "auto_reply", "read_receipt", "other"]
"""What a mail is; `other` goes out to many, such as a newsletter."""
Cause = Literal["bad_address", "mailbox_full", "sender_or_policy", "other"]
"""Why a letter did not arrive: they are not there, there is no room, they do not want it from us."""
Fate = Literal["failed", "delayed"]
Way = Literal["", "letter", "tag", "number", "sender", "asked"]
"""By what a mail was tied to a customer: our letter, our tag, a number of theirs, who wrote, the owner."""
State = Literal["waiting", "placed", "aside", "unrelated"]
"""Of an `unrelated` mail nothing is kept but that it was seen."""
SILENT = frozenset({"auto_reply", "read_receipt"})
"""Mails that no person wrote to answer us: they are noted, and hold nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """One recipient whom a letter did not reach; `delayed` is not failed. `known_as`: whom we wrote to."""

    address: str
    fate: Fate = "failed"
    cause: Cause = "other"
    status: str = ""
    said: str = ""
    known_as: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address as we wrote it, where that is told, and as it was tried in the end."""
        return tuple(dict.fromkeys(a for a in (self.known_as, self.address) if a))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as it was read: all of it is data, and none of it is believed.

    `identity` is the same for the same mail, whichever way and however often it comes. `refers_to` are the
    Message-IDs it answers or gives back, the closest first; `tags` stand behind a plus in the addresses it
    was sent to. `text` holds what is quoted too. Not `readable`: it is broken, and something may be missing.
    """

    identity: str
    kind: Kind = "reply"
    message_id: str = ""
    sender: str = ""
    name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    at: datetime | None = None
    refers_to: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    undelivered: tuple[Undelivered, ...] = ()
    readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A mail in the books, its own words and not what it quotes; `reply` is the answer that came of it.

    `letter` is ours that it is about, where one is known. `attachments` are the names of its files.
    """

    id: str
    at: datetime
    state: State
    kind: Kind = "reply"
    way: Way = ""
    message_id: str = ""
    sender: str = ""
    name: str = ""
    subject: str = ""
    text: str = ""
    customer: str = ""
    letter: str = ""
    reply: str = ""
    attachments: tuple[str, ...] = ()
    readable: bool = True

    @property
    def who(self) -> str:
        """Who wrote it, as far as it says."""
        return f"{self.name} <{self.sender}>" if self.name and self.sender else self.sender or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """How far a mailbox was read: to the number `seen`, while the server's numbers are those of `validity`.

    Mail from before `since` is none of ours. `trouble` is why it cannot be read, since `troubled_at`; `told`:
    the owner knows. While a worker reads it, it holds it until `lease_until`.
    """

    since: date
    place: str = "in"
    validity: int = 0
    seen: int = 0
    looked_at: datetime | None = None
    trouble: str = ""
    troubled_at: datetime | None = None
    told: bool = False
    claimed_by: str = ""
    lease_until: datetime | None = None


def reads_for(user: str, businesses: Iterable[Business]) -> str:
    """The business that the mailbox in the settings belongs to: the one of that address, or the only one."""
    own = [each for each in businesses if not each.example]
    named = [each.id for each in own if user and each.email.casefold() == user.casefold()]
    only = named or [each.id for each in own]
    return only[0] if len(only) == 1 else ""


class MailboxError(Exception):
    """A mailbox that could not be read: `key` names the words; `permanent`: the owner must do something."""

    def __init__(self, key: str, *, permanent: bool = False) -> None:
        super().__init__(key)
        self.key = key
        self.permanent = permanent
