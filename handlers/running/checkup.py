"""What the doctor looks at where Purr runs: backups, room on the disk, who may read it, versions, workers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from handlers.running.backups import Kept
from storage import figures
from storage.engine import Database
from storage.migrations import known, version
from storage.workers import SILENT

WEEK = timedelta(days=7)
"""So old a backup may be, and so old books without one."""
LATE = timedelta(minutes=15)
GIB = 1024**3
COPIES = 3
"""There is to be room for the books so many times: themselves as they grow, a backup, and one put back."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: whether it is in order, what it is, and how it is or what to do."""

    ok: bool
    name: str
    text: str


def look(database: Database, kept: Kept, now: datetime) -> Iterator[Finding]:
    """Look at each part in turn; what stands in the database only where it answers."""
    answers = not database.trouble()
    if answers:
        yield _schema(database)
    yield _backup(database if answers else None, kept, now)
    yield _disk(kept)
    yield from _readers(kept)
    if answers:
        yield from _stuck(database, now)
        yield from _workers(database, now)


def _schema(database: Database) -> Finding:
    is_at, newest = version(database.engine), known()[0]
    if is_at != newest:
        return Finding(False, "schema", f"{is_at}, and this Purr wants {newest}. Start Purr once")
    return Finding(True, "schema", f"{is_at}, the newest")


def _backup(database: Database | None, kept: Kept, now: datetime) -> Finding:
    if kept.books is None:
        return Finding(True, "backup", "left to PostgreSQL and its pg_dump; Purr does not know of them")
    copied = kept.copied_at()
    if copied:
        age = now - copied
        text = f"made {_said(copied)}"
        return Finding(age <= WEEK, "backup", text if age <= WEEK else f"{text}. Run `purr backup` daily")
    begun = figures.begun(database) if database else None
    if begun and now - begun > WEEK:
        return Finding(False, "backup", f"none, and books since {_said(begun)}. Run `purr backup` daily")
    return Finding(True, "backup", "none yet; `purr backup` makes one while Purr runs")


def _disk(kept: Kept) -> Finding:
    free = shutil.disk_usage(kept.data).free
    books = kept.books.stat().st_size if kept.books and kept.books.exists() else 0
    text = f"{free / GIB:.1f} GiB free where {kept.data} lies"
    enough = free > max(COPIES * books, GIB)
    return Finding(enough, "disk", text if enough else f"{text}. Make room: without it nothing can be kept")


def _readers(kept: Kept) -> Iterator[Finding]:
    """Whether somebody else on this machine may read the key, or what is known of customers."""
    for name, path, mode in (("key", kept.key, "600"), ("folder", kept.data, "700")):
        if not path.exists():
            yield Finding(True, name, "none yet; it is made when there is something to seal")
        elif _is_open(path):
            yield Finding(False, name, f"others on this machine may read it. Run: chmod {mode} {path}")
        else:
            yield Finding(True, name, f"{path}, for its owner alone")


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077)


def _stuck(database: Database, now: datetime) -> Iterator[Finding]:
    found = figures.count(database, now)
    if found.due_since and now - found.due_since > LATE:
        waits = f"{found.due} letters or lists are due since {_said(found.due_since)} and have not gone"
        yield Finding(False, "letters", f"{waits}. Is Purr running?")


def _workers(database: Database, now: datetime) -> Iterator[Finding]:
    if database.is_sqlite:
        return
    with database.workers(now) as workers:
        alive = workers.alive(SILENT)
    yield Finding(True, "workers", ", ".join(alive) or "nobody is at work just now")


def _said(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
