from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.ledgers import Connection
from storage.connections import ledgers
from storage.engine import Database
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW

LATER = NOW + timedelta(minutes=30)
FIKEN = Connection(system="fiken", secrets={"token": "hemlig", "company": "bageri-as"})


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Database]:
    """A database that has a key file, in which the bakery is at home."""
    with closing(Database(f"sqlite:///{tmp_path / 'purr.db'}", tmp_path / "purr.key")) as database:
        database.migrate()
        database.add_business(ASAS_BAGERI)
        yield database


def test_a_connection_comes_back_as_it_was_made(sealed: Database) -> None:
    with sealed.books(ASAS_BAGERI.id, NOW) as books:
        assert (books.connections.all(), books.connections.get("fiken")) == ((), None)
        books.connections.save(replace(FIKEN, cursor="old"))
        books.connections.save(Connection(system="dinero", secrets={"token": "x"}))
        books.connections.save(FIKEN)
        assert [each.system for each in books.connections.all()] == ["dinero", "fiken"]
        assert books.connections.get("fiken") == FIKEN


def test_what_lets_one_in_never_lies_in_the_database_as_it_is(sealed: Database) -> None:
    with sealed.books(ASAS_BAGERI.id, NOW) as books:
        books.connections.save(FIKEN)
    with sealed.engine.connect() as connection:
        kept = str(connection.execute(sa.select(ledgers)).all())
    assert "hemlig" not in kept and "bageri-as" not in kept


def test_how_far_it_was_read_is_kept_and_what_lets_one_in_stays(sealed: Database) -> None:
    read = replace(FIKEN, cursor="1 2", pulled_at=NOW, next_at=LATER, failures=2, told=True, noted="x")
    with sealed.books(ASAS_BAGERI.id, NOW) as books:
        books.connections.save(FIKEN)
        books.connections.note(replace(read, secrets={}))
        assert books.connections.get("fiken") == read


def test_a_reading_is_claimed_once_and_only_when_it_is_due(sealed: Database) -> None:
    with sealed.books(ASAS_BAGERI.id, NOW) as books:
        books.connections.save(FIKEN)
        assert books.connections.claim("fiken", LATER) is None
        books.connections.note(replace(FIKEN, next_at=NOW))
        found = books.connections.claim("fiken", LATER)
        assert found == replace(FIKEN, next_at=LATER)
        assert books.connections.claim("fiken", LATER) is None
        assert books.connections.claimed("fiken", LATER) == found


def test_of_many_workers_one_gets_the_reading(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.connections.save(Connection(system="fiken", next_at=NOW))

    def claims(nth: int) -> bool:
        with database.books(ASAS_BAGERI.id, NOW) as books:
            return books.connections.claim("fiken", LATER + timedelta(seconds=nth)) is not None

    with ThreadPoolExecutor(8) as workers:
        assert sum(workers.map(claims, range(24))) == 1


def test_a_claim_is_over_when_somebody_else_has_read_connected_or_forgotten(sealed: Database) -> None:
    with sealed.books(ASAS_BAGERI.id, NOW) as books:
        books.connections.save(replace(FIKEN, next_at=LATER))
        assert books.connections.claimed("fiken", LATER)
        books.connections.note(replace(FIKEN, next_at=LATER + timedelta(hours=1)))
        assert books.connections.claimed("fiken", LATER) is None
        books.connections.forget("fiken")
        assert books.connections.claimed("fiken", LATER) is None


def test_what_is_due_is_found_over_all_businesses_the_longest_overdue_first(sealed: Database) -> None:
    other = replace(ASAS_BAGERI, id="other")
    sealed.add_business(other)
    for business, minutes in ((ASAS_BAGERI.id, 5), (other.id, 9)):
        with sealed.books(business, NOW) as books:
            books.connections.save(replace(FIKEN, next_at=NOW - timedelta(minutes=minutes)))
            books.connections.save(Connection(system="stripe", secrets={"token": "x"}, next_at=LATER))
            books.connections.save(Connection(system="billy", secrets={"token": "x"}))
    assert sealed.due_ledgers(NOW) == (("other", "fiken"), (ASAS_BAGERI.id, "fiken"))


def test_a_forgotten_connection_leaves_nothing_behind(sealed: Database) -> None:
    with sealed.books(ASAS_BAGERI.id, NOW) as books:
        books.connections.save(FIKEN)
        assert books.connections.forget("fiken") is True
        assert books.connections.forget("fiken") is False
    with sealed.engine.connect() as connection:
        assert connection.execute(sa.select(ledgers)).all() == []


def test_of_a_connection_sealed_with_another_key_only_the_secrets_are_lost(
    sealed: Database, tmp_path: Path
) -> None:
    with sealed.books(ASAS_BAGERI.id, NOW) as books:
        books.connections.save(FIKEN)
    (tmp_path / "purr.key").unlink()
    with sealed.books(ASAS_BAGERI.id, NOW) as books:
        assert books.connections.get("fiken") == Connection(system="fiken")


def test_secrets_are_not_kept_where_no_key_file_was_named(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books, pytest.raises(RuntimeError, match="key file"):
        books.connections.save(FIKEN)
