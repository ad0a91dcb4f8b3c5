"""Through which server a letter goes: the business's own, else the one in the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

from bot.errors import DeliveryError
from bot.mail import MailboxError
from bot.parties import MailServer
from bot.settings import Settings
from handlers.letterbox.microsoft import SignIns
from handlers.letterbox.reach import is_public
from handlers.letterbox.smtp import Mailer
from storage.engine import Database

TRIAL_SECONDS = 8.0
"""How long the owner waits to hear whether a mail server answers."""


class Mailers:
    """The mail servers of all businesses; `common` is the one in the settings.

    Where anybody may begin a business, nobody has Purr knock at doors inside its own network.
    """

    def __init__(
        self, database: Database, settings: Settings, now: Callable[[], datetime], sign_ins: SignIns
    ) -> None:
        self.database = database
        self.sign_ins = sign_ins
        self.now = now
        self.timeout = settings.smtp_timeout
        self._for_strangers = settings.sign_up
        self.common = Mailer.to(_named(settings), self.timeout)

    def trouble(self, server: MailServer) -> str:
        """Why a mail server cannot be used, as a key of the words; empty when it can."""
        if self._for_strangers and not is_public(server.host):
            return "smtp_unreachable"
        try:
            asyncio.run(Mailer.to(server, min(self.timeout, TRIAL_SECONDS)).check())
        except DeliveryError as problem:
            return problem.reason
        return ""

    async def send(self, business: str, message: EmailMessage) -> str:
        """Send through the business's own mail server, else through the common one."""
        own = await asyncio.to_thread(self._own, business)
        mailer = Mailer.to(own, self.timeout) if own else self.common
        try:
            return await mailer.send(message)
        except DeliveryError as problem:
            if own is None or own.way != "token" or problem.reason != "smtp_auth":
                raise
            self.sign_ins.refused(business, own)
            raise DeliveryError("smtp_sign_in") from problem

    def _own(self, business: str) -> MailServer | None:
        with self.database.books(business, self.now()) as books:
            server = books.mailboxes.outgoing()
        try:
            return self.sign_ins.let_in(business, server) if server else None
        except MailboxError as problem:
            raise DeliveryError("smtp_sign_in" if problem.permanent else "smtp_unreachable") from problem


def _named(settings: Settings) -> MailServer:
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        security=settings.smtp_security,
    )
