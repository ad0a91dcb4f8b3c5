"""The bell between processes on one PostgreSQL: a worker rings when it has said something, the chat hears."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator

import psycopg
import sqlalchemy as sa

CHANNEL = "purr_said"
SLICE, PAUSE = 1.0, 5.0
"""Seconds until a listener looks whether to stop; until a lost connection is tried again."""

log = logging.getLogger(__name__)


def ring(engine: sa.Engine, business: str) -> None:
    """Tell whoever listens that a business has new lines; a bell that breaks only delays them."""
    try:
        with engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_notify(CHANNEL, business)))
    except sa.exc.SQLAlchemyError:
        log.exception("the bell could not be rung: %s", business)


def heard(engine: sa.Engine, stopping: threading.Event) -> Generator[str, None, None]:
    """Each business that was rung for; an empty name when some may have been missed, as at the beginning."""
    while not stopping.is_set():
        try:
            yield from _listened(engine, stopping)
        except (psycopg.Error, sa.exc.SQLAlchemyError):
            log.warning("the bell is silent; listening anew")
            stopping.wait(PAUSE)


def _listened(engine: sa.Engine, stopping: threading.Event) -> Generator[str, None, None]:
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    # A line that is dead at the other end is noticed within a minute.
    alive = psycopg.conninfo.make_conninfo(
        address, keepalives_idle=30, keepalives_interval=10, keepalives_count=3
    )
    with psycopg.connect(alive, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        yield ""
        while not stopping.is_set():
            yield from (notice.payload for notice in connection.notifies(timeout=SLICE))
