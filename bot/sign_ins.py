"""Sign-ins: a mailbox whose provider asks its owner itself, and takes no password from us."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.parties import MailServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What the owner writes on which page; with the `key` we ask whether they did."""

    code: str
    address: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who signed in, and the servers with what opens them for an hour; `renewal` gets the next such."""

    user: str
    incoming: MailServer
    outgoing: MailServer
    renewal: str = field(repr=False)


SignIn = Callable[[str], Invitation | SignedIn | str]
"""Invites without a key, and with one tells who signed in; else why not: `waiting`, `over`, `declined`,
`refused`, `unreachable`."""


def no_sign_in(_key: str) -> str:
    """Where nobody can be signed in."""
    return "refused"
