"""A mailbox over IMAP, looked at and never touched: nothing is marked, moved or deleted there."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from time import monotonic
from typing import Protocol

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.idle import get_socket_poller

from bot.mail import MailboxError
from bot.parties import MailServer

FOLDER = "INBOX"
SLICE = 1
"""Seconds after which somebody who waits for mail looks whether they are to stop."""
UID, SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
"""As IMAP writes them, wherever the server stands."""


class Stopping(Protocol):
    """What tells somebody who waits to stop."""

    def wait(self, timeout: float) -> bool:
        """Wait that long at most; whether to stop."""
        ...


class Box:
    """An open mailbox. While `validity` is the same, the server counts its mails as before."""

    def __init__(self, mailbox: BaseMailBox, server: MailServer) -> None:
        self.server = replace(server, password="") if server.way == "token" else server
        self._mailbox = mailbox
        self._client = mailbox.client
        mailbox.folder.set(FOLDER, readonly=True)
        self.validity = self._told("UIDVALIDITY")
        self.last = max(0, self._told("UIDNEXT") - 1)
        # Asked for now: many servers promise less before somebody has logged in.
        self.tells_news = b"IDLE" in b" ".join(self._client.capability()[1]).upper().split()

    def counts_on(self, validity: int, seen: int) -> bool:
        """Whether the numbers are those of before: two mailboxes may have one `validity`, such as 1."""
        return self.validity == validity and not (self.last and seen > self.last)

    def after(self, seen: int, since: date) -> tuple[int, ...]:
        """The numbers of the mails after one, in order, that came on a day or later.

        Servers count days by a clock of their own: where that is far west of here, today is yesterday there.
        """
        self._client.noop()  # some servers tell of new mail only when they are asked for nothing
        there = since - timedelta(days=1)
        day = f"{there.day}-{MONTHS[there.month - 1]}-{there.year}"
        found = tuple(map(int, self._mailbox.uids(f"UID {seen + 1}:* SINCE {day}", charset=None)))
        self.last = max((self.last, *found))
        # A range that ends in a star holds the last mail, wherever it begins.
        return tuple(sorted(number for number in found if number > seen))

    def sizes(self, numbers: Sequence[int]) -> dict[int, int]:
        """How many bytes each of some mails has; one that has gone meanwhile is left out."""
        found: dict[int, int] = {}
        for line in self._fetched(",".join(map(str, numbers)), "(UID RFC822.SIZE)"):
            text = line if isinstance(line, bytes) else b""
            if (uid := UID.search(text)) and (size := SIZE.search(text)):
                found[int(uid[1])] = int(size[1])
        return found

    def mail(self, number: int, size: int, limit: int) -> bytes | None:
        """A mail as it came, only its beginning where it is over the limit; None when it has gone."""
        part = f"<0.{limit}>" if size > limit else ""
        answer = self._fetched(str(number), f"(BODY.PEEK[]{part})")
        return next((line[1] for line in answer if isinstance(line, tuple)), None)

    def wait(self, seconds: float, stopping: Stopping) -> None:
        """Until there is news, the time is over, or it is to stop; without IDLE the time passes."""
        if not self.tells_news:
            stopping.wait(seconds)
            return
        until, tag = monotonic() + seconds, self._client._command("IDLE")
        news = self._told_before_yes(tag)
        while not news and monotonic() < until and not stopping.wait(0):
            news = self._told_within(SLICE)
        self._client.send(b"DONE\r\n")
        self._mailbox.consume_until_tagged_response(tag)

    def _told_within(self, seconds: int) -> bool:
        """Whether the server says something; a line that has begun is read to its end, however it comes."""
        if not get_socket_poller(self._client.sock, seconds):
            return False
        self._client._get_response()
        return True

    def _told_before_yes(self, tag: bytes) -> bool:
        """Whether news came before the server said yes to IDLE; the library takes that for a refusal."""
        early = False
        while self._client._get_response() is not None:
            if self._client.tagged_commands[tag]:
                raise imaplib.IMAP4.error("IDLE was refused")
            early = True
        return early

    def _fetched(self, numbers: str, parts: str) -> list[bytes | tuple[bytes, bytes]]:
        kind, answer = self._client.uid("FETCH", numbers, parts)
        if kind != "OK":
            raise imaplib.IMAP4.error(f"FETCH: {kind}")
        return [line for line in answer if line]

    def _told(self, name: str) -> int:
        """A number that the server gave when the mailbox was opened."""
        _, answer = self._client.response(name)
        first = answer[0] if answer else None
        return int(first) if isinstance(first, bytes) and first.isdigit() else 0


@contextmanager
def opened(server: MailServer, timeout: float, trust: ssl.SSLContext | None = None) -> Iterator[Box]:
    """A mailbox for as long as the block lasts; all that goes wrong with it is a `MailboxError`."""
    with _told():
        mailbox = _connected(server, timeout, trust)
    try:
        with _told():
            _log_in(mailbox, server)
            box = Box(mailbox, server)
        with _told():
            yield box
    finally:
        _leave(mailbox)


def _leave(mailbox: BaseMailBox) -> None:
    """Say goodbye, and hang up even if nobody answers that."""
    with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
        mailbox.logout()
    with suppress(OSError):
        mailbox.client.shutdown()


def trouble(server: MailServer, timeout: float) -> str:
    """Why a mailbox cannot be read, as a key of the words; empty when it can."""
    try:
        with opened(server, timeout):
            return ""
    except MailboxError as problem:
        return problem.key


def _connected(server: MailServer, timeout: float, trust: ssl.SSLContext | None) -> BaseMailBox:
    if server.security == "none":
        return MailBoxUnencrypted(server.host, server.port, timeout=timeout)
    trust = trust or ssl.create_default_context()
    if server.security == "tls":
        return MailBox(server.host, server.port, timeout=timeout, ssl_context=trust)
    return _made_safe(MailBoxUnencrypted(server.host, server.port, timeout=timeout), trust)


def _made_safe(mailbox: BaseMailBox, trust: ssl.SSLContext) -> BaseMailBox:
    """A plain connection turned into a safe one, before anything is said on it."""
    try:
        mailbox.client.starttls(trust)
    except imaplib.IMAP4.error as refused:
        mailbox.client.shutdown()
        raise MailboxError("imap_tls", permanent=True) from refused
    except OSError:
        mailbox.client.shutdown()
        raise
    return mailbox


def _log_in(mailbox: BaseMailBox, server: MailServer) -> None:
    """A name or password beyond ASCII needs another way than LOGIN."""
    plain = server.user.isascii() and server.password.isascii()
    by_password = mailbox.login if plain else mailbox.login_utf8
    log_in = mailbox.xoauth2 if server.way == "token" else by_password
    try:
        log_in(server.user, server.password, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as refused:
        if isinstance(refused, imaplib.IMAP4.abort):
            raise
        key = "imap_sign_in" if server.way == "token" else "imap_auth"
        raise MailboxError(key, permanent=True) from refused


@contextmanager
def _told() -> Iterator[None]:
    """Failures in the house's words."""
    try:
        yield
    except ssl.SSLError as unsafe:
        raise MailboxError("imap_tls", permanent=True) from unsafe
    except (OSError, imaplib.IMAP4.abort) as lost:
        raise MailboxError("imap_unreachable") from lost
    except (ImapToolsError, imaplib.IMAP4.error, UnicodeError) as unable:
        raise MailboxError("imap_settings") from unable
