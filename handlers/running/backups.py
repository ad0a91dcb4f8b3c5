"""Backing up and restoring: the books in one file, the key only where it is asked for, nothing lost."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import Refusal
from bot.settings import Settings
from handlers.engine.alone import Alone
from storage import backup
from storage.backup import Copy, Unfit
from storage.engine import Database
from storage.vault import Vault
from storage.workers import SILENT

NAME, OURS = "purr-{:%Y-%m-%d-%H%M%S}.db", re.compile(r"purr-\d{4}-\d\d-\d\d-\d{6}\.db")
"""What a copy is called in a folder, and how one of ours is told from other files there."""
ON_A_SERVER = """These books are on PostgreSQL, which copies them itself, while Purr runs:

  pg_dump --format=custom --file={file} "$DATABASE_URL"

To put such a copy back, stop every Purr, then:

  pg_restore --clean --if-exists --dbname="$DATABASE_URL" {file}
  purr restore --settle"""
NOT_IN_IT = """Not in it: the key ({key}), which opens the passwords kept in the books
and the links in your letters, and your settings (.env). Keep both in another place."""
THE_KEY = "{key}: the key. Whoever has both files can open the passwords in the books: keep them apart."
LOST = """The passwords in these books, and the links in letters that went out, are sealed with a key that is
not here. Put it at {key}, or type the passwords in again in the chat: `settings`."""
HELD = """As of {at}. What happened since is not in the books.
Before you approve a letter, look in your sent mail."""
ASKED = "Nothing goes out by itself: the chat asks about {letters} that waited to go out."


@dataclass(frozen=True, slots=True)
class Kept:
    """Where one Purr keeps what must not be lost."""

    data: Path
    books: Path | None

    @classmethod
    def of(cls, settings: Settings) -> Kept:
        """As the settings say."""
        return cls(settings.data, backup.file_of(settings.database))

    @property
    def key(self) -> Path:
        """The key that what is secret in the books is sealed with."""
        return self.data / "purr.key"

    @property
    def stamp(self) -> Path:
        """Tells when the books were last copied."""
        return self.data / "last-backup"

    def copied_at(self) -> datetime | None:
        """When the books were last copied, if they were."""
        try:
            return datetime.fromisoformat(self.stamp.read_text("utf-8").strip())
        except (FileNotFoundError, ValueError):
            return None


def back_up(
    settings: Settings,
    target: Path,
    now: datetime,
    *,
    with_key: bool = False,
    replace: bool = False,
    keep: int = 0,
) -> Iterator[str]:
    """Copy the books into a file, or into a folder under the time's name; `keep` so many of those there."""
    kept = Kept.of(settings)
    if kept.books is None:
        raise Unfit(ON_A_SERVER.format(file=target))
    if not kept.data.is_dir():
        raise Unfit(f"There is no folder {kept.data}.")
    _as_its_owner(kept.data)
    is_folder = _folder(target, keep)
    file = target / NAME.format(now.astimezone()) if is_folder else target
    beside = _key_of(file)
    _not_the_books(file, kept.books)
    for each in (file, *([beside] if with_key else [])):
        _free(each, replace=replace or is_folder)  # there only a copy of this very second can be in the way
    backup.take(kept.books, file, now, Vault(kept.key).mark())
    kept.stamp.write_text(f"{now.isoformat()}\n", "utf-8")
    size = file.stat().st_size / 1_000_000
    yield f"{file}: the books as of {_said(now)}, {size:.1f} MB, looked through and whole."
    if with_key and kept.key.exists():
        _copy_key(kept.key, beside)
        yield THE_KEY.format(key=beside)
    else:
        yield NOT_IN_IT.format(key=kept.key)
    if is_folder and keep:
        yield from _thin_out(target, keep)


def _folder(target: Path, keep: int) -> bool:
    """Whether copies go into a folder of this name; where nothing is yet, it is made if it reads like one."""
    if not target.exists() and (keep or not target.suffix) and target.parent.is_dir():
        target.mkdir(mode=0o700)
    return target.is_dir()


