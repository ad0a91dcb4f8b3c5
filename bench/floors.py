"""Bare floors of reading and importing: a parser with types, and rows inserted by SQLAlchemy Core."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from lxml import etree

from bench import files, servers
from storage.scope import batches

META = sa.MetaData()
INVOICE = sa.Table(
    "invoice",
    META,
    *(sa.Column(name, sa.Text()) for name in ("customer", "email")),
    sa.Column("number", sa.Text(), primary_key=True),
    sa.Column("issued", sa.Text()),
    sa.Column("due", sa.Text(), index=True),
    sa.Column("cents", sa.BigInteger()),
    *(sa.Column(name, sa.Text()) for name in ("currency", "ocr", "description", "language")),
)
PAYMENT = sa.Table(
    "payment",
    META,
    *(sa.Column(name, sa.Text()) for name in ("sign", "day", "payer", "ocr")),
    sa.Column("mark", sa.Text(), primary_key=True),
    sa.Column("cents", sa.BigInteger(), index=True),
)
TAGS = ("Amt", "CdtDbtInd", "Dt", "AcctSvcrRef", "Nm", "Ref")
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMES = {"cbc": f"{UBL}CommonBasicComponents-2", "cac": f"{UBL}CommonAggregateComponents-2"}
PATHS = (
    "cbc:ID", "cbc:IssueDate", "cbc:DueDate", "cbc:DocumentCurrencyCode", "cbc:BuyerReference",
    "cac:AccountingSupplierParty/cac:Party/cac:PartyName/cbc:Name",
    "cac:AccountingCustomerParty/cac:Party/cac:PartyName/cbc:Name",
    "cac:AccountingCustomerParty/cac:Party/cac:Contact/cbc:ElectronicMail",
    "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID", "cac:PaymentMeans/cbc:PaymentID",
    "cac:LegalMonetaryTotal/cbc:PayableAmount", "cac:TaxTotal/cbc:TaxAmount",
)  # fmt: skip

Work = Callable[[], int]


def csv_typed(folder: Path, size: int) -> Work:
    """The list read by Python's own module, its amounts and days made values."""
    file = files.invoices(folder, size)
    return lambda: sum(1 for _ in _typed(file))


def _typed(file: Path) -> Iterator[tuple[Any, ...]]:
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.reader(text, delimiter=";")
        next(rows)
        for customer, email, number, issued, due, amount, *rest in rows:
            money = Decimal(amount.replace(",", "."))
            yield customer, email, number, date.fromisoformat(issued), date.fromisoformat(due), money, *rest


def camt_one_pass(folder: Path, size: int) -> Work:
    """The statement's entries as lxml comes by them, each looked through once and emptied again."""
    file = files.payments(folder, size)
    return lambda: sum(1 for _ in _entries(file))


def _entries(file: Path) -> Iterator[tuple[Any, ...]]:
    space = f"{{{files.CAMT}}}"
    wanted = {space + name: at for at, name in enumerate(TAGS)}
    for _, entry in etree.iterparse(str(file), tag=f"{space}Ntry", resolve_entities=False, no_network=True):
        found: list[Any] = [None] * len(wanted)
        for element in entry.iter(*wanted):
            if found[wanted[element.tag]] is None:
                found[wanted[element.tag]] = element.text
        yield Decimal(found[0]), found[1], date.fromisoformat(found[2]), *found[3:]
        entry.clear()
        while entry.getprevious() is not None:
            del entry.getparent()[0]


def ubl_xpath(folder: Path, size: int) -> Work:
    """E-invoices of which twelve compiled XPaths take what matters."""
    documents = [file.read_bytes() for file in files.ubl(folder, size)]
    paths = [etree.XPath(f"string({path})", namespaces=NAMES) for path in PATHS]

    def work() -> int:
        found = 0
        for document in documents:
            values = [str(path(root)) for root in (etree.fromstring(document),) for path in paths]
            found += bool(Decimal(values[10]) and date.fromisoformat(values[2]))
        return found

    return work


def csv_inserted(folder: Path, size: int) -> Work:
    """The list read as above, and its rows inserted by SQLAlchemy Core."""
    file, engine = files.invoices(folder, size), _engine(folder)
    names = [column.name for column in INVOICE.columns]

    def rows() -> Iterator[dict[str, Any]]:
        for *before, issued, due, money, currency, ocr, text, language in _typed(file):
            cells = (*before, issued.isoformat(), due.isoformat(), int(money * 100))
            yield dict(zip(names, (*cells, currency, ocr, text, language), strict=True))

    return lambda: _inserted(engine, INVOICE, rows())


def camt_inserted(folder: Path, size: int) -> Work:
    """The statement read as above, and its entries inserted by SQLAlchemy Core."""
    file, engine = files.payments(folder, size), _engine(folder)

    def rows() -> Iterator[dict[str, Any]]:
        for money, sign, day, mark, payer, ocr in _entries(file):
            yield {
                "sign": sign, "day": day.isoformat(), "payer": payer, "ocr": ocr, "mark": mark,
                "cents": int(money * 100),
            }  # fmt: skip

    return lambda: _inserted(engine, PAYMENT, rows())


def _engine(folder: Path) -> sa.Engine:
    made = servers.engine(folder)
    META.create_all(made)
    return made


def _inserted(engine: sa.Engine, table: sa.Table, rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    with engine.begin() as connection:
        for some in batches(rows):
            connection.execute(sa.insert(table), list(some))
            count += len(some)
    return count
