"""Copies of the books: taken while Purr writes in them, looked through, and made ready to be put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from storage.arrivals import heard
from storage.deliveries import deliveries
from storage.engine import Database
from storage.migrations import known

PATIENCE = 30.0
"""Seconds to wait for somebody who holds the file."""
LABEL = "CREATE TABLE purr_copy (taken_at TEXT NOT NULL, key_mark TEXT NOT NULL)"
RESTORED = "restored"
"""Why a letter is in doubt that waited to go out when the copy was taken; and who is said to have sent it."""
LONG_AGO = timedelta(days=1)


class Unfit(Exception):
    """A file that cannot be put back as the books, in one sentence."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy tells of itself: when it was taken, and the mark of the key that fits it, if known."""

    taken_at: datetime | None = None
    key_mark: str = ""


def file_of(url: str) -> Path | None:
    """The file that books on SQLite lie in; None for books on a server."""
    address = sa.make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def take(books: Path, copy: Path, now: datetime, key_mark: str) -> None:
    """Copy the books as they are at one moment, into a file that the owner alone may read.

    It is read in one step, under one snapshot: no writer waits for it, and no half of a transaction is in it.
    """
    if not books.exists():
        raise Unfit(f"There are no books at {books}.")
    with _made(copy) as part:
        with closing(_opened(books, "rw")) as source, closing(_opened(part, "rw")) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, which needs no other beside it
            target.execute("DROP TABLE IF EXISTS purr_copy")
            target.execute(LABEL)
            target.execute("INSERT INTO purr_copy VALUES (?, ?)", (now.isoformat(), key_mark))
            target.commit()
        look_through(part)


def look_through(copy: Path) -> Copy:
    """What a copy tells of itself; `Unfit` unless it is whole and of a version that this Purr knows."""
    try:
        with closing(_read_only(copy)) as opened:
            _check(opened)
            return _label(opened)
    except sqlite3.DatabaseError as problem:
        raise Unfit(f"{copy} cannot be read as books: {problem}.") from None


def prepare(copy: Path, staged: Path, now: datetime) -> tuple[Copy, int]:
    """Make books of a copy, beside those in use: whole, up to date, and with nothing in them about to go out.

    What the copy tells of itself, and how many letters wait for a person's word in it.
    """
    look_through(copy)
    with _made(staged) as part:
        with closing(_read_only(copy)) as source, closing(_opened(part, "rw")) as target:
            source.backup(target)
        told = look_through(part)
        with closing(_opened(part, "rw")) as target:
            target.execute("PRAGMA journal_mode=DELETE")
            target.execute("DROP TABLE IF EXISTS purr_copy")
        with closing(Database(f"sqlite:///{part}")) as database:
            database.migrate()
            letters = settle(database, now)
    return told, letters


def settle(database: Database, now: datetime) -> int:
    """Let nothing go out that waits in books that were put back: it may have gone since they were copied.

    A letter becomes one that was cut off on its way, so that its owner is asked; what was heard and not yet
    answered is not answered any more. How many letters there are.
    """
    is_waiting = sa.and_(deliveries.c.kind == "letter", deliveries.c.state.in_(("planned", "sending")))
    in_doubt = {"state": "sending", "claimed_by": RESTORED, "reason": RESTORED, "lease_until": now - LONG_AGO}
    with database.engine.begin() as connection:
        connection.execute(sa.update(heard).where(sa.not_(heard.c.done)).values(done=True, what=None))
        return connection.execute(sa.update(deliveries).where(is_waiting).values(in_doubt)).rowcount


def put(staged: Path, books: Path, aside: Path) -> None:
    """Put books in the place of others, which are kept aside with what belongs to them.

    At no moment are there none. What SQLite has yet to work into the old file would be worked into the new
    one, were it left beside it.
    """
    if books.exists():
        _work_in(books)
        _name_also(books, aside)
        for end in ("-wal", "-shm"):
            beside = books.with_name(books.name + end)
            if beside.exists():
                beside.replace(aside.with_name(aside.name + end))
    staged.replace(books)
    _settle(books.parent)


def _name_also(books: Path, aside: Path) -> None:
    """Give the books a second name; where a disk knows but one for each file, a copy."""
    try:
        os.link(books, aside)
    except OSError:
        shutil.copy2(books, aside)


def _work_in(books: Path) -> None:
    """Let SQLite work into the file what it has not yet; damaged books are left as they are."""
    with suppress(sqlite3.Error), closing(_opened(books, "rw")) as opened:
        opened.execute("PRAGMA wal_checkpoint(PASSIVE)")


@contextmanager
def _made(file: Path) -> Iterator[Path]:
    """A file under another name until it is whole; of one that does not become so nothing is left."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        _settle(part)
        part.replace(file)
        _settle(file.parent)
    except sqlite3.Error as problem:
        raise Unfit(f"{file} could not be made: {problem}.") from None
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            part.with_name(part.name + end).unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Let it survive a power cut."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _opened(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file))}?mode={mode}", uri=True, timeout=PATIENCE)


def _read_only(file: Path) -> sqlite3.Connection:
    """Leaves nothing beside the file; but what SQLite had not worked into it yet is read with it."""
    has_more = file.with_name(f"{file.name}-wal").exists()
    return _opened(file, "ro" if has_more else "ro&immutable=1")


def _check(opened: sqlite3.Connection) -> None:
    damage = [text for (text,) in opened.execute("PRAGMA integrity_check(1)")]
    if damage != ["ok"]:
        raise Unfit(f"The file is damaged: {damage[0]}.")
    if opened.execute("PRAGMA foreign_key_check").fetchone():
        raise Unfit("The file is damaged: rows in it point to rows that are gone.")
    if not _has(opened, "alembic_version"):
        raise Unfit("The file holds no books of Purr's.")
    (version,) = opened.execute("SELECT version_num FROM alembic_version").fetchone() or ("none",)
    if version not in known():
        raise Unfit(f"The books are of version {version}, which this Purr does not know. Update Purr first.")


def _label(opened: sqlite3.Connection) -> Copy:
    if not _has(opened, "purr_copy"):
        return Copy()
    (taken_at, key_mark) = opened.execute("SELECT taken_at, key_mark FROM purr_copy").fetchone()
    return Copy(datetime.fromisoformat(taken_at), key_mark)


def _has(opened: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
    return opened.execute(query, (table,)).fetchone() is not None
