"""SIE 4 (Sweden): invoices on the accounts receivable, where the postings name their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.documents import Document, Party, Problem, Reading
from bot.money import Money
from storage.readers._amounts import read_amount
from storage.readers._dates import read_date
from storage.readers._open_items import Account, Posting
from storage.readers._source import Source, Unreadable
from storage.readers._xml import plain

FORMAT = "sie"
START = re.compile(rb"\A#FLAGGA\s")
TOKEN = re.compile(r'"((?:\\.|[^"\\])*)"|\{([^}]*)\}|([^\s"{}]+)|^\s*(\})')
RECEIVABLE = re.compile(r"151\d")
NUMBER = re.compile(
    r"(?:\[(?P<inside>\d{1,12})\]|(?:kund)?fakt(?:ura)?(?:\s?n(?:umme)?r)?\b\.?\s*:?\s*(?P<after>\d{1,12})\b)"
    r"[\s,;:-]*(?:namn:\s*)?(?P<name>.*)",
    re.IGNORECASE,
)
"""How programs write an invoice's number and its customer into the text of a posting."""

CURRENCY = re.compile(r"SEK|NOK|DKK|EUR|USD|GBP|CHF|PLN")
"""Currencies that books are kept in, all of them with two decimals."""

LETTERS = "cp437"
HOME = "SEK"


@dataclass(slots=True)
class _Book:
    """The postings on the receivables, their balance at the year's end, and whose book it is."""

    seller: str = ""
    org_no: str = ""
    currency: str = HOME
    balance: Decimal | None = None
    customers: dict[str, Account] = field(default_factory=dict)
    unnamed: list[Posting] = field(default_factory=list)


@dataclass(slots=True)
class _Voucher:
    """What is posted together, and must come to nothing."""

    line: int = 0
    fields: Sequence[str] = ()
    left: Decimal = Decimal()
    open: bool = False

    def close(self) -> None:
        """At its end; `Unreadable` where its postings do not come to nothing."""
        self.open = False
        if self.left:
            raise Unreadable("statement_wrong", self.line, stated="0", found=str(self.left))


def recognise(head: bytes) -> float:
    """Sure of the line that every such file begins with."""
    return 0.9 if START.search(plain(head)) else 0


def read(source: Source) -> Reading:
    """The invoices that can be told; `Unreadable` where the file holds sums of many, or balances alone."""
    try:
        book = _book(_text(source.content))
    except Unreadable as reason:
        reason.format = FORMAT
        raise
    seller = Party(name=book.seller, org_no=book.org_no, country="SE", kind="business")
    documents = tuple(d for account in book.customers.values() for d in account.documents(seller))
    if not _explained(book, documents):
        raise Unreadable("balances_only", format=FORMAT, name="SIE")
    problems = [Problem("missing_number", posting.line) for posting in book.unnamed]
    return Reading(documents, problems=tuple(problems), format=FORMAT)


def _text(content: bytes) -> str:
    """The letters of the first IBM computers, as the format says, though some write others."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(LETTERS)


def _book(text: str) -> _Book:
    book, voucher = _Book(), _Voucher()
    for number, line in enumerate(text.splitlines(), 1):
        tag, *fields = list(_fields(line)) or [""]
        match tag.upper():
            case "#FNAMN" if fields:
                book.seller = fields[0]
            case "#ORGNR" if fields:
                book.org_no = fields[0]
            case "#VALUTA" if fields and CURRENCY.fullmatch(fields[0].upper()):
                book.currency = fields[0].upper()
            case "#UB" if fields[:1] == ["0"] and len(fields) > 2 and RECEIVABLE.fullmatch(fields[1]):
                book.balance = (book.balance or Decimal()) + _amount(fields[2], number)
            case "#VER":
                voucher = _Voucher(number, fields, open=True)
            case "#TRANS" if len(fields) > 2:
                voucher.left += _amount(fields[2], number)
                if RECEIVABLE.fullmatch(fields[0]):
                    _post(book, _posting(fields, voucher.fields, number))
            case "}":
                voucher.close()
    if voucher.open:
        raise Unreadable("statement_incomplete")
    return book


def _fields(line: str) -> Iterator[str]:
    """The parts of a line: bare, in quotes, or the objects in braces, which are left empty."""
    for match in TOKEN.finditer(line):
        yield match[3] or match[4] or re.sub(r"\\(.)", r"\1", match[1] or "")


def _posting(fields: Sequence[str], voucher: Sequence[str], line: int) -> tuple[Posting, str]:
    """A posting and the customer's name; both number and name are empty where the text tells none."""
    written = fields[4] if len(fields) > 4 else ""
    found = NUMBER.search(written)
    number = (found["inside"] or found["after"]) if found else ""
    name = " ".join(found["name"].split()) if found else ""
    day = _day(fields[3] if len(fields) > 3 else "", line) or _day("".join(voucher[2:3]), line)
    return Posting(number, _amount(fields[2], line), day, description="".join(voucher[3:4]), line=line), name


def _post(book: _Book, posted: tuple[Posting, str]) -> None:
    posting, name = posted
    if not posting.number or not name:
        book.unnamed.append(posting)
        return
    key = name.casefold()
    account = book.customers.setdefault(key, Account(Party(name=name), book.currency))
    account.postings.append(posting)


def _explained(book: _Book, documents: Sequence[Document]) -> bool:
    """Whether no payment lacks its invoice, and what is left comes to the balance, where there is one."""
    is_told = documents and all(posting.amount > 0 for posting in book.unnamed)
    if not is_told or not all(account.explained() for account in book.customers.values()):
        return False
    left = sum((d.amount.decimal for d in documents if d.amount), Decimal())
    return book.balance is None or left + sum(p.amount for p in book.unnamed) == book.balance


def _amount(written: str, line: int) -> Decimal:
    try:
        return Money.of(read_amount(written)[0], HOME).decimal
    except Unreadable as reason:
        raise Unreadable(reason.problem.code, line, **reason.problem.facts) from reason


def _day(written: str, line: int) -> date | None:
    try:
        return read_date(written) if written else None
    except ValueError as error:
        raise Unreadable("bad_date", line, value=written[:40]) from error
