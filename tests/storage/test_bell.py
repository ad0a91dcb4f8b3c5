"""The bell between processes: rung in one, heard in the other, and listened for anew when the line is cut."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
import sqlalchemy as sa

from storage import bell
from storage.engine import Database

pytestmark = pytest.mark.postgres


@pytest.fixture
def shared(shared_server: str) -> Iterator[Database]:
    with closing(Database(shared_server)) as database:
        yield database


def test_what_is_rung_is_heard_and_a_cut_line_is_told_of(
    shared: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "PAUSE", 0.0)
    with closing(bell.heard(shared.engine, threading.Event())) as heard:
        assert next(heard) == ""
        bell.ring(shared.engine, "asas-bageri")
        assert next(heard) == "asas-bageri"
        with shared.engine.begin() as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            assert connection.execute(sa.text(cut)).scalars().all() == [True]
        assert next(heard) == ""


def test_who_is_to_stop_listens_no_more(shared: Database) -> None:
    stopping = threading.Event()
    heard = bell.heard(shared.engine, stopping)
    assert next(heard) == ""
    stopping.set()
    assert list(heard) == []


def test_a_bell_that_cannot_be_rung_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    away = sa.create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    bell.ring(away, "asas-bageri")
    assert "could not be rung" in caplog.text
