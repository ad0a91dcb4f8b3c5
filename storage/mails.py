"""Where mails are kept that concern a customer: each once, with its bytes as they came."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from bot.mail import Kept
from storage.repository import Listed
from storage.shapes import Shape
from storage.tables import counter, scoped

LIMIT = 32 * 1024 * 1024
"""How many bytes of a mail are kept; the rest stays on the server, where nothing is ever deleted."""


@dataclass(frozen=True, slots=True)
class Source:
    """A mail as it came, packed; `size` in bytes as it came. Not `whole`: the end is only on the server."""

    mail: str
    content: bytes
    size: int
    whole: bool


KEPT, SOURCE = Shape(Kept), Shape(Source)
mails = scoped(
    "mails",
    KEPT,
    counter("place"),
    refs={"customer": "customers"},
    blank=["customer"],
    indexes=[("customer", "place"), ("state", "place"), ("sender",), ("place",)],
)
sources = scoped("sources", SOURCE, key=["mail"], refs={"mail": "mails"})


class Mails(Listed[Kept]):
    """The mails of one business, in the order they were read."""

    noun = "mail"
    table = mails
    shape = KEPT

    def add(self, mail: Kept) -> bool:
        """Keep a mail unless it was seen before, whichever way it came then; whether it is new."""
        return self.scope.insert_once(mails, KEPT.row(mail), ("id",))

    def save(self, mail: Kept) -> None:
        """Write down what became of a mail; refused when it was never kept."""
        self._save(mail)

    def seen(self, identity: str) -> bool:
        """Whether a mail has been read before."""
        return bool(self.scope.rows(self.scope.select(mails, mails.c.id).where(mails.c.id == identity)))

    def keep_source(self, identity: str, raw: bytes) -> None:
        """Keep a mail as it came, up to a limit."""
        row = SOURCE.row(Source(identity, zlib.compress(raw[:LIMIT]), len(raw), len(raw) <= LIMIT))
        self.scope.insert_once(sources, row, ("mail",))

    def source(self, identity: str) -> bytes:
        """A mail as it came; empty when its bytes were not kept."""
        query = self.scope.select(sources, sources.c.content).where(sources.c.mail == identity)
        found = self.scope.rows(query)
        return zlib.decompress(found[0][0]) if found else b""

    def drop(self, identity: str) -> None:
        """Keep nothing of a mail but that it was seen."""
        self.scope.delete(sources, sources.c.mail == identity)
        self._save(Kept(id=identity, at=self.scope.now, state="aside"))

    def waiting(self) -> tuple[Kept, ...]:
        """Those of whom the owner has still to say whose they are."""
        return self._by(state="waiting")

    def of_reply(self, reply: str) -> Kept | None:
        """The mail that an answer came in, if it came by mail."""
        found = self._by(reply=reply, state="placed")
        return found[0] if found else None
