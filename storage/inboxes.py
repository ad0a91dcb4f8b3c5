"""How far a business's mailbox was read; one worker at a time holds it, and only who holds it moves on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.mail import Inbox
from storage.columns import MOMENT
from storage.deliveries import clock
from storage.scope import Scope
from storage.shapes import Shape
from storage.tables import scoped

SHAPE = Shape(Inbox)
inboxes = scoped("inboxes", SHAPE, key=["place"])
PLACE = "in"
IS_IT = inboxes.c.place == PLACE


class Inboxes:
    """The mailbox of one business."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def get(self) -> Inbox | None:
        """How far it was read; None when it was never looked at."""
        columns = [inboxes.c[name] for name in SHAPE.names]
        found = self.scope.rows(self.scope.select(inboxes, *columns).where(IS_IT))
        return SHAPE.value(found[0]) if found else None

    def begin(self, since: date) -> None:
        """Look into it from a day on, unless it is looked into already."""
        self.scope.insert_once(inboxes, SHAPE.row(Inbox(since=since)), ("place",))

    def claim(self, worker: str, lease: timedelta) -> Inbox | None:
        """Take it, or hold it longer; None when another worker has it."""
        values = {"claimed_by": worker, "lease_until": clock(self.scope.is_sqlite, self.scope.now, lease)}
        return self.get() if self._change(self._free(worker), values) else None

    def release(self, worker: str) -> None:
        """Let the next one have it."""
        self._change(inboxes.c.claimed_by == worker, {"claimed_by": "", "lease_until": None})

    def moved(self, worker: str, validity: int, seen: int) -> bool:
        """It was read to here; False when another worker has taken it meanwhile, so nothing may be kept."""
        values = {"validity": validity, "seen": seen, "looked_at": self.scope.now}
        return self._change(inboxes.c.claimed_by == worker, values | WELL)

    def failed(self, worker: str, trouble: str) -> Inbox | None:
        """It cannot be read, and why; how it stands now."""
        first = sa.func.coalesce(inboxes.c.troubled_at, sa.literal(self.scope.now, MOMENT))
        is_mine = inboxes.c.claimed_by == worker
        return self.get() if self._change(is_mine, {"trouble": trouble, "troubled_at": first}) else None

    def told(self) -> None:
        """The owner knows of the trouble."""
        self._change(sa.true(), {"told": True})

    def forget(self) -> bool:
        """Look into it no more; whether it was looked into."""
        return bool(self.scope.delete(inboxes, IS_IT))

    def _free(self, worker: str) -> sa.ColumnElement[bool]:
        """Whether it may be taken. One process owns a SQLite file: there another's claim is dead at once."""
        over = inboxes.c.lease_until <= clock(self.scope.is_sqlite, self.scope.now)
        free = sa.or_(inboxes.c.claimed_by.in_(["", worker]), over)
        return sa.true() if self.scope.is_sqlite else free

    def _change(self, condition: sa.ColumnElement[bool], values: dict[str, Any]) -> bool:
        return bool(self.scope.update(inboxes, sa.and_(IS_IT, condition), values))


WELL: dict[str, bool | str | datetime | None] = {"trouble": "", "troubled_at": None, "told": False}
