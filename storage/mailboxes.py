"""Where a business's own mail servers are kept, their passwords sealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import sqlalchemy as sa

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
Place = Literal["out", "in", "invited"]
SIGN_IN = "sign_in "
"""How the place begins at which a sign-in is kept, before whose it is."""


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

    def signed_in(self, user: str) -> MailServer | None:
        """The sign-in of somebody with the provider of their mailbox; its password renews the access."""
        return self._at(f"{SIGN_IN}{user}")

    def sign_in(self, server: MailServer) -> None:
        """Keep a sign-in, in the place of an earlier one of theirs."""
        self._keep(server, f"{SIGN_IN}{server.user}")

    def sign_out(self, but: Collection[str]) -> None:
        """Throw away every sign-in but those of some people."""
        place = mailboxes.c.place
        kept = [f"{SIGN_IN}{user}" for user in but]
        self.scope.delete(mailboxes, sa.and_(place.startswith(SIGN_IN, autoescape=True), place.not_in(kept)))

    def invited(self) -> MailServer | None:
        """The invitation to sign in that is open: its page, its code, and as the password its key."""
        return self._at("invited")

    def save(self, server: MailServer, place: Place = "out") -> None:
        """Keep it, in the place of an earlier one."""
        self._keep(server, place)

    def _keep(self, server: MailServer, place: str) -> None:
        password = self._opened().seal(server.password) if server.password else ""
        row = SHAPE.row(Mailbox(place, replace(server, password=password)))
        if not self.scope.insert_once(mailboxes, row, ("place",)):
            self.scope.update(mailboxes, mailboxes.c.place == place, row)

    def forget(self, place: Place) -> bool:
        """Throw away how to get in there; whether there was anything."""
        return bool(self.scope.delete(mailboxes, mailboxes.c.place == place))

    def _at(self, place: str) -> MailServer | None:
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
