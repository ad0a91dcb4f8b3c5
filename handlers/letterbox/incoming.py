"""Which mailbox a business's answers come to: its own, else the one in the settings where that is its."""

from __future__ import annotations

from bot.mail import reads_for
from bot.parties import Business, MailServer
from bot.settings import Settings
from handlers.letterbox import imap
from handlers.letterbox.microsoft import SignIns
from handlers.letterbox.reach import is_public
from storage.books import Books
from storage.engine import Database

TRIAL_SECONDS = 10.0
"""How long the owner waits to hear whether a mailbox answers."""


class Incoming:
    """The mailboxes of all businesses; the one in the settings belongs to one business alone."""

    def __init__(self, database: Database, settings: Settings, sign_ins: SignIns) -> None:
        self.database = database
        self.let_in = sign_ins.let_in
        self.refused = sign_ins.refused
        self.timeout = settings.imap_timeout
        self._for_strangers = settings.sign_up
        self._named = _named(settings) if settings.imap_host else None

    def common(self, business: Business) -> MailServer | None:
        """The mailbox in the settings, for the business it belongs to."""
        if self._named is None:
            return None
        owner = reads_for(self._named.user, self.database.businesses())
        return self._named if owner == business.id else None

    def of(self, books: Books) -> MailServer | None:
        """The mailbox of a business."""
        return books.mailboxes.incoming() or self.common(books.business)

    def trouble(self, server: MailServer) -> str:
        """Why a mailbox cannot be read, as a key of the words; empty when it can.

        Where anybody may begin a business, none of theirs lies inside our own network.
        """
        if self._for_strangers and server != self._named and not is_public(server.host):
            return "imap_unreachable"
        return imap.trouble(server, min(self.timeout, TRIAL_SECONDS))


def _named(settings: Settings) -> MailServer:
    return MailServer(
        host=settings.imap_host,
        port=settings.imap_port,
        user=settings.imap_user,
        password=settings.imap_password.get_secret_value(),
        security=settings.imap_security,
    )
