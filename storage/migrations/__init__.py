"""The tables as they came to be: Alembic, run from here and not from a command line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.shut import told_apart

LOCK = 7_877
"""Any number, the same for all: on PostgreSQL one process upgrades while the others wait."""


def upgrade(engine: sa.Engine, version: str = "head") -> None:
    """Bring a database up to date, or to an earlier version, all or nothing."""
    config = _config()
    with engine.connect() as connection:
        _loosen(connection)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            config.attributes["connection"] = connection
            command.upgrade(config, version)
        connection.invalidate()


def known() -> tuple[str, ...]:
    """Every version that a database may be of, the newest first."""
    return tuple(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


def version(engine: sa.Engine) -> str:
    """The version that a database is of."""
    with told_apart(), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def stranger(engine: sa.Engine) -> str:
    """The version of a database that is of none we know, as one of a newer Purr; empty where we know it."""
    is_at = version(engine)
    return is_at if is_at and is_at not in known() else ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def _loosen(connection: sa.Connection) -> None:
    """On SQLite a table is changed by copying it; foreign keys stay off until this connection is let go."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
