"""Which accounting systems a business is connected to, what lets Purr in there kept sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refusal
from bot.ledgers import Connection
from storage.scope import Scope
from storage.shapes import Shape
from storage.tables import scoped
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Kept:
    """A connection as it lies in the database, one a system: its secrets are one sealed text."""

    system: str
    secrets: str
    cursor: str
    pulled_at: datetime | None
    trouble: str


SHAPE = Shape(Kept)
ledgers = scoped("ledgers", SHAPE, key=["system"])


class Connections:
    """The connections of one business."""

    def __init__(self, scope: Scope, vault: Vault | None) -> None:
        self.scope = scope
        self._vault = vault

    def all(self) -> tuple[Connection, ...]:
        """Every connection, by its system."""
        columns = [ledgers.c[name] for name in SHAPE.names]
        found = self.scope.rows(self.scope.select(ledgers, *columns).order_by(ledgers.c.system))
        return tuple(self._connection(SHAPE.value(row)) for row in found)

    def get(self, system: str) -> Connection | None:
        """The connection to a system, if there is one."""
        return next((each for each in self.all() if each.system == system), None)

    def save(self, connection: Connection) -> None:
        """Keep it, in the place of an earlier one to the same system."""
        row = SHAPE.row(self._kept(connection))
        if not self.scope.insert_once(ledgers, row, ("system",)):
            self.scope.update(ledgers, ledgers.c.system == connection.system, row)

    def pulled(self, system: str, cursor: str) -> None:
        """It was read just now, up to here; what was wrong before no longer is."""
        done = {"cursor": cursor, "pulled_at": self.scope.now, "trouble": ""}
        self.scope.update(ledgers, ledgers.c.system == system, done)

    def failed(self, system: str, trouble: str) -> None:
        """It could not be read, and why."""
        self.scope.update(ledgers, ledgers.c.system == system, {"trouble": trouble})

    def forget(self, system: str) -> bool:
        """Throw a connection away with all that let Purr in; whether there was one."""
        return bool(self.scope.delete(ledgers, ledgers.c.system == system))

    def _kept(self, connection: Connection) -> Kept:
        written = json.dumps(dict(connection.secrets)) if connection.secrets else ""
        return Kept(
            connection.system,
            self._opened().seal(written) if written else "",
            connection.cursor,
            connection.pulled_at,
            connection.trouble,
        )

    def _connection(self, kept: Kept) -> Connection:
        written = self._written(kept.secrets) if kept.secrets else "{}"
        return Connection(
            system=kept.system,
            secrets=json.loads(written),
            cursor=kept.cursor,
            pulled_at=kept.pulled_at,
            trouble=kept.trouble,
        )

    def _written(self, sealed: str) -> str:
        """What was sealed; nothing where the key file was lost, so that the owner is asked for it again."""
        try:
            return self._opened().open(sealed)
        except Refusal:
            return "{}"

    def _opened(self) -> Vault:
        if self._vault is None:
            raise RuntimeError("secrets need a key file; none was named when the database was opened")
        return self._vault
