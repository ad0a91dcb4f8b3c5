from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import Refusal
from bot.nudges import next_nudge
from bot.seasons import Season
from storage.engine import Database
from tests.cast import ASAS_BAGERI, CAFE_NORRSKEN
from tests.storage.conftest import NOW

SEASON = Season(first=date(2027, 7, 5), last=date(2027, 7, 30))
BJORNS = replace(ASAS_BAGERI, id="bjorns", name="Björns Bilar", country="NO", language="nb", ladder=(3, 9))


def test_a_piece_of_work_is_kept_when_it_ends_well(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.customers.add(CAFE_NORRSKEN)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        assert books.customers.all() == (CAFE_NORRSKEN,)


def test_a_piece_of_work_that_fails_leaves_no_trace(database: Database) -> None:
    def fail() -> None:
        with database.books(ASAS_BAGERI.id, NOW) as books:
            books.customers.add(CAFE_NORRSKEN)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.books(ASAS_BAGERI.id, NOW) as books:
        assert books.customers.all() == ()


def test_books_of_a_business_that_is_not_here_are_refused(database: Database) -> None:
    with pytest.raises(Refusal) as refusal, database.books("nobody", NOW):
        pass
    assert refusal.value.facts == {"what": "business"}


def test_every_business_is_known_as_it_was_taken_in(database: Database) -> None:
    database.add_business(BJORNS)
    assert database.businesses() == (ASAS_BAGERI, BJORNS)


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with (
        pytest.raises(sa.exc.StatementError, match="names no time zone"),
        database.books(ASAS_BAGERI.id, datetime(2026, 11, 25)) as books,
    ):
        books.history.add("anything")


def test_a_digest_is_due_from_its_moment_on(database: Database) -> None:
    database.add_business(BJORNS)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.set_next_nudge(NOW)
    assert database.due_nudges(NOW - timedelta(seconds=1)) == ()
    assert database.due_nudges(NOW) == (ASAS_BAGERI.id,)


def test_a_digest_planned_by_a_clock_that_ran_ahead_is_due_though_there_are_seasons(
    database: Database,
) -> None:
    _planned(database, SEASON, NOW + timedelta(days=50))
    assert database.due_nudges(NOW) == (ASAS_BAGERI.id,)


def test_a_digest_planned_for_the_end_of_a_long_season_is_not(database: Database) -> None:
    begun = replace(SEASON, first=NOW.date(), last=NOW.date() + timedelta(days=50))
    _planned(database, begun, NOW)
    assert database.due_nudges(NOW) == ()


def _planned(database: Database, season: Season, at: datetime) -> None:
    """The next digest is the one that a clock plans at a moment."""
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.save_business(replace(books.business, seasons=(season,)))
        books.set_next_nudge(next_nudge(books.business, at))


def test_open_deliveries_are_those_that_can_be_claimed(database: Database) -> None:
    later = NOW + timedelta(minutes=1)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        for key, at in {"due": NOW, "later": later, "held": NOW, "left": NOW, "gone": NOW}.items():
            books.deliveries.plan(key, "letter", key, at)
        books.deliveries.claim("held", "worker", timedelta(hours=1))
        books.deliveries.claim("left", "worker", timedelta(seconds=-1))
        books.deliveries.claim("gone", "worker", timedelta(hours=1))
        books.deliveries.sent("gone")
    assert set(database.open_deliveries(NOW)) == {(ASAS_BAGERI.id, "due"), (ASAS_BAGERI.id, "left")}


def test_one_business_does_one_thing_at_a_time(database: Database) -> None:
    """What a piece of work has read is still so when it writes."""
    together = threading.Barrier(4)

    def count_on(_: int) -> None:
        together.wait()
        for _ in range(5):
            with database.books(ASAS_BAGERI.id, NOW) as books:
                undo = books.business.undo_minutes
                books.save_business(replace(books.business, undo_minutes=undo + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_on, range(4)))
    assert database.businesses()[0].undo_minutes == ASAS_BAGERI.undo_minutes + 20


def test_reading_does_not_wait_for_work_in_progress(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW), ThreadPoolExecutor(1) as pool:
        assert pool.submit(database.due_nudges, NOW).result(timeout=5) == ()


def test_the_live_connection_is_there_for_a_job_of_the_same_transaction(database: Database) -> None:
    def fail() -> None:
        with database.books(ASAS_BAGERI.id, NOW) as books:
            books.connection.execute(sa.text("CREATE TABLE job (id TEXT)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not sa.inspect(database.engine).has_table("job")


def test_a_sqlite_file_survives_a_power_cut_and_guards_its_keys(tmp_path: Path) -> None:
    with (
        closing(Database(f"sqlite:///{tmp_path / 'purr.db'}")) as database,
        database.engine.connect() as connection,
    ):
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
