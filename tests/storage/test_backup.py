"""Copies of the books: one moment of them while others write, whole, and of a version that is known."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from storage import backup
from storage.backup import Copy, Unfit
from storage.engine import Database
from tests.blank import blank_books
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW

DANGLING = "CREATE TABLE child (parent TEXT REFERENCES businesses (id)); INSERT INTO child VALUES ('nobody');"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """The file of the bakery's books."""
    file = blank_books(tmp_path)
    with closing(Database(f"sqlite:///{file}")) as database:
        database.add_business(ASAS_BAGERI)
    return file


@contextmanager
def writers(books: Path, many: int = 3) -> Iterator[None]:
    """People at work: each writes down a thing in two places, in one transaction, again and again."""
    stop, begun = threading.Event(), threading.Barrier(many + 1)

    def write(name: str) -> None:
        with closing(Database(f"sqlite:///{books}")) as database:
            number = 0
            while not stop.is_set():
                with database.books(ASAS_BAGERI.id, NOW) as open_books:
                    open_books.history.add("begun", who=name, number=number)
                    open_books.deliveries.plan(f"nudge:{name}:{number}", "nudge", name, NOW)
                    open_books.history.add("ended", who=name, number=number)
                number += 1
                if number == 5:
                    begun.wait()

    threads = [threading.Thread(target=write, args=(f"writer {n}",)) for n in range(many)]
    for thread in threads:
        thread.start()
    begun.wait()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def counted(file: Path) -> tuple[int, int, int]:
    """How often something was begun, put into the ledger, and ended."""
    with closing(sqlite3.connect(file)) as opened:
        events = dict(opened.execute("SELECT kind, count(*) FROM history GROUP BY kind").fetchall())
        (planned,) = opened.execute("SELECT count(*) FROM deliveries").fetchone()
    return events["begun"], planned, events["ended"]


def test_copies_taken_while_others_write_hold_whole_transactions_only(books: Path, tmp_path: Path) -> None:
    copies = [tmp_path / f"copy{n}.db" for n in range(5)]
    with writers(books):
        for copy in copies:
            backup.take(books, copy, NOW, "")
    seen = [counted(copy) for copy in copies]
    assert all(begun == planned == ended for begun, planned, ended in seen)
    assert seen == sorted(seen) and seen[0] < seen[-1] <= counted(books)


def test_a_copy_taken_while_others_write_is_put_back_whole(books: Path, tmp_path: Path) -> None:
    copy, staged, aside = (tmp_path / name for name in ("copy.db", "staged.db", "aside.db"))
    with writers(books):
        backup.take(books, copy, NOW, "")
    later = counted(books)
    backup.prepare(copy, staged, NOW)
    backup.put(staged, books, aside)
    assert counted(books) == counted(copy) < later == counted(aside)
    backup.look_through(books)
    with writers(books, many=1):
        pass
    assert counted(books) > counted(copy)


def test_what_was_not_yet_worked_into_the_old_books_goes_aside_with_them(books: Path, tmp_path: Path) -> None:
    copy, staged, aside = (tmp_path / name for name in ("copy.db", "staged.db", "aside.db"))
    backup.take(books, copy, NOW, "")
    looks, killed = sqlite3.connect(books, isolation_level=None), sqlite3.connect(books)
    looks.execute("BEGIN")
    looks.execute("SELECT count(*) FROM businesses").fetchone()  # and so SQLite cannot work it in either
    killed.execute("CREATE TABLE later (id TEXT)")
    assert books.with_name("purr.db-wal").stat().st_size
    backup.prepare(copy, staged, NOW)
    backup.put(staged, books, aside)
    with closing(sqlite3.connect(books)) as new, closing(sqlite3.connect(aside)) as old:
        found = [
            each.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").fetchone()[0]
            for each in (new, old)
        ]
    looks.close()
    killed.close()
    assert found == [0, 1]


class Killed(BaseException):
    """The process died here."""


