"""Every test that asks for a database runs on both, each time on an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.books import TABLES, Books
from storage.engine import Database
from tests.blank import blank_books
from tests.cast import ASAS_BAGERI
from tests.postgres import postgres

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture(scope="session")
def shared_server(server: str) -> str:
    url = create(server, "shared")
    migrate(url)
    return url


@pytest.fixture(params=BOTH)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bare.db'}"
    return create(request.getfixturevalue("server"), f"bare{next(NUMBERS)}")


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all its tables, empty."""
    if request.param == "sqlite":
        return f"sqlite:///{blank_books(tmp_path)}"
    shared: str = request.getfixturevalue("shared_server")
    empty(shared)
    return shared


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database in which the bakery is at home."""
    with closing(Database(url)) as database:
        database.add_business(ASAS_BAGERI)
        yield database


@pytest.fixture
def books(database: Database) -> Iterator[Books]:
    """The bakery's books, open this morning."""
    with database.books(ASAS_BAGERI.id, NOW) as books:
        yield books


def migrate(url: str) -> None:
    with closing(Database(url)) as database:
        database.migrate()


def create(server: str, name: str) -> str:
    """A new database on a server, and its address."""
    address = sa.make_url(server).set(drivername="postgresql+psycopg")
    execute(address, f"CREATE DATABASE {name}")
    return address.set(database=name).render_as_string(hide_password=False)


def empty(url: str) -> None:
    """Delete every row, past the keys between them and the history's guard."""
    deletes = [f"DELETE FROM {table}" for table in TABLES.tables]
    execute(sa.make_url(url), "SET session_replication_role = replica", *deletes)


def execute(url: sa.URL, *statements: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
