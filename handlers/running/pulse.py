"""The pulse: whether the clock still ticks, and the database answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from handlers.engine.port import Beat

MISSED, GRACE = 3, 30.0
"""So many ticks may be missing, and so many seconds more, before something is wrong."""


class Pulse:
    """Remembers when the clock ticked last; a tick that broke is none."""

    def __init__(self, every: float, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._limit = MISSED * every + GRACE
        self._last = now()
        self.ticks = 0

    def after(self, beat: Beat) -> Beat:
        """The same beat, noted each time that it went well."""

        async def noted() -> None:
            await beat()
            self._last = self._now()
            self.ticks += 1

        return noted

    @property
    def age(self) -> float:
        """Seconds since the last tick, or since the start."""
        return self._now() - self._last

    @property
    def beats(self) -> bool:
        """Whether the last tick is recent enough."""
        return self.age <= self._limit


@dataclass(frozen=True, slots=True)
class Health:
    """How it is: what is wrong with the database, if anything, and how long ago the clock ticked."""

    trouble: str
    age: float
    beats: bool

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return self.beats and not self.trouble

    def told(self) -> dict[str, object]:
        """The same for a program: nothing about anybody."""
        database = f"does not answer ({self.trouble})" if self.trouble else "answers"
        clock = (
            f"ticked {self.age:.0f} seconds ago" if self.beats else f"stands still for {self.age:.0f} seconds"
        )
        return {"ok": self.ok, "database": database, "clock": clock}
