"""Which processes are at work on the books: a row for each, renewed for as long as it lives."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import MOMENT
from storage.deliveries import clock
from storage.tables import metadata

SILENT = timedelta(seconds=30)
"""How long a process may be silent before it counts as gone."""

workers = sa.Table(
    "workers",
    metadata,
    sa.Column("id", sa.Text(), nullable=False),
    sa.Column("seen_at", MOMENT, nullable=False),
    sa.PrimaryKeyConstraint("id"),
    sqlite_strict=True,
)


class Workers:
    """The processes by name; they share the database's clock, so that no machine's own can mislead them."""

    def __init__(self, connection: sa.Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self.is_sqlite = connection.dialect.name == "sqlite"

    def seen(self, worker: str) -> None:
        """Note that a worker is alive."""
        insert = sqlite.insert(workers) if self.is_sqlite else postgresql.insert(workers)
        alive = insert.values(id=worker, seen_at=self._clock())
        renewed = alive.on_conflict_do_update(index_elements=["id"], set_={"seen_at": self._clock()})
        self.connection.execute(renewed)

    def alive(self, patience: timedelta) -> tuple[str, ...]:
        """Those that have been seen within that time."""
        query = sa.select(workers.c.id).where(workers.c.seen_at >= self._clock(-patience))
        return tuple(self.connection.scalars(query.order_by(workers.c.id)))

    def forget(self, patience: timedelta) -> None:
        """Strike off those that have been silent for longer than that."""
        self.connection.execute(sa.delete(workers).where(workers.c.seen_at < self._clock(-patience)))

    def _clock(self, later: timedelta = timedelta(0)) -> sa.ColumnElement[datetime]:
        return clock(self.is_sqlite, self.now, later)
