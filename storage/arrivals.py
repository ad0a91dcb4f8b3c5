"""What came in from the platforms, each delivery once, kept sealed until it has been answered."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from pydantic import ConfigDict, TypeAdapter
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import Refusal
from bot.platforms import Heard
from storage.columns import FLAG, MOMENT
from storage.tables import metadata
from storage.vault import Vault

log = logging.getLogger(__name__)

heard = sa.Table(
    "heard",
    metadata,
    sa.Column("platform", sa.Text(), nullable=False),
    sa.Column("delivery", sa.Text(), nullable=False),
    sa.Column("what", sa.Text()),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("done", FLAG, nullable=False),
    sa.PrimaryKeyConstraint("platform", "delivery"),
    sa.Index("heard_open", "at", sqlite_where=sa.text("done = 0"), postgresql_where=sa.text("NOT done")),
    sqlite_strict=True,
)
IS_IT = sa.and_(
    heard.c.platform == sa.bindparam("on_platform"), heard.c.delivery == sa.bindparam("of_delivery")
)
KEEP = {
    name: insert(heard).on_conflict_do_nothing().returning(heard.c.delivery)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
DONE = sa.update(heard).where(IS_IT, sa.not_(heard.c.done)).values(done=True, what=None)
IS_WAITING = sa.select(sa.not_(heard.c.done)).where(IS_IT)
WRITTEN: TypeAdapter[tuple[Heard]] = TypeAdapter(
    tuple[Heard], config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
)


class Arrivals:
    """Deliveries of every platform; of one that is answered only its name stays."""

    def __init__(self, connection: sa.Connection, now: datetime, vault: Vault | None = None) -> None:
        self.connection = connection
        self.now = now
        self._vault = vault

    @property
    def vault(self) -> Vault:
        """What seals it: people write passwords, and about their customers."""
        assert self._vault is not None, "what is heard is sealed: name a key file"
        return self._vault

    def keep(self, many: Sequence[Heard]) -> tuple[bool, ...]:
        """Keep what came in, in this order; of each whether it is new."""
        # A microsecond apart, so that what came in together is told in order after a restart too.
        moments = (self.now + timedelta(microseconds=n) for n in range(len(many)))
        return tuple(self._keep(each, at) for each, at in zip(many, moments, strict=True))

    def done(self, one: Heard) -> bool:
        """Note that it has been answered, and forget what it said; whether that is news."""
        return self.connection.execute(DONE, _named(one)).rowcount == 1

    def is_waiting(self, one: Heard) -> bool:
        """Whether it has yet to be answered."""
        return bool(self.connection.scalar(IS_WAITING, _named(one)))

    def waiting(self, platform: str) -> tuple[Heard, ...]:
        """What has not been answered yet on a platform, oldest first; not what another key has sealed."""
        query = (
            sa.select(heard.c.what)
            .where(sa.not_(heard.c.done), heard.c.platform == platform)
            .order_by(heard.c.at, heard.c.delivery)
        )
        opened = (self._opened(sealed) for sealed in self.connection.scalars(query))
        return tuple(one for one in opened if one)

    def forget(self, before: datetime, platforms: Collection[str] = ()) -> int:
        """Forget deliveries from before a moment: no platform repeats them any more.

        What has yet to be answered on one of these platforms is kept.
        """
        is_over = sa.or_(heard.c.done, heard.c.platform.not_in(platforms))
        return self.connection.execute(sa.delete(heard).where(is_over, heard.c.at < before)).rowcount

    def _keep(self, one: Heard, at: datetime) -> bool:
        row = {
            "platform": one.place.platform,
            "delivery": one.delivery,
            "what": self.vault.seal(WRITTEN.dump_json((one,)).decode()),
            "at": at,
            "done": False,
        }
        keep = KEEP[self.connection.dialect.name]
        return self.connection.execute(keep, row).first() is not None

    def _opened(self, sealed: str) -> Heard | None:
        try:
            return WRITTEN.validate_json(self.vault.open(sealed))[0]
        except Refusal:
            log.warning("something that was heard is sealed with another key; it is not answered")
            return None


def _named(one: Heard) -> dict[str, str]:
    return {"on_platform": one.place.platform, "of_delivery": one.delivery}
