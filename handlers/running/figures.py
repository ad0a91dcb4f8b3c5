"""Figures for a program that watches over Purr, as Prometheus reads them; nothing of anybody is in them."""

from __future__ import annotations

import logging
import re
import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import accumulate

from handlers.running import traces
from handlers.running.traces import Work
from storage.figures import Figures

BOUNDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Seconds: how long pieces of work take, sorted by these."""
NAME = re.compile(r"[\w.+]{1,40}", re.ASCII)


class Tally(logging.Handler):
    """Counts pieces of work and their time, and lines of the log by their level, as they are logged."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._counting = threading.Lock()
        self.works: Counter[tuple[str, str, str]] = Counter()
        self.levels: Counter[str] = Counter()
        self.seconds: dict[str, float] = defaultdict(float)
        self.within: dict[str, list[int]] = {}

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count for as long as the block lasts, whatever the log is to tell."""
        traces.log.setLevel(logging.INFO)
        logging.getLogger().addHandler(self)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self)
            traces.log.setLevel(logging.NOTSET)

    def emit(self, record: logging.LogRecord) -> None:
        """Count a line."""
        work = getattr(record, "work", None)
        with self._counting:
            if isinstance(work, Work):
                self._count(work)
            elif record.levelno >= logging.WARNING:
                self.levels[record.levelname.lower()] += 1

    def _count(self, work: Work) -> None:
        self.works[work.kind, work.name, work.outcome] += 1
        self.seconds[work.kind] += work.seconds
        slots = self.within.setdefault(work.kind, [0] * (len(BOUNDS) + 1))
        slots[bisect_left(BOUNDS, work.seconds)] += 1

    def lines(self) -> Iterator[str]:
        """What was counted since the start."""
        with self._counting:
            works, levels = dict(self.works), dict(self.levels)
            seconds, within = dict(self.seconds), {kind: list(slots) for kind, slots in self.within.items()}
        by_work = {_labels(kind=k, name=n, outcome=o): number for (k, n, o), number in works.items()}
        yield from _metric("purr_work_total", "counter", "Pieces of work done, by how they ended.", by_work)
        by_level = {_labels(level=level): number for level, number in levels.items()}
        yield from _metric("purr_log_lines_total", "counter", "Warnings and errors in the log.", by_level)
        yield from _head("purr_work_seconds", "histogram", "How long pieces of work took.")
        for kind, slots in sorted(within.items()):
            for bound, number in zip((*BOUNDS, "+Inf"), accumulate(slots), strict=True):
                yield f"purr_work_seconds_bucket{_labels(kind=kind, le=str(bound))} {number}"
            yield f"purr_work_seconds_sum{_labels(kind=kind)} {seconds[kind]:.6f}"
            yield f"purr_work_seconds_count{_labels(kind=kind)} {sum(slots)}"


def of_the_books(found: Figures, now: datetime) -> Iterator[str]:
    """How the books stand, in all workers together."""
    states = {_labels(kind=kind, state=state): n for (kind, state), n in sorted(found.deliveries.items())}
    yield from _metric("purr_deliveries", "gauge", "Letters and nudges, by what became of them.", states)
    for name, about, number, since in (
        ("deliveries_due", "Letters and nudges that are due and have not gone.", found.due, found.due_since),
        ("heard_waiting", "What was heard in chats and is not answered.", found.waiting, found.waiting_since),
    ):
        yield from _one(f"purr_{name}", "gauge", about, number)
        age = (now - since).total_seconds() if since else 0
        yield from _one(f"purr_{name}_oldest_seconds", "gauge", "Seconds that the oldest of them waits.", age)
    yield from _one("purr_businesses", "gauge", "Businesses in the books.", found.businesses)


def of_the_clock(ticks: int, age: float) -> Iterator[str]:
    """How the clock goes."""
    yield from _one("purr_ticks_total", "counter", "Ticks of the clock that went well.", ticks)
    yield from _one("purr_tick_age_seconds", "gauge", "Seconds since the last of them.", age)


def of_the_rest(copied: datetime | None, workers: int, now: datetime) -> Iterator[str]:
    """Backups, workers, and whether the database answers."""
    if copied:
        age = (now - copied).total_seconds()
        yield from _one("purr_backup_age_seconds", "gauge", "Seconds since the last `purr backup`.", age)
    yield from _one("purr_workers", "gauge", "Processes at work on these books.", workers)


def up(answers: bool) -> Iterator[str]:
    """Whether the database answers; where it does not, the figures of the books are left out."""
    yield from _one("purr_database_up", "gauge", "1 if the database answers, else 0.", int(answers))


def _one(name: str, kind: str, about: str, number: float) -> Iterator[str]:
    yield from _metric(name, kind, about, {"": number})


def _metric(name: str, kind: str, about: str, numbers: Mapping[str, float]) -> Iterator[str]:
    yield from _head(name, kind, about)
    yield from (f"{name}{labels} {number:.15g}" for labels, number in numbers.items())


def _head(name: str, kind: str, about: str) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"


def _labels(**named: str) -> str:
    """Labels as Prometheus writes them."""
    return "{" + ",".join(f'{name}="{_plain(value)}"' for name, value in named.items()) + "}"


def _plain(value: str) -> str:
    """A name from the code; anything else could only be a way to smuggle something in."""
    return value if NAME.fullmatch(value) else "other"
