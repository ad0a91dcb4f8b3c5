"""The way out for letters: SMTP, with every failure told by what may be done next."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from bot.errors import DeliveryError
from bot.parties import MailServer, Security, Way

HELLO = "[127.0.0.1]"
"""How we greet: an address literal asks no name server and tells nothing about the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """A mail server and how to use it. `timeout`, in seconds, is the patience with each of its answers."""

    host: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = "starttls"
    way: Way = "password"
    timeout: float = 30
    trust: ssl.SSLContext | None = None

    @classmethod
    def to(cls, server: MailServer, timeout: float) -> Mailer:
        """The one that speaks to a mail server of the owner's."""
        return cls(
            host=server.host,
            port=server.port,
            user=server.user,
            password=server.password,
            security=server.security,
            way=server.way,
            timeout=timeout,
        )

    @property
    def longest(self) -> timedelta:
        """How long one sending may take in all; a claim must last at least twice as long."""
        return timedelta(seconds=6 * self.timeout)

    async def send(self, message: EmailMessage) -> str:
        """Send, and give the Message-ID. To all of its recipients or to none.

        Raises `DeliveryError`; its cause is what the server said. `unknown` once it may have been taken.
        """
        async with self._open() as server:
            with _told():
                async with asyncio.timeout(2 * self.timeout):
                    await _address(server, message)
            with _told(unknown=True):
                async with asyncio.timeout(2 * self.timeout):
                    await server.data(message.as_bytes())
        return str(message["Message-ID"])

    async def check(self) -> None:
        """Connect, greet and log in without sending anything; raises `DeliveryError` with what is wrong."""
        async with self._open():
            pass

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[SMTP]:
        server = self._server()
        try:
            with _told():
                async with asyncio.timeout(2 * self.timeout):
                    await _reach(server)
            yield server
        finally:
            await _leave(server)

    async def _token(self) -> str:
        return self.password

    def _server(self) -> SMTP:
        return SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=(self.password or None) if self.way == "password" else None,
            oauth_token_generator=self._token if self.way == "token" else None,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            tls_context=self.trust,
            local_hostname=HELLO,
            timeout=self.timeout,
        )


async def _reach(server: SMTP) -> None:
    try:
        await server.connect()
    except (UnicodeError, OverflowError) as nowhere:  # a name or a port that no server can have
        raise DeliveryError("smtp_unreachable") from nowhere


async def _address(server: SMTP, message: EmailMessage) -> None:
    await server.mail(message["From"].addresses[0].addr_spec)
    for recipient in _recipients(message):
        await server.rcpt(recipient)


def _recipients(message: EmailMessage) -> list[str]:
    return [a.addr_spec for header in ("To", "Cc") if message[header] for a in message[header].addresses]


async def _leave(server: SMTP) -> None:
    """Say goodbye; whatever happens now changes nothing about the letter."""
    try:
        await server.quit(timeout=2)
    except (SMTPException, OSError):
        server.close()


@contextmanager
def _told(unknown: bool = False) -> Iterator[None]:
    """Failures in the house's words; `unknown`: from here on silence does not mean no."""
    try:
        yield
    except SMTPAuthenticationError as refused:
        raise DeliveryError("smtp_auth", permanent=_final(refused)) from refused
    except SMTPRecipientRefused as refused:
        raise DeliveryError("smtp_recipient", permanent=_final(refused)) from refused
    except SMTPResponseException as refused:
        if unknown and not 400 <= refused.code < 600:  # neither yes nor no, or not to be read
            raise DeliveryError("smtp_unknown", unknown=True) from refused
        raise DeliveryError("smtp_refused", permanent=_final(refused)) from refused
    except OSError as lost:  # the library's own losses and timeouts are of this kind too
        if _unsafe(lost) and not unknown:
            raise DeliveryError("smtp_tls", permanent=True) from lost
        reason = "smtp_unknown" if unknown else "smtp_unreachable"
        raise DeliveryError(reason, unknown=unknown) from lost
    except SMTPException as unable:
        raise DeliveryError("smtp_settings", permanent=True) from unable


def _unsafe(lost: OSError) -> bool:
    """Whether it is TLS that failed; the library wraps that in an error of connecting."""
    return isinstance(lost, ssl.SSLError) or isinstance(lost.__cause__, ssl.SSLError)


def _final(refused: SMTPResponseException) -> bool:
    """A server answers 4xx when trying again may help."""
    return refused.code >= 500
