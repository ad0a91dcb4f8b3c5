"""The processes at work: seen, silent for too long, struck off."""

from __future__ import annotations

from datetime import timedelta

from storage.engine import Database
from tests.storage.conftest import NOW

MOMENT, LONG = timedelta(0), timedelta(hours=1)


def test_a_worker_is_silent_from_when_it_was_last_seen(database: Database) -> None:
    with database.workers(NOW) as workers:
        workers.seen("one")
        workers.seen("two")
    with database.workers(NOW + timedelta(seconds=1)) as workers:
        workers.seen("two")
        assert workers.silent(LONG) == ()
    with database.workers(NOW + timedelta(seconds=2)) as workers:
        assert workers.silent(MOMENT) == ("one", "two")


def test_who_has_been_silent_for_long_is_struck_off(database: Database) -> None:
    with database.workers(NOW) as workers:
        workers.seen("one")
    with database.workers(NOW + timedelta(seconds=1)) as workers:
        workers.forget(LONG)
        assert workers.silent(MOMENT) == ("one",)
        workers.forget(MOMENT)
        assert workers.silent(MOMENT) == ()
