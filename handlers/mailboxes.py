"""Mailboxes: the one that customers answer to, tried before it is trusted; shown, and forgotten again."""

from __future__ import annotations

from collections.abc import Mapping

from bot import workdays
from bot.chat import Button, Card, Field, Request
from bot.errors import Refusal
from bot.mail import Inbox
from bot.parties import MailServer, Security
from handlers.desk import Answers, Desk, boxes, servers

PORTS: dict[Security, int] = {"tls": 993, "starttls": 143, "none": 143}
WELL_KNOWN = {
    "gmail.com": "imap.gmail.com",
    "googlemail.com": "imap.gmail.com",
    "outlook.com": "outlook.office365.com",
    "hotmail.com": "outlook.office365.com",
    "live.se": "outlook.office365.com",
    "icloud.com": "imap.mail.me.com",
    "me.com": "imap.mail.me.com",
    "yahoo.com": "imap.mail.yahoo.com",
    "online.no": "imap.online.no",
    "telia.com": "mailin.telia.com",
    "elisanet.fi": "imap.elisa.fi",
}
"""Mailboxes that are not called imap and the rest of the address."""
OUT = ("smtp.", "send.", "mailout.", "asmtp.", "out.")
"""How servers begin that letters go out through; the mailbox is then called imap and the rest."""


def show(request: Request, desk: Desk) -> Card:
    """Which mailbox is looked into and how that goes; for an owner the way to connect, change or leave it."""
    server, inbox = desk.incoming, desk.books.inboxes.get()
    seen = workdays.local(inbox.looked_at, desk.business.zone) if inbox and inbox.looked_at else None
    facts = {
        "user": server.user if server else "",
        "trouble": _trouble(inbox, desk),
        "day": seen.date() if seen else None,
        "time": seen,
    }
    return desk.card("mailbox", facts, buttons=_ways_on(server, desk) if request.role == "owner" else ())


def _trouble(inbox: Inbox | None, desk: Desk) -> str:
    return desk.word(f"mail.trouble.{inbox.trouble}") if inbox and inbox.trouble else ""


def _ways_on(server: MailServer | None, desk: Desk) -> tuple[Button, ...]:
    if server is None:
        return (desk.button("mailbox_connect", "mailbox.form", style="primary"),)
    return (
        desk.button("mailbox_again", "mailbox.form"),
        desk.button("mailbox_forget", "mailbox.forget", style="quiet"),
    )


def form(_request: Request, desk: Desk) -> Card:
    """Ask for what lets Purr into the mailbox, with a guess from what is known."""
    if desk.business.example:
        raise Refusal("example_alone")
    return _ask(desk, {"mail_host": guess(desk), "mail_user": _user(desk)})


def _user(desk: Desk) -> str:
    known = desk.books.mailboxes.incoming() or desk.books.mailboxes.outgoing()
    return known.user if known and known.user else desk.business.email


def guess(desk: Desk) -> str:
    """What the mailbox of the business is probably called: as its way out is, or from its address."""
    domain = desk.business.email.rpartition("@")[2].casefold()
    if domain in WELL_KNOWN:
        return WELL_KNOWN[domain]
    way_out = desk.books.mailboxes.outgoing()
    start = next((each for each in OUT if way_out and way_out.host.startswith(each)), "")
    if way_out and start:
        return f"imap.{way_out.host.removeprefix(start)}"
    return f"imap.{domain}" if domain else ""


def _ask(desk: Desk, known: Mapping[str, str], trouble: str = "") -> Card:
    error = desk.word(f"mail.trouble.{trouble}") if trouble else ""
    security = servers.options(PORTS, desk)
    fields: tuple[Field, ...] = (
        desk.field("mail_host", value=known.get("mail_host", ""), error=error),
        desk.field("mail_user", value=known.get("mail_user", "")),
        desk.field("mail_password", "password", hint=desk.word("mail.app_password")),
        desk.field("mail_security", "choice", known.get("mail_security", security[0][0]), options=security),
    )
    form = desk.form("mailbox.connect", "", fields, submit="try_it")
    ways = servers.sign_in("in", desk)
    return desk.card("ask_mailbox", form=form, buttons=ways, in_place=bool(trouble))


def connect(request: Request, desk: Desk) -> Card:
    """Try the mailbox; only one that lets us in is kept, and it is looked into from today on."""
    given = servers.written(request.values, PORTS)
    if trouble := desk.try_mailbox(given):
        return _ask(desk, request.values, trouble)
    boxes.connect(given, request.who, desk)
    boxes.sign_out(desk)
    return desk.card("mailbox_connected", {"user": given.user})


def forget(request: Request, desk: Desk) -> Card:
    """Look into the mailbox no more, and throw away what let us in; the answers that came stay."""
    server = desk.books.mailboxes.incoming()
    if server is None:
        raise Refusal("mailbox_of_settings" if desk.incoming else "not_found")
    desk.books.mailboxes.forget("in")
    desk.books.inboxes.forget()
    boxes.sign_out(desk)
    desk.books.history.add("mailbox_forgotten", who=request.who, what=server.user)
    return desk.card("mailbox_forgotten", {"user": server.user})


def troubled(key: str, desk: Desk) -> Card:
    """The mailbox cannot be looked into: why, and the way to mend it."""
    server = desk.incoming
    facts = {"why": desk.word(f"mail.trouble.{key}"), "user": server.user if server else ""}
    again = (desk.button("mailbox_again", "mailbox.form"),)
    ways = servers.sign_in("in", desk) if server and server.way == "token" else ()
    return desk.card("mailbox_trouble", facts, buttons=ways or again)


ANSWERS: Answers = {
    "mailbox.show": show,
    "mailbox.form": form,
    "mailbox.connect": connect,
    "mailbox.forget": forget,
}
