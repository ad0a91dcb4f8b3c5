"""The doctor: whether everything Purr stands on is in order, each part with what to do if it is not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import freshness
from bot.errors import DeliveryError, Refusal
from bot.freshness import Stale
from bot.ledgers import Connection
from bot.mail import MailboxError
from bot.parties import Business
from bot.settings import Settings
from bot.workdays import local
from handlers.letterbox.incoming import Incoming
from handlers.letterbox.microsoft import SignIns
from handlers.letterbox.model import Endpoint
from handlers.letterbox.smtp import Mailer
from handlers.running import checkup
from handlers.running.backups import Kept
from handlers.running.checkup import Finding
from storage.engine import Database
from storage.ledgers import systems

__all__ = ["Finding", "examine"]

ADVICE = {
    "smtp_unreachable": "cannot be reached. Check PURR_SMTP_HOST, PURR_SMTP_PORT and the network",
    "smtp_auth": "does not accept the login. Check PURR_SMTP_USER and PURR_SMTP_PASSWORD",
    "smtp_tls": "offers no safe connection this way. Try PURR_SMTP_SECURITY=tls with port 465",
    "smtp_settings": "cannot do what the settings ask. Check PURR_SMTP_SECURITY and the login",
}
MAILBOX = {
    "imap_sign_in": "wants its owner to sign in again. Write `settings`, then Mailbox",
    "imap_unreachable": "cannot be reached. Check its name and port, and the network",
    "imap_auth": "does not accept the login. Gmail, iCloud and Yahoo want an app password",
    "imap_tls": "offers no safe connection this way. Try tls with port 993",
    "imap_settings": "cannot be opened as the settings ask. Check its name and the login",
}
MODEL = {
    "unreachable": "cannot be reached. Check PURR_MODEL_URL and the network",
    "slow": "does not answer in time. Check PURR_MODEL_URL, or raise PURR_MODEL_TIMEOUT",
    "refused": "does not accept the key. Check PURR_MODEL_KEY",
    "busy": "is busy. Try again in a while",
}
NOT_WHOSE = "of the settings is nobody's. With several businesses, PURR_IMAP_USER must be the address of one"
LEDGER = {
    "busy": "is busy, and is tried again",
    "garbled": "gave an answer that cannot be read, and is tried again",
    "not_found": "does not know what was entered. Enter it again: `settings`, then Accounting system",
    "refused": "does not accept the key. Enter it again: `settings`, then Accounting system",
    "unreachable": "cannot be reached, and is tried again. Check the network",
}
LAW = {
    "interest": ("late interest", "an answer that needs a later rate is refused"),
    "compensation": ("compensation", "an answer that needs a later sum is refused"),
    "regime": ("reminder rules", "after it only a reminder without a fee is offered"),
}


def examine(
    settings: Settings, database: Database, mailer: Mailer, business: Business, now: datetime
) -> Iterator[Finding]:
    """Look at each part in turn."""
    yield Finding(True, "settings", f"read; data in {settings.data}")
    yield _database(database)
    yield from checkup.look(database, Kept.of(settings), now)
    yield _mail(settings, mailer)
    yield _mailbox(settings, database, business, now)
    yield _model(settings)
    yield from _ledgers(database, business, now)
    yield _zone(business, now)
    for figure in freshness.stale(business.country, now.date()):
        yield _law(figure)


def _database(database: Database) -> Finding:
    if trouble := database.trouble():
        return Finding(False, "database", f"does not answer ({trouble}). Check DATABASE_URL")
    return Finding(True, "database", f"{database.engine.dialect.name}, answers")


def _mail(settings: Settings, mailer: Mailer) -> Finding:
    if not settings.smtp_host:
        return Finding(
            True, "mail server", "none; you send the letters yourself. To change that set PURR_SMTP_HOST"
        )
    server = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        asyncio.run(mailer.check())
    except DeliveryError as problem:
        return Finding(False, "mail server", f"{server} {ADVICE.get(problem.reason, 'said no')}")
    return Finding(True, "mail server", f"{server} answers")


def _mailbox(settings: Settings, database: Database, business: Business, now: datetime) -> Finding:
    """The mailbox that answers come to, the business's own or the one of the settings; tried, not read."""
    incoming = Incoming(database, settings, SignIns(database, settings, lambda: now))
    server = incoming.common(business)
    if not database.trouble() and business.id in {known.id for known in database.businesses()}:
        with database.books(business.id, now) as books:
            try:
                server = incoming.of(books)
            except Refusal:
                return Finding(False, "mailbox", "is sealed with another key. Connect it again in the chat")
    if server is None:
        text = "none; you paste the answers yourself. To change that write `settings`, then Mailbox"
        return Finding(not settings.imap_host, "mailbox", NOT_WHOSE if settings.imap_host else text)
    name = f"{server.user} at {server.host}:{server.port}"
    try:
        trouble = incoming.trouble(incoming.let_in(business.id, server))
    except MailboxError as problem:
        trouble = problem.key
    if trouble:
        return Finding(False, "mailbox", f"{name} {MAILBOX.get(trouble, 'said no')}")
    return Finding(True, "mailbox", f"{name} answers")


def _model(settings: Settings) -> Finding:
    """No text goes out to try it; none at all is in order."""
    if not settings.model_url:
        return Finding(True, "language model", "none; Purr needs none. To change that set PURR_MODEL_URL")
    endpoint = Endpoint.of(settings)
    if endpoint is None:
        return Finding(False, "language model", "has no name. Set PURR_MODEL_NAME, or empty PURR_MODEL_URL")
    if trouble := endpoint.trouble():
        advice = MODEL.get(trouble, "does not answer as a model does. Check PURR_MODEL_URL")
        return Finding(False, "language model", f"{endpoint.url} {advice}")
    text = f"{endpoint.name} at {endpoint.url} answers; each business turns it on for itself under settings"
    return Finding(True, "language model", text)


def _ledgers(database: Database, business: Business, now: datetime) -> Iterator[Finding]:
    """The connected accounting systems: when each was read and is read again, or what is wrong."""
    if database.trouble() or business.id not in {known.id for known in database.businesses()}:
        return
    names = {system.key: system.name for system in systems()}
    with database.books(business.id, now) as books:
        connected = books.connections.all()
    for each in connected:
        yield Finding(not each.trouble, names.get(each.system, each.system), _read(each, business.zone))


def _read(connection: Connection, zone: str) -> str:
    then = ", ".join(
        f"{word} {local(at, zone):%Y-%m-%d %H:%M}"
        for word, at in (("read", connection.pulled_at), ("again", connection.next_at))
        if at
    )
    if connection.trouble:
        return f"{LEDGER[connection.trouble]} ({then or 'never read'})"
    return then or "connected; nothing is taken in yet. Write `settings`, then Accounting system"


def _zone(business: Business, now: datetime) -> Finding:
    try:
        here = now.astimezone(ZoneInfo(business.zone))
    except ZoneInfoNotFoundError:
        return Finding(False, "time zone", f"{business.zone} is not known here. Install the package tzdata")
    return Finding(True, "time zone", f"{business.zone}, where it is {here:%H:%M}")


def _law(figure: Stale) -> Finding:
    """A figure that runs out, or has: nothing is broken, since what needs a later one is refused."""
    name, effect = LAW[figure.part]
    text = f"known through {figure.through} ({figure.source}); {effect}. Update Purr when the next is out"
    return Finding(True, f"law: {name}", text)
