"""Where a business's own mail server is kept, its password sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.parties import MailServer
from storage.scope import Scope
from storage.shapes import Shape
from storage.tables import scoped
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail server as it lies in the database: one a business."""

    place: str
    server: MailServer


SHAPE = Shape(Mailbox)
mailboxes = scoped("mailboxes", SHAPE, key=["place"])
OUT = "out"


class Mailboxes:
    """The mail server of one business."""

    def __init__(self, scope: Scope, vault: Vault | None) -> None:
        self.scope = scope
        self._vault = vault

    def outgoing(self) -> MailServer | None:
        """The server that letters go out through, if the owner has named one."""
        found = self.scope.rows(
            self.scope.select(mailboxes, mailboxes.c.server).where(mailboxes.c.place == OUT)
        )
        if not found:
            return None
        kept: MailServer = found[0][0]
        return replace(kept, password=self._opened().open(kept.password) if kept.password else "")

    def save(self, server: MailServer) -> None:
        """Keep it, in the place of an earlier one."""
        password = self._opened().seal(server.password) if server.password else ""
        row = SHAPE.row(Mailbox(OUT, replace(server, password=password)))
        if not self.scope.insert_once(mailboxes, row, ("place",)):
            self.scope.update(mailboxes, mailboxes.c.place == OUT, row)

    def _opened(self) -> Vault:
        if self._vault is None:
            raise RuntimeError("secrets need a key file; none was named when the database was opened")
        return self._vault
