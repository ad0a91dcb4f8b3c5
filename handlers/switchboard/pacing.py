"""Pacing: how often a chat and a platform may be written to, with a small burst; how soon one tries again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.platforms import Pace, Place


def doubling(longest: float) -> Iterator[float]:
    """Seconds to wait after each failure: one, then doubled each time, up to the longest."""
    wait = 1.0
    while True:
        yield min(wait, longest)
        wait *= 2


@dataclass(slots=True)
class Bucket:
    """Holds up to `most` turns, and gets `rate` new ones a second."""

    rate: float
    most: float
    left: float
    at: float

    def wait(self, now: float) -> float:
        """Take a turn, and say for how many seconds to wait before it."""
        self.left = min(self.most, self.left + (now - self.at) * self.rate)
        self.at = now
        self.left -= 1
        return max(0.0, -self.left / self.rate)


@dataclass(slots=True)
class Pacer:
    """The turns of one platform; `clock` counts seconds."""

    pace: Pace
    clock: Callable[[], float]
    _chats: dict[Place, Bucket] = field(default_factory=dict)
    _all: Bucket | None = None

    def wait(self, place: Place) -> float:
        """Take a turn to write in a place, and say for how many seconds to wait before it."""
        now = self.clock()
        if self._all is None:
            self._all = Bucket(self.pace.overall, self.pace.overall, self.pace.overall, now)
        rate = self.pace.chat if place.direct else self.pace.group
        burst = float(self.pace.burst)
        chat = self._chats.setdefault(place, Bucket(rate, burst, burst, now))
        return max(chat.wait(now), self._all.wait(now))
