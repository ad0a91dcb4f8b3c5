"""The works behind the chat: a worker beside it on PostgreSQL, whose words reach the chat's own process."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import Card, Posted
from bot.settings import SettingError, Settings
from handlers.app import App
from handlers.works import listening
from tests import cast
from tests.blank import blank_books
from tests.handlers.stage import Clock
from tests.postgres import postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address.replace("postgresql://", "postgresql+psycopg://")


def purr(folder: Path, url: str = "", tick_seconds: int = 3600) -> App:
    return App(Settings(_env_file=None, data=folder, DATABASE_URL=url, tick_seconds=tick_seconds), Clock())


def test_beside_a_sqlite_file_nobody_else_works(tmp_path: Path) -> None:
    with purr(tmp_path) as app, pytest.raises(SettingError, match="DATABASE_URL must name a PostgreSQL"):
        asyncio.run(app.work(lambda _: None))


def test_what_has_been_kept_long_enough_is_let_go_of_while_purr_works(tmp_path: Path) -> None:
    blank_books(tmp_path)
    with purr(tmp_path, tick_seconds=1) as app:
        app.database.add_business(cast.ASAS_BAGERI)
        with app.database.books(cast.ASAS_BAGERI.id, app.now() - timedelta(days=91)) as books:
            books.imports.keep("old", "list.csv", b"rows")

        async def work() -> bytes:
            left = b"rows"
            async with app.works(lambda _business, _lines: None).running():
                for _ in range(100):
                    await asyncio.sleep(0.05)
                    with app.database.books(cast.ASAS_BAGERI.id, app.now()) as books:
                        left = books.imports.get("old").content
                    if not left:
                        break
            return left

        assert asyncio.run(work()) == b""


@pytest.mark.slow
@pytest.mark.postgres
def test_a_worker_works_until_it_is_told_to_stop(tmp_path: Path, server: str) -> None:
    with purr(tmp_path, server) as app:
        told: list[str] = []

        def stop(line: str) -> None:
            told.append(line)
            os.kill(os.getpid(), signal.SIGTERM)

        asyncio.run(app.work(stop))
        assert [line.partition(": ")[2] for line in told] == ["at work"]


@pytest.mark.postgres
def test_what_a_worker_says_is_shown_on_pages_that_are_open(tmp_path: Path, server: str) -> None:
    with purr(tmp_path, server) as chat, purr(tmp_path, server) as worker:
        chat.database.add_business(cast.ASAS_BAGERI)
        shown: list[Posted] = []
        rung = asyncio.Event()
        chat.feed.publish = lambda *lines: shown.extend(lines)  # type: ignore[method-assign]  # a page

        async def told() -> None:
            loop = asyncio.get_running_loop()

            def hear(business: str) -> None:
                chat.said_beside(business)
                loop.call_soon_threadsafe(rung.set)

            async with listening(chat.database, hear):
                await asyncio.wait_for(rung.wait(), 10)
                rung.clear()
                await asyncio.to_thread(say, worker)
                await asyncio.wait_for(rung.wait(), 10)

        asyncio.run(told())
        assert [line.card.text for line in shown] == ["The list of the day"]


def say(worker: App) -> None:
    with worker.database.books(cast.ASAS_BAGERI.id, worker.now()) as books:
        lines = (books.lines.add(Card("The list of the day")),)
    worker.ring(cast.ASAS_BAGERI.id, lines)
