"""The engine: DBOS on the database of the books, its jobs in our own event loop.

On SQLite one process owns the file. On PostgreSQL any number work side by side: each keeps its name on the
roll, and the jobs of one that has been silent for too long are given to the others.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, WorkflowStatus
from dbos import DBOSPortableJSONSerializer as PortableJSON
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from handlers.engine.alone import Alone
from handlers.engine.port import Beat, Job

Roll = Callable[[], Collection[str]]
"""Notes that this worker is alive, and names all that are."""

QUEUE, SLOW = "jobs", "slow jobs"
"""Where jobs wait; those that may take long have a line of their own, so that no letter waits for them."""
NAME = "purr"
KEPT = timedelta(days=2)
"""How long a finished job is kept, for whoever wonders what happened."""
PURGE_SECONDS = 6 * 3600
PULSE_SECONDS = 5.0
LOST_SECONDS = 30.0
"""How long a job may be begun without anybody being at it; after a full disk its end may not be written."""
ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
AT_ONCE = 500

log = logging.getLogger(__name__)


class Embedded:
    """DBOS in this process, on the database of the books: a job is enqueued with what it is about.

    `worker` names this process among those that share a PostgreSQL, and `roll` tells which of them are alive.
    """

    def __init__(
        self,
        url: str,
        now: Callable[[], datetime],
        *,
        poll_seconds: float = 1.0,
        patience: float = 20.0,
        slow: Collection[str] = (),
        worker: str = "only",
        roll: Roll | None = None,
        lost_seconds: float = LOST_SECONDS,
    ) -> None:
        self._worker = worker
        self._roll = roll
        self._url = make_url(url)
        self._now = now
        self._poll = poll_seconds
        self._patience = patience
        self._slow = frozenset(slow)
        self._engine = _engine(url)
        self._client = DBOSClient(
            system_database_engine=self._engine, application_name=NAME, serializer=PortableJSON(), lazy=True
        )
        file = self._url.database if self._url.get_backend_name() == "sqlite" else None
        self._alone = Alone(Path(file)) if file else None
        self._beats: list[tuple[float, Beat]] = [(PURGE_SECONDS, self._purge), (lost_seconds, self._find)]
        if roll:
            self._beats.append((PULSE_SECONDS, self._inherit))
        self._beating: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()
        self._working: set[asyncio.Task[Any]] = set()
        self._at: set[str] = set()
        self._missing: set[str] = set()

    def enqueue(self, session: Session | Connection, job: str, key: str, *args: str) -> None:
        """Hand over a job in the caller's own transaction; a key handed over before changes nothing."""
        queue = SLOW if job in self._slow else QUEUE
        self._client.enqueue_in_transaction(
            session,
            {"workflow_name": job, "queue_name": queue, "workflow_id": key, "queue_partition_key": args[0]},
            *args,
        )

    def every(self, seconds: float, beat: Beat) -> None:
        """Do this in the running loop, at once and then again after so many seconds."""
        self._beats.append((seconds, beat))

    async def run(self, jobs: Mapping[str, Job]) -> None:
        """Begin to take jobs, by name; a second process on the same file is refused."""
        if self._alone:
            self._alone.take()
        if self._roll:
            await asyncio.to_thread(self._roll)
        try:
            self._launch(jobs)
            # Never DBOS's own `_async` verbs: they put its threads in the place of the loop's.
            await asyncio.to_thread(self._open_queues)
        except BaseException:
            self._close()
            raise
        self._stopping = asyncio.Event()
        self._beating = [asyncio.create_task(self._beat(seconds, beat)) for seconds, beat in self._beats]

    async def stop(self) -> None:
        """Let the jobs that run come to their end, and take no more."""
        self._stopping.set()
        if self._beating:
            _, late = await asyncio.wait(self._beating, timeout=self._patience)
            for task in late:
                task.cancel()
        self._beating = []
        if self._working:
            await asyncio.wait(self._working, timeout=self._patience)
        await asyncio.to_thread(self._close)

    def _launch(self, jobs: Mapping[str, Job]) -> None:
        _hush()
        url = self._url.render_as_string(hide_password=False)
        DBOS(config=_config(url, self._engine, self._poll, self._worker))
        for name, job in jobs.items():
            DBOS.workflow(name=name)(self._watched(name, job))
        DBOS.launch()

    def _open_queues(self) -> None:
        for queue in (QUEUE, SLOW) if self._slow else (QUEUE,):
            DBOS.register_queue(
                queue,
                worker_concurrency=4,
                partition_concurrency=1,
                polling_interval_sec=self._poll,
                on_conflict="always_update",
            )

    def _watched(self, name: str, job: Job) -> Job:
        """The job, known to `stop` while it runs, and its failure told once."""

        async def watched(*args: str) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._working.add(task)
            ident = DBOS.workflow_id or ""
            self._at.add(ident)
            try:
                await job(*args)
            except Exception:
                log.exception("job failed: %s %s", name, args)
                raise
            finally:
                self._working.discard(task)
                self._at.discard(ident)

        return watched

    def _close(self) -> None:
        DBOS.destroy(destroy_registry=True)
        self._engine.dispose()
        if self._alone:
            self._alone.give_back()

    async def _beat(self, seconds: float, beat: Beat) -> None:
        """Again and again until it is time to stop; what it does then comes to its end."""
        while not self._stopping.is_set():
            try:
                await beat()
            except Exception:
                log.exception("beat failed: %s", beat)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _inherit(self) -> None:
        """Take over the jobs of workers that are gone: until then their businesses stand still."""
        assert self._roll is not None
        alive = await asyncio.to_thread(self._roll)
        await asyncio.to_thread(_take_over, alive)

    async def _find(self) -> None:
        """Put jobs back in line that are begun and that nobody is at, twice in a row: a business waits."""
        missing = await asyncio.to_thread(_begun_by, self._worker) - self._at
        lost, self._missing = missing & self._missing, missing - self._missing
        await asyncio.to_thread(_begin_anew, lost)

    async def _purge(self) -> None:
        await asyncio.to_thread(_forget, (self._now() - KEPT).isoformat())


