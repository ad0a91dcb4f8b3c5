from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import BooksShut
from storage.engine import Database
from tests.blank import blank_books
from tests.cast import ASAS_BAGERI
from tests.chaos.disk import pages, quota
from tests.storage.conftest import NOW


@pytest.fixture
def file(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{blank_books(tmp_path)}")
    database.add_business(ASAS_BAGERI)
    return database


def noted(database: Database) -> list[str]:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        return [event.kind for event in books.history.of("")]


def write(database: Database, times: int = 50) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        for _ in range(times):
            books.history.add("note", text="x" * 9000)


def test_a_disk_that_is_full_is_told_as_such_and_passes(file: Database) -> None:
    with pages(file, 0), pytest.raises(BooksShut) as shut:
        write(file)
    assert shut.value.key == "no_room"
    assert noted(file) == []
    write(file, 1)
    assert noted(file) == ["note"]


def test_a_quota_that_is_used_up_is_told_as_a_full_disk(file: Database) -> None:
    noted(file)
    with quota(), pytest.raises(BooksShut) as shut:
        write(file)
    assert shut.value.key == "no_room"
    assert noted(file) == []


def test_a_place_that_is_away_is_told_as_such(tmp_path: Path) -> None:
    away = Database(f"sqlite:///{tmp_path / 'nowhere' / 'purr.db'}")
    with pytest.raises(BooksShut) as shut:
        noted(away)
    assert shut.value.key == "books_shut"
    assert away.trouble() == "OperationalError"


def test_a_server_that_is_away_is_told_as_such() -> None:
    away = Database("postgresql://purr:hemlig@127.0.0.1:1/purr?connect_timeout=2")
    with pytest.raises(BooksShut) as shut:
        noted(away)
    assert shut.value.key == "books_shut"
    assert shut.value.why.startswith("connection to server at") and "refused" in shut.value.why
    assert "\n" not in shut.value.why and "hemlig" not in shut.value.why


def test_after_a_full_disk_nothing_of_the_transaction_is_kept_though_somebody_caught_the_error(
    file: Database,
) -> None:
    """SQLite undoes all there was, and would keep each statement after it."""

    def careless() -> None:
        with file.books(ASAS_BAGERI.id, NOW) as books:
            books.history.add("before")
            with suppress(sa.exc.OperationalError):
                books.history.add("note", text="x" * 90_000)
            books.history.add("after")

    with pages(file, 2), pytest.raises(BooksShut):
        careless()
    assert noted(file) == []


def test_a_transaction_with_a_failed_statement_is_not_taken_for_kept(database: Database) -> None:
    """PostgreSQL's COMMIT would undo it without a word; SQLite keeps what did not fail, and loses nothing."""

    def careless() -> None:
        with database.books(ASAS_BAGERI.id, NOW) as books:
            books.history.add("before")
            with suppress(sa.exc.DBAPIError):
                books.connection.execute(sa.text("SELECT no_such_function()"))

    if database.is_sqlite:
        careless()
        assert noted(database) == ["before"]
    else:
        with pytest.raises(RuntimeError, match="somebody caught the error"):
            careless()
        assert noted(database) == []


def test_a_fault_of_our_own_is_no_shut_door(database: Database) -> None:
    def wrong() -> None:
        with database.books(ASAS_BAGERI.id, NOW) as books:
            books.connection.execute(sa.text("SELECT no_such_function()"))

    with pytest.raises(sa.exc.DBAPIError):
        wrong()


@pytest.mark.postgres
def test_what_will_never_go_well_is_a_fault_of_our_own(shared_server: str) -> None:
    """PostgreSQL calls it operational too: more of something than it will ever take."""
    many = f"SELECT lower({', '.join(['NULL'] * 101)})"
    with (
        closing(Database(shared_server)) as database,
        pytest.raises(sa.exc.OperationalError),
        database.workers(NOW) as workers,
    ):
        workers.connection.exec_driver_sql(many)
