"""What accounting systems tell, row by row, turned into documents: nothing is guessed, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.documents import Document, Problem, Receipt
from bot.ledgers import LedgerError, Pulled, number_of
from bot.money import Money

Row = Mapping[str, Any]
"""An object as a system tells it, from its JSON."""

LARGEST = Decimal(10) ** 13
"""An amount from which on it cannot be meant."""

MALFORMED = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
"""What reading a row raises that is not as the system's own documentation says."""


def text(row: Row, *path: str) -> str:
    """The text at a path of names; empty where there is none."""
    found: Any = row
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return "" if found is None or isinstance(found, Mapping | list) else str(found).strip()


def day(row: Row, name: str) -> date | None:
    """The day a row names; `ValueError` when there is no such day."""
    written = text(row, name)
    return date.fromisoformat(written[:10]) if written else None


def rows(body: Any, name: str = "") -> list[Row]:
    """The rows of an answer, under a name or as they are; `LedgerError` when it holds none."""
    found = body.get(name) if name and isinstance(body, Mapping) else body
    if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
        raise LedgerError("garbled")
    return found


def only(body: Any, name: str) -> Row | None:
    """The one row of an answer, None where there was none; `LedgerError` when it is no row."""
    return None if body is None else rows([body.get(name) if isinstance(body, Mapping) else None])[0]


def money(amount: object, currency: str, digits: int | None = None) -> Money:
    """An exact amount; of a whole number of minor units when told how many `digits` those are."""
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal | str):
        raise TypeError(f"{amount!r} is no amount")
    if len(currency) != 3 or not currency.isalpha():
        raise ValueError(f"{currency!r} is no currency")
    found = Decimal(amount) if digits is None else Decimal(amount).scaleb(-digits)
    if not abs(found) < LARGEST:
        raise ValueError(f"{found} is no amount of an invoice")
    return Money.of(found, currency.upper())


def left(document: Document, amount: Money) -> Document:
    """A document with what is left of it: an invoice of which nothing is left is told to be settled."""
    if amount.minor > 0:
        return replace(document, amount=amount)
    nothing = Money(0, amount.currency)
    return replace(document, amount=nothing, collectable="no", why_not="nothing_due")


CALLED_OFF = "called_off"


def called_off(document: Document, currency: str) -> Document:
    """An invoice that nobody is to pay any more: written off, deleted, voided.

    It is told to be settled where it was open the last time, else it is nothing to speak of.
    """
    return replace(document, amount=Money(0, currency), collectable="no", why_not=CALLED_OFF)


@dataclass(frozen=True, slots=True)
class Payment:
    """What came in on one invoice, as a system tells it: the day, how much, and the system's name for it."""

    day: date
    amount: Money
    mark: str = ""


def none_listed(_row: Row) -> Iterable[Payment]:
    """Where a system does not list what came in on an invoice: only what is left is known."""
    return ()


def nothing_found(_number: str) -> Row | None:
    """Where a system cannot be asked for an invoice by its number."""
    return None


def no_paper(_row: Row) -> str:
    """Where a system hands out no PDF."""
    return ""


@dataclass(slots=True)
class Gathering:
    """What has been read so far: `read` makes a document of a row, or None where there is nothing to ask."""

    read: Callable[[Row], Document | None]
    name: Callable[[Row], str]
    number: Callable[[Row], str]
    payments: Callable[[Row], Iterable[Payment]] = none_listed
    paper: Callable[[Row], str] = no_paper
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    still_open: dict[str, None] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    papers: dict[str, str] = field(default_factory=dict)

    def take(self, row: Row, *, was_open: bool) -> None:
        """One row; one that is not as it should be is a problem, and is looked at again the next time."""
        try:
            document = _settled(_named(self.read(row)), was_open)
        except MALFORMED:
            self.problems.append(Problem("ledger_row", facts={"number": self.number(row)}))
            self.still_open[self.name(row)] = None
            return
        if document is not None:
            self.documents.append(document)
            if document.kind == "invoice":
                self._more(document, row)

    def _more(self, document: Document, row: Row) -> None:
        """What else a row tells of an invoice: what came in on it, and of an open one where its PDF is."""
        if document.amount != document.total:
            self.receipts += _receipts(document, row, self.payments)
        if document.amount:
            self.still_open[self.name(row)] = None
            if paper := self.paper(row):
                self.papers[document.number] = paper


def _receipts(
    document: Document, row: Row, payments: Callable[[Row], Iterable[Payment]]
) -> Iterator[Receipt]:
    """What came in on an invoice; nothing where that may not or cannot be read: what is left counts."""
    try:
        listed = list(payments(row))
    except MALFORMED:
        return
    except LedgerError as error:
        if not error.permanent:
            raise
        return
    for paid in listed:
        yield Receipt(paid.day, paid.amount, (document.number,), document.buyer.name, mark=paid.mark)


def _named(document: Document | None) -> Document | None:
    """A document as it is; `ValueError` when it does not say its number or whose it is."""
    if document is not None and not (document.number and document.buyer.name):
        raise ValueError("neither number nor name")
    return document


def _settled(document: Document | None, was_open: bool) -> Document | None:
    """What was called off is settled where it was open, and none where it was not."""
    if document is None or document.why_not != CALLED_OFF:
        return document
    return replace(document, why_not="nothing_due") if was_open else None


def gather(
    listed: Iterable[Row],
    read: Callable[[Row], Document | None],
    ask: Callable[[str], Row | None],
    cursor: str,
    today: date,
    *,
    name: Callable[[Row], str],
    number: Callable[[Row], str],
    find: Callable[[str], Row | None] = nothing_found,
    payments: Callable[[Row], Iterable[Payment]] = none_listed,
    paper: Callable[[Row], str] = no_paper,
) -> Pulled:
    """All that is open, and what was open the last time and no longer is, which is asked for one by one.

    No system promises that a payment changes when an invoice was "last changed": nothing is built on that.
    What the books know from elsewhere is looked for by its number with `find`.
    """
    found = Gathering(read, name, number, payments, paper)
    met = dict.fromkeys(cursor.split())
    seen: dict[str, None] = {}
    for row in listed:
        if name(row) not in seen:
            seen[name(row)] = None
            found.take(row, was_open=name(row) in met)
    for known in met:
        if known not in seen and (again := _again(known, ask, find)) is not None and name(again) not in seen:
            found.take(again, was_open=True)
    documents, unplaced = _placed(found.documents)
    return Pulled(
        documents,
        " ".join(found.still_open),
        today,
        tuple(found.receipts),
        (*found.problems, *unplaced),
        found.papers,
    )


def _again(known: str, ask: Callable[[str], Row | None], find: Callable[[str], Row | None]) -> Row | None:
    """What has become of an invoice, by the system's name for it or by number, if it is one of its own."""
    number = number_of(known)
    if not number:
        return ask(known)
    try:
        return find(number)
    except LedgerError as error:
        if not error.permanent:
            raise
        return None


def _placed(documents: Iterable[Document]) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Without the credit notes that name no open invoice: set off in the books they would count twice."""
    documents = tuple(documents)
    numbers = {d.number for d in documents if d.kind == "invoice" and d.amount}
    unplaced = [d for d in documents if d.kind == "credit_note" and not numbers & set(d.refers_to)]
    told = (Problem("ledger_credit", facts={"number": d.number, "customer": d.buyer.name}) for d in unplaced)
    return tuple(d for d in documents if d not in unplaced), tuple(told)
