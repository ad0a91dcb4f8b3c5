"""A disk without room, in two ways: files that may not grow, and a database that may have no page more."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from storage.engine import Database


@contextmanager
def quota(size: int = 4096) -> Iterator[None]:
    """No file of this process can be written to beyond so many bytes, as with a quota that is used up."""
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


@contextmanager
def pages(database: Database, more: int) -> Iterator[None]:
    """The database may have so many pages more than now: then SQLite says that the disk is full."""
    with database.engine.connect() as connection:
        most = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()) + more

    def limit(connection: object, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count={most}")  # type: ignore[attr-defined] # whatever drives it

    sa.event.listen(database.engine, "checkout", limit)
    try:
        yield
    finally:
        sa.event.remove(database.engine, "checkout", limit)
        database.engine.dispose()