def _take_over(alive: Collection[str]) -> None:
    """Put the jobs of all others back in line; if one lives after all, its job runs twice, as any may."""
    if count := _put_back(lambda job: job.executor_id not in alive):
        log.warning("took over %s jobs of workers that are gone", count)


def _begun_by(worker: str) -> set[str]:
    """The jobs that a worker has begun and not ended, as the queue knows it."""
    begun = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    return {job.workflow_id for job in begun if job.executor_id == worker}


def _begin_anew(jobs: Collection[str]) -> None:
    """Put jobs back in line whose end could not be written."""
    if jobs and (count := _put_back(lambda job: job.workflow_id in jobs)):
        log.warning("put back %s jobs that nobody was at", count)


def _put_back(is_left: Callable[[WorkflowStatus], bool]) -> int:
    """Let those that are begun and left begin again, each in its own line; how many there are."""
    begun = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    left = [job for job in begun if is_left(job)]
    for queue in {job.queue_name for job in left}:
        DBOS.resume_workflows([job.workflow_id for job in left if job.queue_name == queue], queue_name=queue)
    return len(left)


def _forget(before: str) -> None:
    """Delete what ended before a moment: the free part of DBOS keeps everything for ever."""
    while old := DBOS.list_workflows(
        status=ENDED, end_time=before, limit=AT_ONCE, load_input=False, load_output=False
    ):
        DBOS.delete_workflows([job.workflow_id for job in old])


def _config(url: str, engine: Engine, poll_seconds: float, worker: str) -> DBOSConfig:
    """One version for good: by default it is a hash of the code, and a deploy would strand the old jobs."""
    return {
        "name": NAME,
        "system_database_url": url,
        "system_database_engine": engine,
        "application_version": "1",
        "executor_id": worker,
        "serializer": PortableJSON(),
        "log_level": "WARNING",
        "max_executor_threads": 8,
        "notification_listener_polling_interval_sec": poll_seconds,
    }


def _engine(url: str) -> Engine:
    """An engine of DBOS's own: it says BEGIN itself while it migrates, and the books' engine does too."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune)
    else:
        event.listen(engine, "handle_error", _away)
    return engine


def _away(context: ExceptionContext) -> None:
    """A server that is away comes back: DBOS tries again only what it is told is a lost connection."""
    no_answer = getattr(context.original_exception, "sqlstate", "") is None
    if no_answer and isinstance(context.sqlalchemy_exception, OperationalError):
        context.is_disconnect = True


def _tune(connection: Any, _record: object) -> None:
    """NORMAL: what must survive a power cut is in the books; the queue only carries."""
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _hush() -> None:
    """A handler of ours keeps DBOS from writing to the console beside our log."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
