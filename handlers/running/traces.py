"""Pieces of work: each has an id that all it logs carries, and one line when it is over."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

log = logging.getLogger(__name__)
"""Its lines say what was done and how long it took, never for whom; `keep_log` decides who hears them."""
_current: ContextVar[str] = ContextVar("trace", default="")


@dataclass(slots=True)
class Work:
    """One piece of work: what it is, which one of its kind, how it ended, and the seconds that it took."""

    kind: str
    name: str
    outcome: str = "done"
    seconds: float = 0.0
    begun: float = field(default_factory=time.perf_counter)

    def answered(self) -> None:
        """Here its time ends, whatever may follow."""
        self.seconds = time.perf_counter() - self.begun


def current() -> str:
    """The id of the piece of work that is being done here; empty outside of one."""
    return _current.get()


@contextmanager
def traced(kind: str, name: str) -> Iterator[Work]:
    """Do a piece of work under an id of its own, or under the one of the work that it is part of."""
    work = Work(kind, name)
    before = _current.set(_current.get() or secrets.token_hex(4))
    try:
        yield work
    except BaseException as problem:
        if not work.seconds:
            work.outcome = type(problem).__name__
        raise
    finally:
        if not work.seconds:
            work.answered()
        done = (kind, name, work.outcome, work.seconds * 1000)
        log.info("%s %s: %s, %.0f ms", *done, extra={"work": work})
        _current.reset(before)
