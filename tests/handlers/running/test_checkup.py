"""The doctor's look at where Purr runs: each part in order, or what to do about it."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.running import checkup
from handlers.running.backups import Kept
from handlers.running.checkup import Finding
from storage.engine import Database
from tests.cast import ASAS_BAGERI
from tests.handlers.talk import MORNING

DAY = timedelta(days=1)


@pytest.fixture
def database(blank_database: Database) -> Database:
    blank_database.add_business(ASAS_BAGERI)
    return blank_database


def found(database: Database, home: Path, books: str = "purr.db") -> dict[str, Finding]:
    kept = Kept(home, home / books if books else None)
    return {each.name: each for each in checkup.look(database, kept, MORNING)}


def test_a_new_purr_is_in_order_and_is_told_how_to_make_a_backup(database: Database, home: Path) -> None:
    findings = found(database, home)
    assert all(each.ok for each in findings.values())
    assert "purr backup" in findings["backup"].text and "none yet" in findings["key"].text


@pytest.mark.parametrize(("days", "ok"), [(1, True), (7, True), (8, False)])
def test_books_of_more_than_a_week_are_to_have_a_backup(
    days: int, ok: bool, database: Database, home: Path
) -> None:
    with database.books(ASAS_BAGERI.id, MORNING - days * DAY) as books:
        books.history.add("anything")
    assert found(database, home)["backup"].ok is ok


@pytest.mark.parametrize(("days", "ok"), [(0, True), (7, True), (8, False)])
def test_a_backup_is_to_be_of_this_week(days: int, ok: bool, database: Database, home: Path) -> None:
    Kept(home, None).stamp.write_text((MORNING - days * DAY).isoformat(), "utf-8")
    finding = found(database, home)["backup"]
    assert finding.ok is ok and "made 2026-11-" in finding.text


def test_backups_of_postgresql_are_left_to_it(database: Database, home: Path) -> None:
    finding = found(database, home, books="")["backup"]
    assert finding.ok and "pg_dump" in finding.text


@pytest.mark.parametrize(("name", "mode"), [("key", 0o640), ("key", 0o604), ("folder", 0o755)])
def test_what_others_on_the_machine_may_read_is_named_with_what_to_run(
    name: str, mode: int, database: Database, home: Path
) -> None:
    path = {"key": home / "purr.key", "folder": home}[name]
    path.touch()
    path.chmod(mode)
    finding = found(database, home)[name]
    assert not finding.ok
    wanted, file = finding.text.rsplit(" ", 2)[1:]
    Path(file).chmod(int(wanted, 8))
    assert found(database, home)[name].ok


def test_a_disk_without_room_is_told_before_it_is_full(
    database: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(home)
    for free, ok in ((checkup.GIB * 2, True), (checkup.GIB // 2, False)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: usage._replace(free=free))
        assert found(database, home)["disk"].ok is ok


def test_letters_that_should_have_gone_raise_the_question_whether_purr_runs(
    database: Database, home: Path
) -> None:
    assert "letters" not in found(database, home)
    with database.books(ASAS_BAGERI.id, MORNING) as books:
        books.deliveries.plan("letter:a", "letter", "a", MORNING - timedelta(minutes=14))
    assert "letters" not in found(database, home)
    with database.books(ASAS_BAGERI.id, MORNING) as books:
        books.deliveries.plan("letter:b", "letter", "b", MORNING - timedelta(minutes=16))
    finding = found(database, home)["letters"]
    assert not finding.ok and finding.text.startswith("2 letters or lists are due since")


def test_without_a_database_what_lies_on_the_disk_is_looked_at_all_the_same(
    database: Database, home: Path
) -> None:
    database.close()
    (home / "purr.db").write_bytes(b"not a database" * 400)
    assert list(found(database, home)) == ["backup", "disk", "key", "folder"]
