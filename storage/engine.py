"""The database: one SQLite file or one PostgreSQL, the same behaviour on both."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.errors import BooksShut
from bot.nudges import next_nudge
from bot.parties import Business
from storage.arrivals import Arrivals
from storage.books import Books
from storage.connections import ledgers
from storage.deliveries import IS_OPEN, claimable, deliveries
from storage.directory import Directory
from storage.drawers import Drawers
from storage.migrations import upgrade
from storage.shut import told_apart, watch
from storage.tables import BUSINESS, businesses
from storage.vault import Vault
from storage.workers import Workers

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON")
"""An intent must survive a power cut, hence FULL."""
OPTIONS = "-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s"
READS = {"reads": True}
FAR = timedelta(days=21)
"""A digest is seldom further away, but for a pause or a season: a clock may have run ahead for a while."""


class Database:
    """Where everything is remembered; secrets are sealed with the key in `key_file`."""

    def __init__(self, url: str, key_file: Path | None = None) -> None:
        self.vault = Vault(key_file) if key_file else None
        self.engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
        watch(self.engine)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writing = threading.RLock()

    def migrate(self) -> None:
        """Bring the tables up to date."""
        with told_apart():
            upgrade(self.engine)

    @contextmanager
    def books(self, business: str, now: datetime) -> Iterator[Books]:
        """The books of a business for one transaction: kept when the block ends well, else as before it."""
        with self._turn(), self.engine.begin() as connection:
            yield Books(connection, business, now, self.vault)

    @contextmanager
    def arrivals(self, now: datetime) -> Iterator[Arrivals]:
        """What came in from the platforms, for one transaction."""
        with self._turn(), self.engine.begin() as connection:
            yield Arrivals(connection, now, self.vault)

    @contextmanager
    def directory(self, now: datetime) -> Iterator[Directory]:
        """Who and what is known across businesses, for one transaction."""
        with self._turn(), self.engine.begin() as connection:
            yield Directory(connection, now)

    @contextmanager
    def drawer(self, platform: str, now: datetime) -> Iterator[Drawers]:
        """What a platform keeps for itself, for one transaction."""
        assert self.vault is not None, "what a platform keeps is sealed: name a key file"
        with self._turn(), self.engine.begin() as connection:
            yield Drawers(connection, platform, now, self.vault)

    @contextmanager
    def workers(self, now: datetime) -> Iterator[Workers]:
        """The processes at work, for one transaction."""
        with self._turn(), self.engine.begin() as connection:
            yield Workers(connection, now)

    def businesses(self) -> tuple[Business, ...]:
        """Every business, by id."""
        columns = [businesses.c[name] for name in BUSINESS.names]
        return tuple(BUSINESS.value(row) for row in self._read(sa.select(*columns).order_by(businesses.c.id)))

    def add_business(self, business: Business) -> None:
        """Take in a new business."""
        with self._turn(), self.engine.begin() as connection:
            connection.execute(sa.insert(businesses).values(BUSINESS.row(business)))

    @contextmanager
    def begun(self, business: Business, now: datetime) -> Iterator[Books]:
        """The books of a new business, which there is only if the block ends well."""
        with self._turn(), self.engine.begin() as connection:
            connection.execute(sa.insert(businesses).values(BUSINESS.row(business)))
            yield Books(connection, business.id, now, self.vault)

    def due_nudges(self, now: datetime) -> tuple[str, ...]:
        """The businesses whose digest is due, the longest overdue first, or is planned much too far away."""
        at = businesses.c.next_nudge_at
        due = self._read(sa.select(businesses.c.id).where(at <= now).order_by(at))
        return (*(row.id for row in due), *self._astray(now))

    def _astray(self, now: datetime) -> Iterator[str]:
        """Those whose digest is planned further away than any of theirs would be today."""
        at, paused = businesses.c.next_nudge_at, businesses.c.paused_until
        rests = sa.and_(paused.is_not(None), paused > now.date())
        columns = [businesses.c[name] for name in BUSINESS.names]
        for row in self._read(sa.select(*columns, at).where(at > now + FAR, sa.not_(rests))):
            business = BUSINESS.value(row)
            if row.next_nudge_at > next_nudge(business, now):
                yield business.id

    def due_ledgers(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """Business and system of each connection that is to be read, the longest overdue first."""
        at = ledgers.c.next_at
        query = sa.select(ledgers.c.business, ledgers.c.system).where(at <= now).order_by(at)
        return tuple((row.business, row.system) for row in self._read(query))

    def open_deliveries(
        self, now: datetime, worker: str = "", business: str = ""
    ) -> tuple[tuple[str, str], ...]:
        """Business and key of what can be claimed, of one business or of all, the oldest first.

        `worker` as `claim` takes it.
        """
        can_be = claimable(self.is_sqlite, now, worker)
        query = sa.select(deliveries.c.business, deliveries.c.key).where(IS_OPEN, can_be)
        query = query.where(deliveries.c.business == business) if business else query
        return tuple((row.business, row.key) for row in self._read(query.order_by(deliveries.c.not_before)))

    def encoding(self) -> str:
        """In which signs the database keeps words; SQLite knows no other than UTF8."""
        named = sa.select(
            sa.literal("UTF8") if self.is_sqlite else sa.func.current_setting("server_encoding")
        )
        return str(self._read(named)[0][0])

    def trouble(self) -> str:
        """Why the database does not answer; empty when it does."""
        try:
            self.ping()
        except (sa.exc.SQLAlchemyError, BooksShut) as problem:
            return type(problem.__cause__ or problem).__name__
        return ""

    def ping(self) -> None:
        """Raise unless the database answers."""
        self._read(sa.select(sa.literal(1)))

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """On SQLite writers wait here in turn, and not in its sleep loop, ten times slower at the tail."""
        with told_apart(), self._writing if self.is_sqlite else nullcontext():
            yield

    def _read(self, query: sa.Select[Any]) -> list[sa.Row[Any]]:
        with told_apart(), self.engine.connect().execution_options(**READS) as connection:
            return list(connection.execute(query).all())


def _postgresql(url: str) -> sa.Engine:
    plain = sa.make_url(url)
    driver = plain.set(drivername="postgresql+psycopg") if plain.drivername == "postgresql" else plain
    return sa.create_engine(
        driver,
        pool_size=10,
        pool_pre_ping=True,
        connect_args={"options": OPTIONS, "client_encoding": "utf8"},
        hide_parameters=True,
    )


def _sqlite(url: str) -> sa.Engine:
    engine = sa.create_engine(url, hide_parameters=True)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once: a read that turns into a write fails with BUSY, and no timeout helps."""
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
