"""Where files are kept as they came: those that were read, and those that belong to an invoice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from bot.errors import Refusal
from storage.ids import digest_of
from storage.scope import Scope, finding
from storage.shapes import Shape
from storage.tables import scoped

NOT_KEPT = "-"
"""How the digest of a file begins whose bytes are not here."""


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was read, good or bad: its bytes, and how many documents and problems it gave.

    `through`: the last day that a bank file tells of.
    """

    digest: str
    name: str
    at: datetime
    content: bytes
    documents: int = 0
    problems: int = 0
    through: date | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an invoice."""

    name: str
    content: bytes


IMPORT, ATTACHMENT = Shape(Import), Shape(Attachment)
imports = scoped("imports", IMPORT, key=["digest"])
files = scoped(
    "files",
    ATTACHMENT,
    sa.Column("invoice", sa.Text(), nullable=False),
    key=["invoice", "name"],
    refs={"invoice": "invoices"},
)


class Imports:
    """The files one business has handed in, each once."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def seen(self, digest: str) -> Import | None:
        """The import of a file with this digest, if there was one."""
        columns = [imports.c[name] for name in IMPORT.names]
        found = self.scope.rows(self.scope.select(imports, *columns).where(imports.c.digest == digest))
        return IMPORT.value(found[0]) if found else None

    def add(self, value: Import) -> bool:
        """Keep a file aside unless it is there already; whether it was new."""
        return self.scope.insert_once(imports, IMPORT.row(value), ("digest",))

    def get(self, digest: str) -> Import:
        """A file that was kept; refused when there is none of this digest."""
        if (found := self.seen(digest)) is None:
            raise Refusal("not_found", what="import")
        return found

    def keep(self, digest: str, name: str, content: bytes) -> bool:
        """Keep a file as it came, before anybody knows what it is; whether it was new."""
        return self.add(Import(digest, name, self.scope.now, content))

    def done(self, digest: str, documents: int, problems: int, through: date | None = None) -> None:
        """Write down what a file that was taken in gave, and through which day if it is a bank's."""
        gave = {"documents": documents, "problems": problems, "through": through}
        self.scope.update(imports, imports.c.digest == digest, gave)

    def note(self, digest: str, name: str, documents: int, problems: int, through: date | None) -> None:
        """Write down what a file gave that is too big to be kept here: it stays where it lies."""
        mark = f"{NOT_KEPT}{digest}"
        self.add(Import(mark, name, self.scope.now, b""))
        self.done(mark, documents, problems, through)

    def bank_through(self) -> date | None:
        """The last day that any bank file told of; None when there never was one."""
        rows = self.scope.rows(self.scope.select(imports, sa.func.max(imports.c.through)))
        latest: date | None = rows[0][0]
        return latest

    def any(self) -> bool:
        """Whether anything was ever handed in."""
        return bool(self.scope.rows(self.scope.select(imports, imports.c.digest).limit(1)))


OF_INVOICE = (
    finding(files, *(files.c[name] for name in ATTACHMENT.names))
    .where(files.c.invoice == sa.bindparam("asked"))
    .order_by(files.c.name)
)


class Files:
    """The files that go with one business's invoices."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def attach(self, invoice: str, name: str, content: bytes) -> None:
        """Keep a file with an invoice; one of the same name takes the place of the last."""
        same = sa.and_(files.c.invoice == invoice, files.c.name == name)
        if not self.scope.update(files, same, {"content": content}):
            self.scope.insert(files, {"invoice": invoice, "name": name, "content": content})

    def of_invoice(self, invoice: str) -> tuple[Attachment, ...]:
        """The files of an invoice by name."""
        return tuple(ATTACHMENT.value(row) for row in self.scope.found(OF_INVOICE, asked=invoice))

    def bearing(self, invoices: Iterable[str]) -> frozenset[str]:
        """Which of some invoices a file goes with."""
        asked = self.scope.among(files.c.invoice, list(invoices))
        query = self.scope.select(files, files.c.invoice).where(asked).distinct()
        return frozenset(row[0] for row in self.scope.rows(query))

    def names(self, invoices: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The files of some invoices: of which invoice, and their names."""
        return tuple((i, f.name) for i in dict.fromkeys(invoices) for f in self.of_invoice(i))

    def digest(self, invoices: Iterable[str]) -> str:
        """What the files of some invoices are known by, whatever their order; empty when there is none."""
        found = [(f.name, digest_of(f.content)) for i in dict.fromkeys(invoices) for f in self.of_invoice(i)]
        return digest_of(repr(sorted(found)).encode()) if found else ""

    def detach(self, invoice: str, name: str) -> None:
        """Let a file go with an invoice no longer; refused when it does not."""
        if not self.scope.delete(files, sa.and_(files.c.invoice == invoice, files.c.name == name)):
            raise Refusal("not_found", what="file")

    def of_invoices(self, invoices: Iterable[str]) -> tuple[Attachment, ...]:
        """The files of several invoices, in their order; one that belongs to two of them stands once."""
        return tuple(dict.fromkeys(f for invoice in invoices for f in self.of_invoice(invoice)))
