"""What came in from the platforms, each delivery once, kept until it has been answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.platforms import Heard
from storage.columns import FLAG, MOMENT, Json
from storage.tables import metadata

heard = sa.Table(
    "heard",
    metadata,
    sa.Column("platform", sa.Text(), nullable=False),
    sa.Column("delivery", sa.Text(), nullable=False),
    sa.Column("what", Json(Heard | None)),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("done", FLAG, nullable=False),
    sa.PrimaryKeyConstraint("platform", "delivery"),
    sa.Index("heard_open", "at", sqlite_where=sa.text("done = 0"), postgresql_where=sa.text("NOT done")),
    sqlite_strict=True,
)


class Arrivals:
    """Deliveries of every platform; of one that is answered only its name stays."""

    def __init__(self, connection: sa.Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now

    def keep(self, many: Sequence[Heard]) -> tuple[bool, ...]:
        """Keep what came in, in this order; of each whether it is new."""
        # A microsecond apart, so that what came in together is told in order after a restart too.
        moments = (self.now + timedelta(microseconds=n) for n in range(len(many)))
        return tuple(self._keep(each, at) for each, at in zip(many, moments, strict=True))

    def done(self, one: Heard) -> bool:
        """Note that it has been answered, and forget what it said; whether that is news."""
        is_it = sa.and_(
            heard.c.platform == one.place.platform, heard.c.delivery == one.delivery, sa.not_(heard.c.done)
        )
        return (
            self.connection.execute(sa.update(heard).where(is_it).values(done=True, what=None)).rowcount == 1
        )

    def is_waiting(self, one: Heard) -> bool:
        """Whether it has yet to be answered."""
        is_it = sa.and_(heard.c.platform == one.place.platform, heard.c.delivery == one.delivery)
        return bool(self.connection.scalar(sa.select(sa.not_(heard.c.done)).where(is_it)))

    def waiting(self, platform: str) -> tuple[Heard, ...]:
        """What has not been answered yet on a platform, oldest first."""
        query = (
            sa.select(heard.c.what)
            .where(sa.not_(heard.c.done), heard.c.platform == platform)
            .order_by(heard.c.at, heard.c.delivery)
        )
        return tuple(row[0] for row in self.connection.execute(query))

    def forget(self, before: datetime) -> int:
        """Forget the names of deliveries from before a moment: no platform repeats them any more."""
        old = sa.and_(heard.c.done, heard.c.at < before)
        return self.connection.execute(sa.delete(heard).where(old)).rowcount

    def _keep(self, one: Heard, at: datetime) -> bool:
        row = {
            "platform": one.place.platform,
            "delivery": one.delivery,
            "what": one,
            "at": at,
            "done": False,
        }
        insert = _insert(self.connection).values(row).on_conflict_do_nothing()
        return self.connection.execute(insert.returning(heard.c.delivery)).first() is not None


def _insert(connection: sa.Connection) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(heard) if connection.dialect.name == "sqlite" else postgresql.insert(heard)
