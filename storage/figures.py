"""Figures over all the books, for whoever watches over Purr: how many, how old, and nothing of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage.arrivals import heard
from storage.deliveries import IS_OPEN, deliveries
from storage.engine import READS, Database
from storage.history import history
from storage.shut import told_apart
from storage.tables import businesses


@dataclass(frozen=True, slots=True)
class Figures:
    """How the books stand: deliveries by kind and state; those that are due; what waits to be answered."""

    deliveries: Mapping[tuple[str, str], int]
    due: int
    due_since: datetime | None
    waiting: int
    waiting_since: datetime | None
    businesses: int


def begun(database: Database) -> datetime | None:
    """When the first thing was written down."""
    with told_apart(), database.engine.connect().execution_options(**READS) as connection:
        first: datetime | None = connection.scalar(sa.select(sa.func.min(history.c.at)))
    return first


def count(database: Database, now: datetime) -> Figures:
    """Look at all of it at one moment."""
    is_due = sa.and_(IS_OPEN, deliveries.c.not_before <= now)
    states = sa.select(deliveries.c.kind, deliveries.c.state, sa.func.count()).group_by(
        deliveries.c.kind, deliveries.c.state
    )
    due = sa.select(sa.func.count(), sa.func.min(deliveries.c.not_before)).where(is_due)
    waiting = sa.select(sa.func.count(), sa.func.min(heard.c.at)).where(sa.not_(heard.c.done))
    with told_apart(), database.engine.connect().execution_options(**READS) as connection:
        now_due, due_since = connection.execute(due).one()
        now_waiting, waiting_since = connection.execute(waiting).one()
        return Figures(
            deliveries={(kind, state): number for kind, state, number in connection.execute(states)},
            due=now_due,
            due_since=due_since,
            waiting=now_waiting,
            waiting_since=waiting_since,
            businesses=connection.scalar(sa.select(sa.func.count()).select_from(businesses)) or 0,
        )
