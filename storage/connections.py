"""Which accounting systems a business is connected to, what lets Purr in there kept sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

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
    next_at: datetime | None
    failures: int
    told: bool
    noted: str


SHAPE = Shape(Kept)
ledgers = scoped("ledgers", SHAPE, key=["system"])
sa.Index("ledgers_next_at", ledgers.c.next_at)


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

    def note(self, connection: Connection) -> None:
        """Write down how far it was read, or what is wrong; what lets one in stays as it is."""
        row = SHAPE.row(self._kept(replace(connection, secrets={})))
        kept = {name: cell for name, cell in row.items() if name not in ("system", "secrets")}
        self.scope.update(ledgers, ledgers.c.system == connection.system, kept)

    def claim(self, system: str, until: datetime) -> Connection | None:
        """Take the reading of a system that is due, until then; None when it is not, or somebody else's."""
        due = sa.and_(ledgers.c.system == system, ledgers.c.next_at <= self.scope.now)
        return self.get(system) if self.scope.update(ledgers, due, {"next_at": until}) else None

    def claimed(self, system: str, until: datetime) -> Connection | None:
        """A system whose reading is still ours: not read, connected anew or forgotten meanwhile."""
        found = self.get(system)
        return found if found and found.next_at == until else None

    def forget(self, system: str) -> bool:
        """Throw a connection away with all that let Purr in; whether there was one."""
        return bool(self.scope.delete(ledgers, ledgers.c.system == system))

    def _kept(self, connection: Connection) -> Kept:
        written = json.dumps(dict(connection.secrets)) if connection.secrets else ""
        return Kept(**_plain(connection), secrets=self._opened().seal(written) if written else "")

    def _connection(self, kept: Kept) -> Connection:
        written = self._written(kept.secrets) if kept.secrets else "{}"
        return Connection(**_plain(kept), secrets=json.loads(written))

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


def _plain(value: Connection | Kept) -> dict[str, Any]:
    """All but what lets one in, which is the same in the books and out of them."""
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name != "secrets"}
