"""What is told to whoever watches over Purr: its health, and its figures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.settings import Settings
from handlers.platforms.web import Permit
from handlers.running import figures
from handlers.running.asking import own_word
from handlers.running.backups import Kept
from handlers.running.figures import Tally
from handlers.running.pulse import Health, Pulse
from storage.engine import Database
from storage.figures import count
from storage.workers import SILENT

FRESH, SHARE = 5.0, 50
"""Seconds for which the figures of the books are told again without a new look; so many times as long as the
look took, if that is more: watching is to cost next to nothing, however big the books."""


def permit(settings: Settings) -> Permit:
    """Who may look. Where Purr is reached from outside, a proxy on this machine calls for everybody."""
    words = (settings.metrics_token.get_secret_value(), own_word(settings))
    return Permit(tuple(filter(None, words)), nearby=not settings.public_url)


@dataclass(slots=True)
class Watch:
    """Looks at one Purr from inside."""

    database: Database
    now: Callable[[], datetime]
    kept: Kept
    pulse: Pulse
    tally: Tally = field(default_factory=Tally)
    clock: Callable[[], float] = time.monotonic
    _looking: threading.Lock = field(default_factory=threading.Lock)
    _seen: tuple[str, ...] = ()
    _stale: float = float("-inf")

    def health(self) -> Health:
        """Whether the clock ticks and the database answers, now."""
        return Health(self.database.trouble(), self.pulse.age, self.pulse.beats)

    def told(self) -> dict[str, object]:
        """The same for a program."""
        return self.health().told()

    def figures(self) -> str:
        """All figures, as Prometheus reads them."""
        return "\n".join((*self._books(), *self.tally.lines(), *self._clock())) + "\n"

    def _clock(self) -> Iterator[str]:
        return figures.of_the_clock(self.pulse.ticks, self.pulse.age)

    def _books(self) -> tuple[str, ...]:
        with self._looking:
            begun = self.clock()
            if begun >= self._stale:
                self._seen = tuple(self._looked())
                ended = self.clock()
                self._stale = ended + max(FRESH, SHARE * (ended - begun))
            return self._seen

    def _looked(self) -> Iterator[str]:
        now = self.now()
        yield from figures.up(not (trouble := self.database.trouble()))
        if trouble:
            return
        found, workers = count(self.database, now), self._workers(now)
        yield from figures.of_the_books(found, now)
        yield from figures.of_the_rest(self.kept.copied_at(), workers, now)

    def _workers(self, now: datetime) -> int:
        """On SQLite this process is the only one there can be."""
        if self.database.is_sqlite:
            return 1
        with self.database.workers(now) as workers:
            return len(workers.alive(SILENT))