def restore(
    settings: Settings, copy: Path, now: datetime, *, with_key: bool = False, replace: bool = False
) -> Iterator[str]:
    """Put a copy back as the books; those that were there are kept aside, and nothing goes out by itself."""
    kept = Kept.of(settings)
    if kept.books is None:
        raise Unfit(ON_A_SERVER.format(file=copy))
    if not copy.exists():
        raise Unfit(f"There is no file {copy}.")
    _not_the_books(copy, kept.books)
    kept.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    _as_its_owner(kept.data)
    with _alone(kept.books):
        if kept.books.exists() and not replace:
            raise Unfit(f"There are books at {kept.books} already. With --replace they are kept aside.")
        staged = kept.books.with_name(f"{kept.books.name}.restored")
        told, letters = backup.prepare(copy, staged, now)
        try:
            if with_key:
                _check_key(_key_of(copy), kept.key, told, replace=replace)
            yield from _put(staged, kept.books, now)
            if with_key:
                yield from _bring_key(_key_of(copy), kept.key, now)
        finally:
            staged.unlink(missing_ok=True)
    if told.key_mark and told.key_mark != Vault(kept.key).mark():
        yield LOST.format(key=kept.key)
    yield _held(_said(told.taken_at) if told.taken_at else "an hour that the file does not tell", letters)


def settle(settings: Settings, database: Database, now: datetime) -> str:
    """See to books that were put back by other means: nothing goes out by itself."""
    kept = Kept.of(settings)
    with _alone(kept.books):
        with database.workers(now) as workers:
            if workers.alive(SILENT):
                raise Unfit("Purr is running on these books. Stop it first, and wait for half a minute.")
        letters = backup.settle(database, now)
    return _held("the hour they were copied", letters)


def _put(staged: Path, books: Path, now: datetime) -> Iterator[str]:
    aside = books.with_name(f"{books.stem}-before-{now.astimezone():%Y-%m-%d-%H%M%S}{books.suffix}")
    was_there = books.exists()
    backup.put(staged, books, aside)
    if was_there:
        yield f"{aside}: the books that were there."
    yield f"{books}: restored."


def _check_key(beside: Path, key: Path, told: Copy, *, replace: bool) -> None:
    if not beside.exists():
        raise Unfit(f"There is no key at {beside}.")
    mark = Vault(beside).mark()
    if told.key_mark and told.key_mark != mark:
        raise Unfit(f"{beside} is not the key of these books.")
    if key.exists() and Vault(key).mark() != mark and not replace:
        raise Unfit(f"There is another key at {key} already. With --replace it is kept aside.")


def _bring_key(beside: Path, key: Path, now: datetime) -> Iterator[str]:
    """Take the key that lies beside a copy; one that is there already is never lost."""
    if key.exists() and Vault(key).mark() == Vault(beside).mark():
        return
    if key.exists():
        aside = key.with_name(f"{key.name}-before-{now.astimezone():%Y-%m-%d-%H%M%S}")
        key.rename(aside)
        yield f"{aside}: the key that was there."
    _copy_key(beside, key)
    yield f"{key}: the key."


@contextmanager
def _alone(books: Path | None) -> Iterator[None]:
    """Nobody else works on the file meanwhile; refused when somebody does."""
    if books is None:
        yield
        return
    alone = Alone(books)
    try:
        alone.take()
    except Refusal:
        raise Unfit("Purr is running on these books. Stop it first.") from None
    try:
        yield
    finally:
        alone.give_back()


def _thin_out(folder: Path, keep: int) -> Iterator[str]:
    """Delete the oldest copies in a folder, and the keys beside them; what is named otherwise stays."""
    ours = sorted(file for file in folder.iterdir() if OURS.fullmatch(file.name))
    for old in ours[:-keep]:
        old.unlink()
        _key_of(old).unlink(missing_ok=True)
        yield f"{old}: deleted, {keep} newer ones are kept."


def _copy_key(source: Path, target: Path) -> None:
    """Written elsewhere and moved into place, for the owner alone to read."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def _key_of(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.key")


def _as_its_owner(folder: Path) -> None:
    """Purr could not write in files that root has made there."""
    owner = folder.stat().st_uid
    if os.geteuid() == 0 and owner:
        raise Unfit(f"{folder} belongs to another user (number {owner}). Run this as that user: sudo -u.")


def _not_the_books(file: Path, books: Path) -> None:
    if file.resolve() == books.resolve():
        raise Unfit(f"{file} are the books themselves. Name another file.")


def _free(file: Path, *, replace: bool) -> None:
    if file.exists() and not replace:
        raise Unfit(f"There is a file {file} already. With --replace it is written over.")
    if not file.parent.is_dir():
        raise Unfit(f"There is no folder {file.parent}.")


def _held(at: str, letters: int) -> str:
    asked = ASKED.format(letters="the letter" if letters == 1 else f"the {letters} letters")
    return "\n".join((HELD.format(at=at), *([asked] if letters else [])))


def _said(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
