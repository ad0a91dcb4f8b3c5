"""The faults that take longer than a test may: each gives a line of what was seen, or raises."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from storage.engine import Database
from tests.chaos import ground
from tests.chaos.parallel import Bakery
from tests.chaos.server import server, until
from tests.e2e.ground import ROOT
from tests.mailserver import MailServer, mail_server

LETTERS, BUSINESSES = 300, 10
PATIENCE = 240.0
"""Seconds until all must be settled: a claim that was cut off lasts for a minute and some seconds."""
OPEN = ("approved", "sending")


@dataclass
class Works:
    """Workers on some books, and the mail server that counts what comes."""

    url: str
    folder: Path
    mail: MailServer
    began: float = field(default_factory=time.time)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Where the workers write."""
        return self.folder / "workers.log"

    def start(self) -> None:
        """One worker more."""
        command = [sys.executable, "-m", "tests.chaos.worker", self.url, str(self.folder)]
        told = [str(self.mail.port), str(self.began)]
        with self.log.open("ab") as out:
            self.workers.append(subprocess.Popen([*command, *told], cwd=ROOT, stderr=out))

    def came(self, share: float) -> None:
        """Wait until so much of the mail has come."""
        until(lambda: len(self.mail.messages) >= share * LETTERS, PATIENCE)

    def settled(self) -> str:
        """Wait until nothing is on its way; each letter must have come once, or be asked about."""
        with closing(Database(self.url)) as database:
            until(lambda: not any(ground.states(database)[state] for state in OPEN), PATIENCE)
            states = ground.states(database)
        times = Counter(str(message["Subject"]) for message in self.mail.messages)
        twice = sum(count - 1 for count in times.values())
        assert not twice, f"{twice} letters came twice"
        assert set(states) <= {"sent", "unknown"}, f"they stand as {dict(states)}"
        assert states["sent"] <= len(times) <= LETTERS, f"{states['sent']} sent, {len(times)} came"
        seconds = time.time() - self.began
        return f"{LETTERS} letters: 0 lost, 0 twice, {states['unknown']} asked about; {seconds:.0f} s"


@contextmanager
def at_work(url: str, folder: Path, workers: int) -> Iterator[Works]:
    """Workers whose letters are due, until the block ends."""
    with mail_server() as mail:
        with closing(Database(url)) as database:
            ground.lay(database, LETTERS, BUSINESSES)
        works = Works(url, folder, mail)
        for _ in range(workers):
            works.start()
        try:
            yield works
        finally:
            for worker in works.workers:
                worker.terminate()
            for worker in works.workers:
                worker.wait(60)


def database_restarted() -> str:
    """PostgreSQL is restarted three times, as after a power cut, under two workers."""
    with tempfile.TemporaryDirectory() as folder, server() as running:
        url = sa.make_url(running.url).set(drivername="postgresql+psycopg").render_as_string(False)
        with at_work(url, Path(folder), 2) as works:
            for share in (0.1, 0.4, 0.7):
                works.came(share)
                running.restart()
            return f"3 restarts, 2 workers, {works.settled()}"


def disk_full() -> str:
    """No file may grow, for three seconds, three times, under one worker on SQLite."""
    with (
        tempfile.TemporaryDirectory() as folder,
        at_work(f"sqlite:///{folder}/purr.db", Path(folder), 1) as works,
    ):
        pid = works.workers[0].pid
        for share in (0.1, 0.4, 0.7):
            works.came(share)
            before, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, hard))
            time.sleep(3)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (before, hard))
        return f"full 3 times, {works.settled()}"


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
