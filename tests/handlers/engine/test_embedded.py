"""The engine of one process carries every job at least once, one at a time for a business."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from handlers.engine.embedded import Embedded

ROOT = Path(__file__).resolve().parents[3]


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'purr.db'}"


async def until(true: Callable[[], object], seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for rings no bell
            await asyncio.sleep(0.02)


class Played:
    """A job that notes what it was given, and how many of a business ran at one time."""

    def __init__(self, url: str) -> None:
        self.done: list[tuple[str, ...]] = []
        self.threads: set[int] = set()
        self.running: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.books: Engine = create_engine(url)
        self.engine = Embedded(url, now, poll_seconds=0.05, lost_seconds=0.3)

    async def job(self, business: str, *rest: str) -> None:
        self.threads.add(threading.get_ident())
        self.running[business] = self.running.get(business, 0) + 1
        self.most[business] = max(self.most.get(business, 0), self.running[business])
        await asyncio.sleep(1.2 if business == "slow" else 0.05)
        self.running[business] -= 1
        self.done.append((business, *rest))

    def hand_over(self, key: str, *args: str, undo: bool = False) -> None:
        with self.books.connect() as connection:
            self.engine.enqueue(connection, "job", key, *args)
            if undo:
                connection.rollback()
            else:
                connection.commit()


def play(url: str, story: Callable[[Played], Awaitable[None]]) -> Played:
    """A story told while the engine runs, in a loop of its own."""
    played = Played(url)

    async def told() -> None:
        await played.engine.run({"job": played.job})
        try:
            await story(played)
        finally:
            await played.engine.stop()

    try:
        asyncio.run(told())
    finally:
        played.books.dispose()
    return played


def test_a_job_runs_in_our_own_loop_with_its_texts(url: str) -> None:
    async def story(played: Played) -> None:
        await asyncio.to_thread(played.hand_over, "one", "asas-bageri", "2026-11-25")
        await until(lambda: played.done)

    played = play(url, story)
    assert played.done == [("asas-bageri", "2026-11-25")]
    assert played.threads == {threading.get_ident()}


def test_a_job_handed_over_twice_under_one_id_runs_once(url: str) -> None:
    async def story(played: Played) -> None:
        for _ in range(3):
            await asyncio.to_thread(played.hand_over, "drain:a:1", "a")
        await asyncio.to_thread(played.hand_over, "drain:a:2", "a", "last")
        await until(lambda: ("a", "last") in played.done)

    assert play(url, story).done == [("a",), ("a", "last")]


def test_a_job_whose_end_was_not_written_holds_up_its_business_for_no_longer_than_two_looks(url: str) -> None:
    """As after a full disk: it is done, and the queue still takes it for begun."""
    unwritten = text(
        "UPDATE workflow_status SET status = 'PENDING', completed_at = NULL WHERE workflow_uuid = 'one'"
    )

    def forget(played: Played) -> None:
        with played.books.begin() as connection:
            connection.execute(unwritten)

    async def story(played: Played) -> None:
        await asyncio.to_thread(played.hand_over, "one", "a", "first")
        await until(lambda: played.done)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(forget, played)
        await asyncio.to_thread(played.hand_over, "two", "a", "second")
        await until(lambda: ("a", "second") in played.done)

    assert play(url, story).done == [("a", "first"), ("a", "first"), ("a", "second")]


def test_a_job_that_takes_long_is_begun_once(url: str) -> None:
    async def story(played: Played) -> None:
        await asyncio.to_thread(played.hand_over, "one", "slow")
        await asyncio.to_thread(played.hand_over, "two", "slow", "last")
        await until(lambda: ("slow", "last") in played.done)

    assert play(url, story).done == [("slow",), ("slow", "last")]


def test_a_job_of_a_transaction_that_is_undone_never_runs(url: str) -> None:
    async def story(played: Played) -> None:
        await asyncio.to_thread(played.hand_over, "one", "a", "undone", undo=True)
        await asyncio.to_thread(played.hand_over, "two", "a", "done")
        await until(lambda: played.done)

    assert play(url, story).done == [("a", "done")]


def test_one_business_waits_for_itself_and_not_for_others(url: str) -> None:
    async def story(played: Played) -> None:
        for number in range(4):
            for business in ("a", "b"):
                await asyncio.to_thread(played.hand_over, f"{business}{number}", business, str(number))
        await until(lambda: len(played.done) == 8)

    assert play(url, story).most == {"a": 1, "b": 1}


def test_a_job_that_fails_is_logged_and_the_next_one_runs(url: str, caplog: pytest.LogCaptureFixture) -> None:
    played = Played(url)

    async def broken(business: str) -> None:
        raise ArithmeticError(business)

    async def told() -> None:
        await played.engine.run({"job": played.job, "broken": broken})
        with played.books.begin() as connection:
            played.engine.enqueue(connection, "broken", "one", "a")
            played.engine.enqueue(connection, "job", "two", "a")
        await until(lambda: played.done)
        await played.engine.stop()

    asyncio.run(told())
    played.books.dispose()
    assert [r.getMessage() for r in caplog.records if r.name.startswith("handlers")] == [
        "job failed: broken ('a',)"
    ]


def test_a_job_handed_over_before_a_restart_runs_after_it(url: str) -> None:
    async def wait(played: Played) -> None:
        await until(lambda: played.done)

    play(url, lambda _: asyncio.sleep(0))
    books = create_engine(url)
    with books.begin() as connection:
        Embedded(url, now).enqueue(connection, "job", "one", "a")
    books.dispose()
    assert play(url, wait).done == [("a",)]


def test_a_beat_goes_on_after_one_that_failed(url: str, caplog: pytest.LogCaptureFixture) -> None:
    beats: list[int] = []

    async def beat() -> None:
        beats.append(len(beats))
        if len(beats) == 1:
            raise ArithmeticError

    played = Played(url)
    played.engine.every(0.05, beat)

    async def told() -> None:
        await played.engine.run({})
        await until(lambda: len(beats) >= 3)
        await played.engine.stop()

    asyncio.run(told())
    played.books.dispose()
    assert "beat failed" in caplog.text


def test_stopping_waits_for_the_job_that_runs(url: str) -> None:
    async def story(played: Played) -> None:
        await asyncio.to_thread(played.hand_over, "one", "a")
        await until(lambda: played.running.get("a"))

    assert play(url, story).done == [("a",)]


def test_a_second_engine_on_the_same_file_is_refused(url: str) -> None:
    second = f"""
