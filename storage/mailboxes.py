"""Where a business's own mail servers are kept, their passwords sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from bot.parties import MailServer
from storage.scope import Scope
from storage.shapes import Shape
from storage.tables import scoped
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail server as it lies in the database: one a business and place."""

    place: str
    server: MailServer


SHAPE = Shape(Mailbox)
mailboxes = scoped("mailboxes", SHAPE, key=["place"])
Place = Literal["out", "in", "sign_in", "invited"]


class Mailboxes:
    """The mail servers of one business: the one letters go out through, and the one answers come in at."""

    def __init__(self, scope: Scope, vault: Vault | None) -> None:
        self.scope = scope
        self._vault = vault

    def outgoing(self) -> MailServer | None:
        """The server that letters go out through, if the owner has named one."""
        return self._at("out")

    def incoming(self) -> MailServer | None:
        """The server whose mailbox is looked into for answers, if the owner has named one."""
        return self._at("in")

    def signed_in(self) -> MailServer | None:
        """Who signed in with the provider of a mailbox, and as the password what renews the access."""
        return self._at("sign_in")

    def invited(self) -> MailServer | None:
        """The invitation to sign in that is open: its page, its code, and as the password its key."""
        return self._at("invited")

    def save(self, server: MailServer, place: Place = "out") -> None:
        """Keep it, in the place of an earlier one."""
        password = self._opened().seal(server.password) if server.password else ""
        row = SHAPE.row(Mailbox(place, replace(server, password=password)))
        if not self.scope.insert_once(mailboxes, row, ("place",)):
            self.scope.update(mailboxes, mailboxes.c.place == place, row)

    def forget(self, place: Place) -> bool:
        """Throw away how to get in there; whether there was anything."""
        return bool(self.scope.delete(mailboxes, mailboxes.c.place == place))

    def _at(self, place: Place) -> MailServer | None:
        found = self.scope.rows(
            self.scope.select(mailboxes, mailboxes.c.server).where(mailboxes.c.place == place)
        )
        if not found:
            return None
        kept: MailServer = found[0][0]
        return replace(kept, password=self._opened().open(kept.password) if kept.password else "")

    def _opened(self) -> Vault:
        if self._vault is None:
            raise RuntimeError("secrets need a key file; none was named when the database was opened")
        return self._vault
