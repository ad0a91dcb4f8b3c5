"""A hundred thousand invoices and payments: files read, and taken into the books, against a bare parser."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from bench.books import BAKERY, NOW
from handlers.desk import Desk, bank
from handlers.desk.intake import planned, take_in
from messages.voice import Voice
from storage.books import Books
from storage.engine import Database
from storage.readers import read
from tests import cast

HEAD = "Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language\n"
ROW = "Café {at} AB;ask@cafe{at}.example;{n};2026-10-01;2026-10-31;{sum},50;SEK;{n}7;Bread;sv\n"
OPENS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
    "<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-24T08:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id>"
    "<CreDtTm>2026-11-24T08:00:00</CreDtTm><Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>\n"
)
ENTRY = (
    '<Ntry><Amt Ccy="SEK">{sum}.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
    "<BookgDt><Dt>2026-11-24</Dt></BookgDt><AcctSvcrRef>B{n}</AcctSvcrRef><NtryDtls><TxDtls>"
    "<RltdPties><Dbtr><Pty><Nm>Café {at} AB</Nm></Pty></Dbtr></RltdPties>"
    "<RmtInf><Strd><CdtrRefInf><Ref>{n}7</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
)
CLOSES = "</Stmt></BkToCstmrStmt></Document>\n"
CUSTOMERS = 9_000
NO_LIMIT = 1 << 30

Work = Callable[[], int]


def invoices(size: int) -> bytes:
    """A list of so many open invoices."""
    return (HEAD + "".join(_filled(ROW, n) for n in range(size))).encode()


def payments(size: int) -> bytes:
    """A bank statement on which each of those invoices is paid."""
    return (OPENS + "".join(_filled(ENTRY, n) for n in range(size)) + CLOSES).encode()


def _filled(pattern: str, n: int) -> str:
    return pattern.format(n=100_000 + n, at=n % CUSTOMERS, sum=100 + n % 900)


def csv_read(_folder: Path, size: int) -> Work:
    """The list as Purr reads it."""
    content = invoices(size)
    return lambda: len(read(content, currency="SEK", limit=NO_LIMIT).documents)


def csv_floor(_folder: Path, size: int) -> Work:
    """The list cut into rows by Python's own module."""
    content = invoices(size)
    return lambda: sum(1 for _ in csv.reader(content.decode().splitlines(), delimiter=";")) - 1


def camt_read(_folder: Path, size: int) -> Work:
    """The statement as Purr reads it."""
    content = payments(size)
    return lambda: len(read(content, limit=NO_LIMIT).receipts)


def camt_floor(folder: Path, size: int) -> Work:
    """The statement's entries as lxml comes by them, each emptied again."""
    file = folder / "statement.xml"
    file.write_bytes(payments(size))

    def work() -> int:
        found = 0
        for _, entry in etree.iterparse(str(file), tag="{*}Ntry"):
            entry.clear()
            found += 1
        return found

    return work


def csv_taken_in(folder: Path, size: int) -> Work:
    """The list read, compared with empty books, and written into them."""
    made, content = _empty(folder), invoices(size)
    return lambda: _take_invoices(made, content)


def camt_taken_in(folder: Path, size: int) -> Work:
    """The statement read, each payment laid on its invoice, and written into the books."""
    made, content = _empty(folder), payments(size)
    _take_invoices(made, invoices(size))

    def work() -> int:
        with made.books(BAKERY, NOW) as books:
            desk = _desk(books)
            tally, _ = bank.take_in([[read(content, limit=NO_LIMIT)]], "Åsa", desk)
            return tally.placed

    return work


def _empty(folder: Path) -> Database:
    made = Database(f"sqlite:///{folder / 'purr.db'}")
    made.migrate()
    made.add_business(cast.ASAS_BAGERI)
    return made


def _take_invoices(made: Database, content: bytes) -> int:
    with made.books(BAKERY, NOW) as books:
        desk = _desk(books)
        found = planned(read(content, currency="SEK", limit=NO_LIMIT).documents, desk)
        take_in(found, "Åsa", desk)
        return len(found.of("new"))


def _desk(books: Books) -> Desk:
    return Desk(books, Voice("en", country="SE", today=NOW.date()), NOW, NOW.date(), read)