import asyncio
from datetime import UTC, datetime
from bot.errors import Refusal
from handlers.engine.embedded import Embedded
try:
    asyncio.run(Embedded({url!r}, lambda: datetime.now(UTC)).run({{}}))
except Refusal as refused:
    print(refused.key)
"""

    async def story(_: Played) -> None:
        told = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", second],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.split() == ["already_running"]
        assert told.stderr == ""

    play(url, story)


def test_the_right_to_the_file_comes_back_after_a_stop(url: str) -> None:
    play(url, lambda _: asyncio.sleep(0))
    play(url, lambda _: asyncio.sleep(0))


def test_jobs_that_ended_days_ago_are_forgotten(url: str) -> None:
    async def story(played: Played) -> None:
        await asyncio.to_thread(played.hand_over, "old", "a")
        await until(lambda: played.done)

    play(url, story)
    later = Played(url)
    later.engine = Embedded(url, lambda: now() + timedelta(days=3), poll_seconds=0.05)

    def rows() -> int:
        with later.books.connect() as connection:
            return int(connection.scalar(text("select count(*) from workflow_status")) or 0)

    async def told() -> None:
        assert rows() == 1
        await later.engine.run({"job": later.job})
        await until(lambda: rows() == 0)
        await later.engine.stop()

    asyncio.run(told())
    later.books.dispose()


def test_the_arguments_of_a_job_can_be_read_in_the_table(url: str) -> None:
    async def story(played: Played) -> None:
        await asyncio.to_thread(played.hand_over, "one", "åsas-bageri")
        with played.books.connect() as connection:
            assert "åsas-bageri" in str(connection.scalar(text("select inputs from workflow_input")))

    play(url, story)


def test_jobs_that_take_long_hold_up_no_others(url: str) -> None:
    """Four slow jobs that do not end, and one that is quick."""
    played = Played(url)
    played.engine = Embedded(url, now, poll_seconds=0.05, slow=("slow",))
    begun: list[str] = []

    async def told() -> None:
        over = asyncio.Event()

        async def slow(business: str) -> None:
            begun.append(business)
            await over.wait()

        await played.engine.run({"job": played.job, "slow": slow})
        try:
            for nth in range(4):
                with played.books.begin() as connection:
                    played.engine.enqueue(connection, "slow", f"slow-{nth}", f"business-{nth}")
            await until(lambda: len(begun) == 4)
            played.hand_over("quick", "a")
            await until(lambda: played.done)
        finally:
            over.set()
            await played.engine.stop()

    try:
        asyncio.run(told())
    finally:
        played.books.dispose()
    assert played.done == [("a",)]
