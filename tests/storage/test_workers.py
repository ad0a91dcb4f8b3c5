"""The processes at work: seen, silent for too long, struck off."""

from __future__ import annotations

from datetime import timedelta

from storage.engine import Database
from tests.storage.conftest import NOW

MOMENT, LONG = timedelta(0), timedelta(hours=1)


def test_a_worker_is_alive_for_a_while_after_it_was_last_seen(database: Database) -> None:
    with database.workers(NOW) as workers:
        workers.seen("one")
        workers.seen("two")
    with database.workers(NOW + timedelta(seconds=1)) as workers:
        workers.seen("two")
        assert workers.alive(LONG) == ("one", "two")
    with database.workers(NOW + timedelta(seconds=2)) as workers:
        assert workers.alive(MOMENT) == ()


def test_who_has_been_silent_for_long_is_struck_off(database: Database) -> None:
    with database.workers(NOW) as workers:
        workers.seen("one")
    with database.workers(NOW + timedelta(seconds=1)) as workers:
        workers.forget(LONG)
        assert workers.alive(LONG) == ("one",)
        workers.forget(MOMENT)
        assert workers.alive(LONG) == ()
