"""Where a benchmark's databases lie: in its folder, or on the PostgreSQL that the folder names."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

NAMED = "server"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL")
"""As safe against a power cut as Purr's own."""


def put(folder: Path, server: str) -> None:
    """Let a folder's databases lie on a server."""
    (folder / NAMED).write_text(server, encoding="utf-8")


def address(folder: Path, name: str) -> tuple[str, bool]:
    """Where one of a folder's databases lies, and whether it is only there since now."""
    file, named = folder / f"{name}.db", folder / NAMED
    is_new = not file.exists()
    if not named.exists():
        return f"sqlite:///{file}", is_new
    server, database = sa.make_url(named.read_text(encoding="utf-8")), f"{name}_{folder.name}"
    if is_new:
        file.touch()
        with psycopg.connect(server.render_as_string(False), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(database)))
    return server.set(drivername="postgresql+psycopg", database=database).render_as_string(False), is_new


def engine(folder: Path) -> sa.Engine:
    """SQLAlchemy's Core and nothing else, over a database of its own."""
    url, _ = address(folder, "floor")
    made = sa.create_engine(url)
    if url.startswith("sqlite"):
        sa.event.listen(made, "connect", lambda raw, _: [raw.execute(f"PRAGMA {each}") for each in PRAGMAS])
    return made


class Bare:
    """A connection to a database of its own and nothing else; statements are written for SQLite."""

    def __init__(self, folder: Path) -> None:
        url, _ = address(folder, "floor")
        self.is_sqlite = url.startswith("sqlite")
        self.raw: Any
        if self.is_sqlite:
            self.raw = sqlite3.connect(folder / "floor.db", isolation_level=None)
            for pragma in PRAGMAS:
                self.raw.execute(f"PRAGMA {pragma}")
        else:
            self.raw = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)

    def execute(self, statement: str, given: Sequence[object] = ()) -> Any:
        """The rows of a statement."""
        return self.raw.execute(statement if self.is_sqlite else _for_postgres(statement), given)

    def close(self) -> None:
        """Let go of it."""
        self.raw.close()


def _for_postgres(statement: str) -> str:
    counted = statement.replace("integer primary key", "serial primary key")
    return counted.replace("?", "%s").replace("begin immediate", "begin")
