"""Workers killed amid their letters, and what an independent mail server got in the end."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos import ground
from tests.chaos.server import until
from tests.chaos.worker import purr
from tests.mailserver import MailServer, mail_server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 1800.0
"""Seconds until a run that comes to nothing is given up."""
AWAY, LOOKS = 0.5, 10.0
"""Seconds until a killed worker is started anew; until an owner looks whether a mail went after all."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run: letters lost, sent twice, and of which an owner was asked whether they had gone."""

    letters: int
    kills: int
    lost: int
    twice: int
    asked: int
    seconds: float

    def __str__(self) -> str:
        told = f"{self.letters:,} letters, {self.kills} kills: {self.lost} lost, {self.twice} twice"
        return f"{told}, {self.asked} asked about; {self.seconds:.0f} s, {self.letters / self.seconds:.0f}/s"


@dataclass
class Run:
    """The workers of a run, by number, and the mail server that counts what comes."""

    url: str
    data: Path
    server: MailServer
    began: float = field(default_factory=time.time)
    workers: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, number: int) -> None:
        """Start a worker, in the place of the one of that number."""
        command = [sys.executable, "-m", "tests.chaos.worker", self.url, str(self.data)]
        told = [str(self.server.port), str(self.began)]
        self.workers[number] = subprocess.Popen([*command, *told], cwd=ROOT, stdin=subprocess.DEVNULL)

    def kill(self, number: int) -> None:
        """Kill a worker as the power would."""
        self.workers[number].kill()
        self.workers[number].wait()

    def stop(self) -> None:
        """End all workers, as a machine that is shut down does."""
        for worker in self.workers.values():
            worker.terminate()
        for worker in self.workers.values():
            worker.wait(60)

    def reach(self, letters: int) -> None:
        """Wait until so many letters have come."""
        until(lambda: len(self.server.messages) >= letters, PATIENCE)

    def came(self) -> Counter[str]:
        """How often each customer was written to."""
        return Counter(str(message["To"]) for message in self.server.messages)


def killed(url: str, folder: Path, letters: int, workers: int, kills: int, businesses: int = 20) -> Result:
    """Send letters by some workers, one of them killed now and then, until nothing is left to do."""
    with running(url, folder, letters, workers, businesses) as run:
        for number, at in enumerate(sorted(random.sample(range(1, letters * 9 // 10), kills))):
            run.reach(at)
            run.kill(number % workers)
            time.sleep(AWAY)
            run.start(number % workers)
        return result(run, letters, kills)


def result(run: Run, letters: int, kills: int = 0) -> Result:
    """What came of a run, once every letter was sent and its owner has looked for those in doubt."""
    asked = settled(run)
    came, seconds = run.came(), time.time() - run.began
    return Result(letters, kills, letters - len(came), sum(came.values()) - len(came), asked, seconds)


@contextmanager
def running(url: str, folder: Path, letters: int, workers: int, businesses: int) -> Iterator[Run]:
    """Workers whose letters are due, until the block ends."""
    with mail_server() as server:
        run = Run(url, folder, server)
        with purr(url, folder, server.port, run.began) as app:
            ground.lay(app.database, letters, businesses)
        run.began = time.time()
        for number in range(workers):
            run.start(number)
        try:
            yield run
        finally:
            run.stop()


def settled(run: Run) -> int:
    """Wait until every letter was sent, its owner having looked for those in doubt; how often they did."""
    asked = 0
    with purr(run.url, run.data, run.server.port, run.began) as app:
        while set(ground.states(app.database)) - {"sent", "withdrawn"}:
            waiting = ground.doubtful(app.database)
            time.sleep(LOOKS)
            asked += ground.answer(app, waiting, run.came().__contains__)
    return asked
