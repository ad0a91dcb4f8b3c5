"""A mailbox on the desk: kept, and looked into from today on."""

from __future__ import annotations

from bot.parties import MailServer
from handlers.desk import Desk


def connect(server: MailServer, who: str, desk: Desk) -> None:
    """Look into a mailbox that let us in; another one than before is looked into from its beginning here."""
    before = desk.books.mailboxes.incoming()
    desk.books.mailboxes.save(server, "in")
    if before is None or (before.host, before.user) != (server.host, server.user):
        desk.books.inboxes.forget()
    desk.books.inboxes.begin(desk.today)
    desk.books.history.add("mailbox_connected", who=who, what=server.user)


def sign_out(desk: Desk) -> None:
    """Throw away each sign-in that no server of the business needs any more."""
    kept = (desk.books.mailboxes.incoming(), desk.books.mailboxes.outgoing())
    desk.books.mailboxes.sign_out({server.user for server in kept if server and server.way == "token"})
