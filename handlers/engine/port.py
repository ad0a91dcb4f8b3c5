"""The port of the engine: four verbs that carry jobs, whatever carries them.

An engine only promises to run a job *at least once*. What happens once, and what is still to be done, the
books know; so a job is short, may be run twice, and an engine that loses everything costs a minute.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.orm import Session

Job = Callable[..., Awaitable[None]]
"""What a name stands for; its arguments are texts, the first of them the business."""
Beat = Callable[[], Awaitable[None]]
"""What is done again and again; it may be missed, and may be done twice."""


class Enqueue(Protocol):
    """The first verb alone, for those who only hand over."""

    def __call__(self, session: Connection, job: str, key: str, *args: str) -> None:
        """Hand over a job in the caller's own transaction; a key handed over before changes nothing."""
        ...


class Engine(Protocol):
    """Carries jobs to whoever does them; of one business one at a time."""

    def enqueue(self, session: Session | Connection, job: str, key: str, *args: str) -> None:
        """Hand over a job in the caller's own transaction; a key handed over before changes nothing."""
        ...

    def every(self, seconds: float, beat: Beat) -> None:
        """Do this in the running loop, at once and then again after so many seconds."""
        ...

    async def run(self, jobs: Mapping[str, Job]) -> None:
        """Begin to take jobs, by name, in the running loop; it returns when they are being taken."""
        ...

    async def stop(self) -> None:
        """Let the jobs that run come to their end, and take no more."""
        ...
