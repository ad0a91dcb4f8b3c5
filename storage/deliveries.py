"""The ledger of deliveries: claim, then send; what must hold with two workers stands in the UPDATE."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.deliveries import Delivery, Kind, State
from bot.errors import Refusal
from storage.columns import MOMENT
from storage.scope import Scope, Where
from storage.shapes import Shape
from storage.tables import scoped

SHAPE = Shape(Delivery)
deliveries = scoped("deliveries", SHAPE, key=["key"])
IS_OPEN = sa.text("state IN ('planned', 'sending')")
"""As plain text, so that both databases see that the index of open deliveries serves a query."""
sa.Index(
    "deliveries_open",
    deliveries.c.business,
    deliveries.c.not_before,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)


class Deliveries:
    """The deliveries of one business by key."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def get(self, key: str) -> Delivery:
        """The delivery with a key; refused when there is none."""
        if (found := self._find(key)) is None:
            raise Refusal("not_found", what="delivery")
        return found

    def plan(self, key: str, kind: Kind, ref: str, not_before: datetime) -> bool:
        """Plan a delivery unless its key is there already; whether it was new."""
        delivery = Delivery(key=key, kind=kind, ref=ref, not_before=not_before)
        return self.scope.insert_once(deliveries, SHAPE.row(delivery), ("key",))

    def claim(self, key: str, worker: str, lease: timedelta) -> Delivery | None:
        """Take a delivery to send it: due and planned, or left by a dead worker; None: not to be had."""
        taken = self._change(
            key,
            claimable(self.scope.is_sqlite, self.scope.now, worker),
            state="sending",
            attempts=deliveries.c.attempts + 1,
            claimed_by=worker,
            lease_until=clock(self.scope.is_sqlite, self.scope.now, lease),
        )
        return self._find(key) if taken else None

    def sent(self, key: str, message_id: str = "") -> bool:
        """It got through; whether that is news."""
        return self._move(key, ("sending", "unknown"), "sent", message_id=message_id)

    def failed(self, key: str, reason: str) -> bool:
        """It cannot get through."""
        return self._move(key, ("sending", "unknown"), "failed", reason=reason)

    def unknown(self, key: str, reason: str) -> bool:
        """It may have got through: not to be repeated before a person has looked."""
        return self._move(key, ("sending",), "unknown", reason=reason)

    def again(self, key: str, not_before: datetime, reason: str) -> bool:
        """Plan it anew for later: it surely did not get through, or a person said so."""
        return self._move(
            key, ("sending", "unknown", "failed"), "planned", not_before=not_before, reason=reason
        )

    def cancel(self, key: str) -> bool:
        """Call it off; False when it is no longer planned, so too late."""
        return self._move(key, ("planned",), "cancelled")

    def _find(self, key: str) -> Delivery | None:
        columns = [deliveries.c[name] for name in SHAPE.names]
        found = self.scope.rows(self.scope.select(deliveries, *columns).where(deliveries.c.key == key))
        return SHAPE.value(found[0]) if found else None

    def _move(self, key: str, out_of: tuple[State, ...], state: State, **values: Any) -> bool:
        return self._change(
            key, deliveries.c.state.in_(out_of), state=state, claimed_by="", lease_until=None, **values
        )

    def _change(self, key: str, condition: Where, **values: Any) -> bool:
        return self.scope.update(deliveries, sa.and_(deliveries.c.key == key, condition), values) == 1


def claimable(is_sqlite: bool, now: datetime, worker: str = "") -> Where:
    """Whether a delivery may be claimed: planned and due, or sending by a worker whose claim is dead.

    A claim dies with its lease. One process owns a SQLite file, so there another worker's is dead at once.
    """
    due = sa.and_(deliveries.c.state == "planned", deliveries.c.not_before <= now)
    dead = deliveries.c.lease_until <= clock(is_sqlite, now)
    if is_sqlite and worker:
        dead = sa.or_(dead, deliveries.c.claimed_by != worker)
    return sa.or_(due, sa.and_(deliveries.c.state == "sending", dead))


def clock(is_sqlite: bool, now: datetime, later: timedelta = timedelta(0)) -> sa.ColumnElement[datetime]:
    """The time by which leases run: the server's, which all its workers share, else the one process's own."""
    if is_sqlite:
        return sa.literal(now + later, MOMENT)
    return sa.func.clock_timestamp(type_=MOMENT) + sa.literal(later, sa.Interval())
