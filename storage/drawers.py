"""What a platform keeps for itself, sealed: tokens of workspaces, threads, questions under way."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from storage.columns import MOMENT
from storage.tables import metadata
from storage.vault import Vault

drawers = sa.Table(
    "drawers",
    metadata,
    sa.Column("platform", sa.Text(), nullable=False),
    sa.Column("key", sa.Text(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("until", MOMENT),
    sa.PrimaryKeyConstraint("platform", "key"),
    sqlite_strict=True,
)
IS_IT = sa.and_(drawers.c.platform == sa.bindparam("of_platform"), drawers.c.key == sa.bindparam("named"))
LASTS = sa.or_(drawers.c.until.is_(None), drawers.c.until > sa.bindparam("now", type_=MOMENT))
FIND = sa.select(drawers.c.text).where(IS_IT, LASTS)
FORGET = sa.delete(drawers).where(IS_IT)
KEEP = sa.insert(drawers)


class Drawers:
    """The drawer of one platform at one moment."""

    def __init__(self, connection: sa.Connection, platform: str, now: datetime, vault: Vault) -> None:
        self.connection = connection
        self.platform = platform
        self.now = now
        self.vault = vault

    def get(self, key: str) -> str:
        """The text of a key; empty when there is none, or its time is over."""
        sealed = self.connection.scalar(FIND, {**self._is(key), "now": self.now})
        return self.vault.open(sealed) if sealed else ""

    def put(self, key: str, text: str, until: datetime | None = None) -> None:
        """Keep a text in the place of an earlier one; an empty one is forgotten."""
        self.connection.execute(FORGET, self._is(key))
        if text:
            row = {"platform": self.platform, "key": key, "text": self.vault.seal(text), "until": until}
            self.connection.execute(KEEP, row)

    def take(self, key: str) -> str:
        """The text of a key, and none is left."""
        text = self.get(key)
        return text if self.connection.execute(FORGET, self._is(key)).rowcount else ""

    def clear(self) -> int:
        """Throw away what is over, of every platform."""
        return self.connection.execute(sa.delete(drawers).where(drawers.c.until <= self.now)).rowcount

    def _is(self, key: str) -> dict[str, str]:
        return {"of_platform": self.platform, "named": key}
