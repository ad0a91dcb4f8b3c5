"""Opening: the books brought up to date, owners told of a restored copy, the socket that is listened on."""

from __future__ import annotations

import os
import socket
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from bot.settings import SettingError, Settings
from bot.workdays import local_day
from handlers.conversation import Conversation
from handlers.platforms.web import bound
from storage.engine import Database
from storage.migrations import stranger

ALL_LETTERS, MADE = "UTF8", "createdb --encoding=UTF8 --template=template0"


def books_of(settings: Settings) -> Database:
    """The database, its tables brought up to date; what cannot be used stops the start with what to do."""
    if not _writable(settings.data):
        advice = f"is {settings.data}, where Purr may not write. Give that folder to the user Purr runs as."
        raise SettingError("PURR_DATA", advice)
    database = Database(settings.database, settings.data / "purr.key")
    if advice := _unfit(database):
        database.close()
        raise SettingError("DATABASE_URL" if settings.database_url else "PURR_DATA", advice)
    database.migrate()
    return database


def _writable(folder: Path) -> bool:
    """Whether files can be made in a folder, which is made itself where there is none."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=True)


def _unfit(database: Database) -> str:
    """What to do about a database that cannot be used; empty where it can."""
    if (encoding := database.encoding()) != ALL_LETTERS:
        return f"names a database that keeps {encoding}, which has not all letters. Make it anew: {MADE}"
    if newer := stranger(database.engine):
        return f"holds books of a newer Purr ({newer}). Install that one, or restore a backup of this one."
    return ""


def tell_of_restored(database: Database, inbox: Conversation, now: datetime) -> None:
    """Tell every owner that the books were put back, and of which day they are."""
    for business in database.businesses():
        with database.books(business.id, now) as books:
            for last in books.lines.recent(limit=1):
                day = {"last": local_day(last.at, business.zone)}
                inbox.post(books, inbox.desk(books).card("restored", day))


def listening_socket(settings: Settings) -> socket.socket:
    """The socket to listen on; a taken port stops the start with what to do."""
    try:
        return bound(settings.host, settings.port)
    except OSError:
        advice = f"is {settings.port}, which another program uses; choose another."
        raise SettingError("PURR_PORT", advice) from None


def address(taken: socket.socket) -> str:
    """Where a browser on this machine finds us; listening on all addresses is none of them."""
    host, port = taken.getsockname()[:2]
    named = "localhost" if ip_address(host).is_unspecified else f"[{host}]" if ":" in host else host
    return f"{named}:{port}"
