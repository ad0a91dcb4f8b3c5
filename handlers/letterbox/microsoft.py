"""Mailboxes at Microsoft: their owner signs in there; what lets us in for an hour is asked for each time.

It is the device authorization grant (RFC 8628): a code is written on Microsoft's own page, so no password
comes here, and no address of ours need be reached. What lasts is kept sealed beside the mail servers.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import httpx

from bot.errors import Refusal
from bot.mail import MailboxError
from bot.parties import MailServer
from bot.settings import Settings
from bot.sign_ins import Invitation, SignedIn
from storage.engine import Database

SCOPE = (
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send"
    " offline_access openid email profile"
)
BY_CODE = "urn:ietf:params:oauth:grant-type:device_code"
TIMEOUT = 10.0
"""Seconds until a silent Microsoft counts as out of reach."""
LIMIT = 64 * 1024
"""The largest answer that is looked into, in bytes."""
EARLY = timedelta(minutes=5)
"""How long before its end an access is asked for anew."""
TROUBLES = {
    "authorization_pending": "waiting",
    "slow_down": "waiting",
    "expired_token": "over",
    "bad_verification_code": "over",
    "invalid_grant": "over",
    "authorization_declined": "declined",
    "access_denied": "declined",
}
"""What Microsoft says (RFC 6749 and 8628), by what it means for the owner; all else is a refusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where people sign in, and the servers of their mail."""

    login: str
    incoming: MailServer
    outgoing: MailServer


MICROSOFT = Provider(
    login="https://login.microsoftonline.com",
    incoming=MailServer(host="outlook.office365.com", port=993, security="tls", way="token"),
    outgoing=MailServer(host="smtp.office365.com", port=587, way="token"),
)


@dataclass(frozen=True, slots=True)
class Access:
    """What lets into the mailbox of somebody until a moment."""

    token: str
    until: datetime


class SignIns:
    """Lets owners sign in, and Purr into their mailboxes; an access is kept in memory alone."""

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self.provider = MICROSOFT
        self._database = database
        self._now = now
        self._client = settings.microsoft_client_id
        self._tenant = settings.microsoft_tenant
        self._held: dict[tuple[str, str], Access] = {}

    @property
    def is_open(self) -> bool:
        """Whether anybody can be signed in."""
        return bool(self._client)

    def __call__(self, key: str) -> Invitation | SignedIn | str:
        """Invite, or with the key of an invitation tell who signed in; else the key of why not."""
        return self._signed_in(key) if key else self._invite()

    def _invite(self) -> Invitation | str:
        told = self._ask("devicecode", scope=SCOPE)
        if isinstance(told, str):
            return told
        code, address, key = (
            str(told.get(name, "")) for name in ("user_code", "verification_uri", "device_code")
        )
        if not (code and address.startswith("https://") and key):
            return "refused"
        return Invitation(code=code, address=address, key=key)

    def _signed_in(self, key: str) -> SignedIn | str:
        told = self._ask("token", grant_type=BY_CODE, device_code=key)
        if isinstance(told, str):
            return told
        user, access, renewal = _user(told), told.get("access_token"), told.get("refresh_token")
        if not (user and isinstance(access, str) and isinstance(renewal, str)):
            return "refused"
        incoming, outgoing = (
            replace(server, user=user, password=access)
            for server in (self.provider.incoming, self.provider.outgoing)
        )
        return SignedIn(user=user, incoming=incoming, outgoing=outgoing, renewal=renewal)

    def let_in(self, business: str, server: MailServer) -> MailServer:
        """A mail server with what opens it now; raises `MailboxError` when that cannot be had."""
        if server.way != "token":
            return server
        return replace(server, password=self._access(business, server.user).token)

    def refused(self, business: str, server: MailServer) -> None:
        """An access that did not let us in is asked for anew: it may have been taken back before its end."""
        self._held.pop((business, server.user), None)

    def _access(self, business: str, user: str) -> Access:
        with self._database.books(business, self._now()) as books:
            kept = _opened(partial(books.mailboxes.signed_in, user))
        held = self._held.get((business, user))
        if kept and held and held.until > self._now():
            return held
        if kept is None:
            raise MailboxError("imap_sign_in", permanent=True)
        told = self._ask("token", grant_type="refresh_token", refresh_token=kept.password, scope=SCOPE)
        if told == "unreachable":
            raise MailboxError("imap_unreachable")
        if isinstance(told, str):
            raise MailboxError("imap_sign_in", permanent=True)
        self._renew(business, kept, str(told.get("refresh_token", "")))
        until = self._now() + timedelta(seconds=_seconds(told)) - EARLY
        self._held[business, user] = Access(str(told.get("access_token", "")), until)
        return self._held[business, user]

    def _renew(self, business: str, kept: MailServer, renewal: str) -> None:
        """Each access brings a newer renewal; who signed in anew meanwhile keeps theirs."""
        if not renewal or renewal == kept.password:
            return
        with self._database.books(business, self._now()) as books:
            if books.mailboxes.signed_in(kept.user) == kept:
                books.mailboxes.sign_in(replace(kept, password=renewal))

    def _ask(self, what: str, **form: str) -> Mapping[str, Any] | str:
        """What Microsoft answers, or the key of why that is of no use."""
        url = f"{self.provider.login}/{self._tenant}/oauth2/v2.0/{what}"
        try:
            with (
                httpx.Client(timeout=TIMEOUT, trust_env=False) as line,
                line.stream("POST", url, data={"client_id": self._client, **form}) as answer,
            ):
                content = _read(answer)
        except httpx.HTTPError:
            return "unreachable"
        told = _told(content)
        if answer.status_code == httpx.codes.OK:
            return told if told else "refused"
        if answer.status_code >= 500 or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return "unreachable"
        return TROUBLES.get(str(told.get("error")), "refused")


def _read(answer: httpx.Response) -> bytes:
    content = b""
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > LIMIT:
            return b""
    return content


def _told(content: bytes) -> Mapping[str, Any]:
    """The object that an answer is; empty when it is none."""
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _seconds(told: Mapping[str, Any]) -> int:
    """For how long something holds, an hour at the most."""
    said = told.get("expires_in")
    return max(0, min(said, 3600)) if isinstance(said, int) else 0


def _user(told: Mapping[str, Any]) -> str:
    """Whose mailbox it is, from the token of who signed in; it came from Microsoft itself, over TLS."""
    parts = str(told.get("id_token", "")).split(".")
    if len(parts) != 3:
        return ""
    try:
        claims = _told(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return ""
    names = (claims.get("preferred_username"), claims.get("email"))
    return next((name for name in names if isinstance(name, str) and "@" in name), "")


def _opened(signed_in: Callable[[], MailServer | None]) -> MailServer | None:
    """What was kept of a sign-in; nothing when it was sealed with another key."""
    try:
        return signed_in()
    except Refusal:
        return None
