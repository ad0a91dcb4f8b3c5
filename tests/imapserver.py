"""A mailbox for tests: a real IMAP server on this machine, whose mails and numbers a test decides."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from imap_tools import MailBoxUnencrypted
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer
from pysasl import SASLAuth
from pysasl.creds.plain import PlainCredentials
from pysasl.mechanism import ChallengeResponse
from pysasl.mechanism.oauth import OAuth2Mechanism

from bot.parties import MailServer

USER, PASSWORD = "asa@asasbageri.example", "a-secret-nobody-repeats"


class ByToken(OAuth2Mechanism):
    """XOAUTH2; the token that is the right one is the password."""

    def server_attempt(  # type: ignore[override]  # the server checks these, and only these, by itself
        self, responses: Sequence[ChallengeResponse]
    ) -> tuple[PlainCredentials, None]:
        external, _ = super().server_attempt(responses)
        return PlainCredentials(external.authzid, external._token or ""), None


ALL_WAYS = property(lambda _config: SASLAuth([*SASLAuth.defaults().server_mechanisms, ByToken()]))


@dataclass
class ImapServer:
    """Where it is; who may log in is always the same."""

    host: str = "127.0.0.1"
    port: int = 0

    @property
    def login(self) -> MailServer:
        """What lets somebody in."""
        return MailServer(host=self.host, port=self.port, user=USER, password=PASSWORD, security="none")

    def deliver(self, *mails: bytes, at: datetime | None = None) -> None:
        """Put mails into the mailbox, as they are."""
        with self.opened() as mailbox:
            for each in mails:
                mailbox.append(each, "INBOX", dt=at)

    def flags(self) -> list[tuple[str, ...]]:
        """How each mail is marked, seen from another program."""
        with self.opened() as mailbox:
            return [mail.flags for mail in mailbox.fetch(mark_seen=False)]

    def remove(self, *numbers: int) -> None:
        """Take mails away, as their owner does in another program."""
        with self.opened() as mailbox:
            mailbox.delete([str(number) for number in numbers])

    @contextlib.contextmanager
    def opened(self) -> Iterator[MailBoxUnencrypted]:
        """The mailbox as another program opens it."""
        mailbox = MailBoxUnencrypted(self.host, self.port, timeout=10)
        mailbox.login(USER, PASSWORD)
        try:
            yield mailbox
        finally:
            mailbox.logout()


@contextlib.contextmanager
def imap_server(port: int = 0) -> Iterator[ImapServer]:
    """An empty mailbox, in a thread of its own; one that begins anew counts its mails anew."""
    server = ImapServer(port=port)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="imap server", daemon=True)
    thread.start()
    try:
        listening = asyncio.run_coroutine_threadsafe(_listen(server), loop).result(20)
        try:
            yield server
        finally:
            asyncio.run_coroutine_threadsafe(_close(listening), loop).result(20)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _listen(server: ImapServer) -> asyncio.Server:
    arguments = Namespace(
        debug=False, host=server.host, port=server.port, cert=None, key=None, tls=False,
        demo_data=False, demo_user=USER, demo_password=PASSWORD, passlib_cfg=None, proxy_protocol=None,
    )  # fmt: skip
    backend, config = await DictBackend.init(
        arguments, invalid_user_sleep=0.0, secure_auth=False, reject_dnsbl=False
    )
    config.apply_context()
    config.__class__ = type("WithTokens", (type(config),), {"tls_auth": ALL_WAYS})
    answer = ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(backend.login, config))
    listening = await asyncio.start_server(answer, server.host, server.port)
    server.port = listening.sockets[0].getsockname()[1]
    return listening


async def _close(listening: asyncio.Server) -> None:
    """End every conversation too, as a server does that is switched off."""
    listening.close()
    here = asyncio.current_task()
    open_tasks = [task for task in asyncio.all_tasks() if task is not here]
    for task in open_tasks:
        task.cancel()
    await asyncio.gather(*open_tasks, return_exceptions=True)
    await asyncio.sleep(0.05)  # closed transports close their sockets a turn later
