"""Ledgers: the accounting system a business keeps its invoices in, and what was fetched from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.documents import Document, Problem, Receipt
from bot.intake import Entry, Intake
from bot.ledger import FROM_BOOKS
from bot.money import Money

TROUBLES = ("busy", "garbled", "not_found", "refused", "unreachable")
"""Every `LedgerError.key`; the voice has words for each."""
BY_NUMBER, BLANK = "#", "␣"
"""How a part of a cursor begins that is an invoice's number, not the system's own name for it; its blanks."""
DATED = f"{FROM_BOOKS}day:"
"""How the key of a payment begins whose day the system tells, which may not be quite that of the bank."""


@dataclass(frozen=True, slots=True)
class System:
    """An accounting system that can be read: its name as people write it, and what the owner must give."""

    key: str
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A system that a business is connected to; `cursor` is what its module must know the next time.

    `pulled_at` is when it was last read, `trouble` why that went wrong since: one of `TROUBLES`, so many
    `failures` in a row; `told` when the owner has heard of it. `next_at` is when it is read by itself, None
    before anything was taken in. `noted` are the problems in it that the owner has been shown.
    """

    system: str
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    cursor: str = ""
    pulled_at: datetime | None = None
    trouble: str = ""
    next_at: datetime | None = None
    failures: int = 0
    told: bool = False
    noted: str = ""


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


FetchPapers = Callable[[Connection, Mapping[str, str], date], Mapping[str, bytes]]
"""The PDFs at some addresses of a connected system, by the same names; what cannot be had is left out."""

Fetch = Callable[[Connection, date], Pulled | str]
"""What a connected system knows today, or why it could not be read: one of `TROUBLES`."""


def asked_for(number: str) -> str:
    """An invoice of the books in a cursor, to be looked for by its number once."""
    return BY_NUMBER + BLANK.join(number.split())


def number_of(known: str) -> str:
    """The number that a part of a cursor asks for; empty where it is a system's own name for an invoice."""
    return known.removeprefix(BY_NUMBER).replace(BLANK, " ") if known.startswith(BY_NUMBER) else ""


def dated(intake: Intake, receipts: Iterable[Receipt], today: date, name: Callable[[], str]) -> Intake:
    """An intake whose payments have the days that the system tells, one for each; else they came today.

    What is less left than before came with the latest payments that make it up.
    """
    listed: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        for number in receipt.references:
            listed[number].append(receipt)
    entries = (e for entry in intake.entries for e in _parted(entry, listed, today, name))
    return replace(intake, entries=tuple(entries)) if listed else intake


def _parted(
    entry: Entry, listed: Mapping[str, list[Receipt]], today: date, name: Callable[[], str]
) -> tuple[Entry, ...]:
    """A payment that followed from less being left, as the payments that it was; as it is where none tell."""
    if entry.what != "part_paid" or entry.payment is None:
        return (entry,)
    whole = entry.payment
    parts = _latest(listed.get(entry.document.number, ()), whole.amount)
    if not parts:
        return (entry,)
    found: list[Entry] = []
    for number, (day, amount) in enumerate(parts):
        ident = whole.id if not number else name()
        key = f"{DATED}{whole.key.removeprefix(FROM_BOOKS)}:{number}"
        payment = replace(whole, id=ident, day=min(day, today), amount=amount, key=key)
        found.append(replace(entry, payment=payment))
    return tuple(found)


def _latest(receipts: Iterable[Receipt], amount: Money) -> tuple[tuple[date, Money], ...]:
    """The latest payments that come to an amount, oldest first; of the earliest a part may be enough.

    None where they do not come to that much: what is missing was not told.
    """
    left, found = amount, []
    for receipt in sorted(receipts, key=lambda r: r.day, reverse=True):
        if left.minor > 0 and receipt.amount.currency == amount.currency and receipt.amount.minor > 0:
            part = min(left, receipt.amount)
            found.append((receipt.day, part))
            left -= part
    return tuple(reversed(found)) if not left else ()


def out_of_reach(_connection: Connection, _today: date) -> str:
    """Where no system can be reached at all."""
    return "unreachable"
