"""The faults that take longer than a test may: each gives a line of what was seen, or raises."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from tests.chaos.killing import Run, result, running
from tests.chaos.parallel import Bakery
from tests.chaos.server import server
from tests.mailserver import mail_server

LETTERS, BUSINESSES = 300, 10
SHARES = (0.1, 0.4, 0.7)
"""How much of the mail has come when something goes wrong."""


def _settled(run: Run) -> str:
    found = result(run, LETTERS)
    assert not (found.lost or found.twice), str(found)
    return str(found)


def database_restarted() -> str:
    """PostgreSQL is restarted three times, as after a power cut, under two workers."""
    with tempfile.TemporaryDirectory() as folder, server() as on:
        url = sa.make_url(on.url).set(drivername="postgresql+psycopg").render_as_string(False)
        with running(url, Path(folder), LETTERS, 2, BUSINESSES) as run:
            for share in SHARES:
                run.reach(int(share * LETTERS))
                on.restart()
            return f"3 restarts, 2 workers, {_settled(run)}"


def disk_full() -> str:
    """No file may grow, for three seconds, three times, under one worker on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/purr.db"
        with running(url, Path(folder), LETTERS, 1, BUSINESSES) as run:
            pid = run.workers[0].pid
            for share in SHARES:
                run.reach(int(share * LETTERS))
                before, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, hard))
                time.sleep(3)
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (before, hard))
            return f"full 3 times, {_settled(run)}"


def thousand_runs() -> str:
    """One day a thousand times, eight at once."""
    with tempfile.TemporaryDirectory() as folder, mail_server() as mail:
        bakery = Bakery.at(Path(folder), mail)
        bakery.run(1000)
        return f"1,000 runs, 8 at once: {bakery.check()}"


FAULTS: dict[str, Callable[[], str]] = {
    "PostgreSQL restarted as by a power cut": database_restarted,
    "the disk is full for a while": disk_full,
    "a day run a thousand times at once": thousand_runs,
}
"""Each by what goes wrong."""


def run(report: Callable[[str], None]) -> None:
    """All of them, one after another; the first that loses or repeats something ends it."""
    for name, fault in FAULTS.items():
        report(f"{name}: {fault()}")
