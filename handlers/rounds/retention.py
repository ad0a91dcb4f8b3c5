"""Retention: once a day, a little at a time, each business lets go of what it has kept long enough."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.parties import Business
from bot.workdays import local_day
from storage.engine import Database
from storage.retention import prune

AT_ONCE = 20
"""How many businesses are seen to at one tick."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Keeping:
    """Which businesses have been seen to on which day.

    Letting go twice changes nothing, so that several workers need not know of each other.
    """

    database: Database
    now: Callable[[], datetime]
    done: dict[str, date] = field(default_factory=dict)

    def __call__(self) -> None:
        """See to some of the businesses whose day it is; one that breaks stops no other until tomorrow."""
        waiting = [each for each in self.database.businesses() if self.done.get(each.id) != self._today(each)]
        for business in waiting[:AT_ONCE]:
            try:
                is_done = self._one(business) == 0
            except Exception:
                log.exception("letting go of what is over broke: %s", business.id)
                is_done = True
            if is_done:
                self.done[business.id] = self._today(business)

    def _one(self, business: Business) -> int:
        with self.database.books(business.id, self.now()) as books:
            return prune(books, self._today(business))

    def _today(self, business: Business) -> date:
        return local_day(self.now(), business.zone)
