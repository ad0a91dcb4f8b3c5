"""Ledgers: the accounting system a business keeps its invoices in, and what was fetched from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.documents import Document, Problem, Receipt

TROUBLES = ("busy", "garbled", "not_found", "refused", "unreachable")
"""Every `LedgerError.key`; the voice has words for each."""


@dataclass(frozen=True, slots=True)
class System:
    """An accounting system that can be read: its name as people write it, and what the owner must give."""

    key: str
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A system that a business is connected to; `cursor` is what its module must know the next time.

    `pulled_at` is when it was last read, `trouble` why that went wrong since: one of `TROUBLES`.
    """

    system: str
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    cursor: str = ""
    pulled_at: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a system told: documents as of `through`, payments where it lists them, and what is unclear.

    `receipts` bear the number of their invoice as reference; `papers` tells where the PDF of an open invoice
    is, by its number.
    """

    documents: tuple[Document, ...]
    cursor: str
    through: date
    receipts: tuple[Receipt, ...] = ()
    problems: tuple[Problem, ...] = ()
    papers: Mapping[str, str] = field(default_factory=dict)


class LedgerError(Exception):
    """A system that could not be read; `permanent`: trying again cannot help, the owner must do something."""

    def __init__(self, key: str, *, permanent: bool = False) -> None:
        super().__init__(key)
        self.key = key
        self.permanent = permanent


Fetch = Callable[[Connection, date], Pulled | str]
"""What a connected system knows today, or why it could not be read: one of `TROUBLES`."""


def out_of_reach(_connection: Connection, _today: date) -> str:
    """Where no system can be reached at all."""
    return "unreachable"
