"""A mail server for tests: real SMTP on this machine, that can also be in each of the moods servers have."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import Literal, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Mood = Literal["accept", "refuse_recipient", "greylist", "refuse_data", "busy", "drop_after_data", "hang"]
ANSWERS = {
    "accept": "250 Ok",
    "refuse_data": "554 5.7.1 Not here",
    "busy": "451 4.3.0 Come back later",
}


@dataclass
class MailServer:
    """What it holds and how it behaves; the mood may change at any time."""

    host: str = "127.0.0.1"
    port: int = 0
    mood: Mood = "accept"
    login: tuple[str, str] | None = None
    before_answer: Callable[[EmailMessage], None] = lambda _: None
    lines: list[SMTP] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        if self.mood == "refuse_recipient":
            return "550 5.1.1 No such user here"
        if self.mood == "greylist":
            return "450 4.2.0 Greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take a message as a real server does: it is queued before the answer, whoever hears that."""
        if self.mood in ("accept", "drop_after_data", "hang"):
            message = message_from_bytes(cast(bytes, envelope.content), EmailMessage, policy=POLICY)
            self.messages.append(message)
            self.envelopes.append(envelope)
            self.before_answer(message)
        if self.mood == "drop_after_data":
            assert server.transport is not None
            server.transport.close()
        if self.mood == "hang":
            await asyncio.sleep(30)
        return ANSWERS.get(self.mood, "250 Ok")

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - as above
        """Whether a token is the password of whoever shows it."""
        user, bearer, *_ = b64decode(args[1]).decode().split("\x01")
        right = self.login == (user.removeprefix("user="), bearer.removeprefix("auth=Bearer "))
        return AuthResult(success=right, handled=False)

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        """Whether a login is the right one."""
        right = self.login == (data.login.decode(), data.password.decode())
        return AuthResult(success=right, handled=False)


@contextlib.contextmanager
def mail_server(
    mood: Mood = "accept", *, login: tuple[str, str] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[MailServer]:
    """A server on a free port, in a thread of its own, for as long as the block lasts."""
    server = MailServer(mood=mood, login=login)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="mail server", daemon=True)
    thread.start()
    try:
        listening = asyncio.run_coroutine_threadsafe(_listen(server, tls), loop).result(10)
        try:
            yield server
        finally:
            asyncio.run_coroutine_threadsafe(_close(server, listening), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@contextlib.contextmanager
def no_mail_server() -> Iterator[MailServer]:
    """Where a server was and is no more: connections are refused."""
    with mail_server() as server:
        pass
    yield server


async def _listen(server: MailServer, tls: ssl.SSLContext | None) -> asyncio.Server:
    def protocol() -> SMTP:
        line = SMTP(
            server,
            hostname="mail.test",
            loop=asyncio.get_running_loop(),
            tls_context=tls,
            authenticator=server.authenticate if server.login else None,
            auth_require_tls=False,
        )
        server.lines.append(line)
        return line

    listening = await asyncio.get_running_loop().create_server(protocol, server.host, 0)
    server.port = listening.sockets[0].getsockname()[1]
    return listening


async def _close(server: MailServer, listening: asyncio.Server) -> None:
    listening.close()
    here = asyncio.current_task()
    open_tasks = [task for task in asyncio.all_tasks() if task is not here]
    for task in open_tasks:
        task.cancel()
    for line in server.lines:
        if line.transport is not None:
            line.transport.close()
    await asyncio.gather(*open_tasks, return_exceptions=True)
    await asyncio.sleep(0.05)  # aborted transports close their sockets a turn later