@pytest.mark.parametrize("at", range(3))
def test_a_crash_while_books_are_put_back_leaves_whole_ones_and_loses_none_of_the_old(
    at: int, books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, staged, aside = (tmp_path / name for name in ("copy.db", "staged.db", "aside.db"))
    backup.take(books, copy, NOW, "")
    at_work = sqlite3.connect(books)
    at_work.execute("CREATE TABLE later (id TEXT)")
    backup.prepare(copy, staged, NOW)
    moves, replace = iter(range(9)), Path.replace

    def dies(path: Path, target: Path) -> Path:
        if next(moves) == at:
            raise Killed
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(Killed):
        backup.put(staged, books, aside)
    monkeypatch.undo()
    backup.look_through(books)
    with closing(sqlite3.connect(books)) as old:
        assert old.execute("SELECT count(*) FROM later").fetchone() == (0,)
    at_work.close()


def test_damaged_books_can_be_put_aside_too(books: Path, tmp_path: Path) -> None:
    copy, staged, aside = (tmp_path / name for name in ("copy.db", "staged.db", "aside.db"))
    backup.take(books, copy, NOW, "")
    backup.prepare(copy, staged, NOW)
    books.write_bytes(b"no database" * 999)
    backup.put(staged, books, aside)
    backup.look_through(books)
    assert aside.read_bytes() == b"no database" * 999


def test_where_a_disk_knows_but_one_name_for_a_file_the_old_books_are_copied_aside(
    books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, staged, aside = (tmp_path / name for name in ("copy.db", "staged.db", "aside.db"))
    backup.take(books, copy, NOW, "")
    backup.prepare(copy, staged, NOW)

    def refuses(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuses)
    before = books.read_bytes()
    backup.put(staged, books, aside)
    backup.look_through(books)
    assert aside.read_bytes() == before


def test_a_copy_is_one_file_that_its_owner_alone_may_read(books: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    backup.take(books, folder / "copy.db", NOW, "mark")
    assert backup.look_through(folder / "copy.db") == Copy(NOW, "mark")
    assert [file.name for file in folder.iterdir()] == ["copy.db"]
    assert (folder / "copy.db").stat().st_mode & 0o777 == 0o600


def test_books_that_were_copied_by_hand_are_taken_too(books: Path) -> None:
    assert backup.look_through(books) == Copy()


def test_a_copy_of_a_copy_that_was_put_back_bears_its_own_label(books: Path, tmp_path: Path) -> None:
    copy, staged, again = (tmp_path / name for name in ("copy.db", "staged.db", "again.db"))
    backup.take(books, copy, NOW, "old")
    backup.prepare(copy, staged, NOW)
    assert backup.look_through(staged) == Copy()
    backup.take(staged, again, NOW + timedelta(days=1), "new")
    assert backup.look_through(again) == Copy(NOW + timedelta(days=1), "new")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("PRAGMA user_version = 1", ""),
        ("UPDATE alembic_version SET version_num = '9999'", "of version 9999.* Update Purr first"),
        ("DROP TABLE alembic_version", "no books of Purr's"),
        (DANGLING, "rows in it point to rows that are gone"),
    ],
    ids=["nothing wrong", "newer", "something else", "dangling"],
)
def test_what_cannot_be_books_is_not_put_back(change: str, why: str, books: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.take(books, copy, NOW, "")
    with closing(sqlite3.connect(copy)) as opened:
        opened.executescript(change)
    if not why:
        backup.prepare(copy, tmp_path / "staged.db", NOW)
        return
    with pytest.raises(Unfit, match=why):
        backup.prepare(copy, tmp_path / "staged.db", NOW)
    assert not (tmp_path / "staged.db").exists()


@pytest.mark.parametrize("damage", ["no database", "cut in half", "a page of noise"])
def test_a_damaged_copy_is_not_put_back(damage: str, books: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.take(books, copy, NOW, "")
    content = copy.read_bytes()
    half = len(content) // 2
    noise = content[: half - half % 4096] + b"\xa5" * 8192 + content[half - half % 4096 + 8192 :]
    copy.write_bytes({"no database": b"hello" * 999, "cut in half": content[:half]}.get(damage, noise))
    with pytest.raises(Unfit):
        backup.prepare(copy, tmp_path / "staged.db", NOW)
    assert not list(tmp_path.glob("staged*"))


def test_where_there_are_no_books_nothing_is_copied_and_nothing_made(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="no books at"):
        backup.take(tmp_path / "none.db", tmp_path / "copy.db", NOW, "")
    assert not list(tmp_path.iterdir())


def test_books_on_a_server_lie_in_no_file() -> None:
    assert backup.file_of("postgresql+psycopg://purr@db/purr") is None
    assert backup.file_of("sqlite:////var/lib/purr/purr.db") == Path("/var/lib/purr/purr.db")
