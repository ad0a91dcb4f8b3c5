"""Several workers on one PostgreSQL: the jobs of one that was killed are done by another."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from handlers.engine import embedded
from handlers.engine.embedded import Embedded
from tests.handlers.engine.test_embedded import now, until
from tests.postgres import postgres

ROOT = Path(__file__).resolve().parents[3]
STUCK = """
import asyncio, sys
from datetime import UTC, datetime
from handlers.engine.embedded import Embedded

async def job(business):
    print("begun", flush=True)
    await asyncio.sleep(60)

async def main():
    engine = Embedded(sys.argv[1], lambda: datetime.now(UTC), poll_seconds=0.05, worker="killed")
    await engine.run({"job": job})
    print("at work", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address.replace("postgresql://", "postgresql+psycopg://")


def hand_over(server: str, key: str) -> None:
    books = create_engine(server)
    with books.begin() as connection:
        Embedded(server, now).enqueue(connection, "job", key, "asas-bageri")
    books.dispose()


@pytest.mark.slow
@pytest.mark.postgres
def test_the_job_of_a_worker_that_was_killed_is_done_by_another(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "PULSE_SECONDS", 0.1)
    done: list[str] = []
    alive = ["left", "killed"]

    async def job(business: str) -> None:
        done.append(business)

    async def told() -> None:
        command = [sys.executable, "-c", STUCK, server]
        killed = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
        assert killed.stdout is not None
        assert await killed.stdout.readline() == b"at work\n"
        await asyncio.to_thread(hand_over, server, "one")
        assert await killed.stdout.readline() == b"begun\n"
        killed.kill()
        await killed.wait()
        engine = Embedded(server, now, poll_seconds=0.05, worker="left", roll=lambda: tuple(alive))
        await engine.run({"job": job})
        await asyncio.to_thread(hand_over, server, "two")
        await asyncio.sleep(0.5)
        assert done == [], "its business stands still until it is known to be gone"
        alive.remove("killed")
        await until(lambda: len(done) == 2)
        await engine.stop()

    asyncio.run(told())


def test_a_server_that_is_away_counts_as_a_lost_connection(tmp_path: Path) -> None:
    engine = embedded._engine(f"postgresql+psycopg://nobody@/none?host={tmp_path}")
    with pytest.raises(DBAPIError) as lost:
        engine.connect()
    assert lost.value.connection_invalidated
