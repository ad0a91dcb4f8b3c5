"""Exports on the desk: all that is kept about one customer as one file, made when it is fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bot.chat import Posted
from bot.letters import Letter
from bot.money import Money
from bot.parties import Customer
from bot.workdays import local, local_day
from handlers.desk.packs import Enclosure, free_name, safe, zipped
from messages.voice import Voice
from storage.books import Books
from storage.personal import TRACES, lines_about

LEAVES_OUT = frozenset({"content", "place"})
"""Columns that are no part of the list: files lie beside it, and how rows are counted is nobody's."""


def named(customer: Customer, books: Books) -> str:
    """What the file of a customer is called."""
    return f"{safe(customer.name, 'customer')}_{_day(books).isoformat()}_export.zip"


def export(customer: Customer, books: Books) -> bytes:
    """All that is kept about a customer: a list that programs read too, and every text and file by itself."""
    listed = json.dumps(everything(customer, books), ensure_ascii=False, indent=2)
    taken: set[str] = set()
    files = (
        Enclosure("README.txt", _told(customer, books).encode()),
        Enclosure("data.json", f"{listed}\n".encode()),
        *_letters(customer, books),
        *_answers(customer, books),
        *_talk(customer, books),
        *_files(customer, books),
    )
    return zipped((Enclosure(free_name(each.name, taken), each.content) for each in files), _day(books))


def everything(customer: Customer, books: Books) -> dict[str, Any]:
    """Every row that tells of a customer, table by table, and what happened, the latest first."""
    scope = books.customers.scope
    tables = {trace.table.name: trace.rows(customer.id, scope) for trace in reversed(TRACES)}
    happened = books.history.of(customer.id, limit=None)
    rows = {name: [_row(row) for row in found] for name, found in tables.items() if found}
    return {
        "kept_by": books.business.name,
        "as_of": _day(books).isoformat(),
        **rows,
        "history": _plain(happened),
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as somebody reads it: an amount as one, and nothing that only the tables need."""
    amounts = {n.removesuffix("_minor"): n for n in row if n.endswith("_minor")}
    read: dict[str, Any] = {}
    for name, cell in row.items():
        if name.endswith("_minor"):
            amount = name.removesuffix("_minor")
            read[amount] = None if cell is None else _plain(Money(cell, row[f"{amount}_currency"]))
        elif name.removesuffix("_currency") not in amounts and name not in LEAVES_OUT:
            read[name] = _plain(cell)
    return read


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return f"{value.decimal} {value.currency}"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value


def _told(customer: Customer, books: Books) -> str:
    """A page that says what is in the file, in the owner's language."""
    business = books.business
    voice = Voice(business.language, country=business.country, today=_day(books))
    said = voice.card("export_readme", customer=customer.name, business=business.name, day=_day(books))
    return f"{said.title}\n\n{said.text}\n"


def _letters(customer: Customer, books: Books) -> Iterator[Enclosure]:
    for letter in books.letters.of(customer.id):
        yield Enclosure(
            f"letters/{letter.went_on.isoformat()}_{letter.kind}_{letter.state}.txt", _letter(letter).encode()
        )


def _letter(letter: Letter) -> str:
    head = {"To": letter.to, "Cc": letter.cc, "Subject": letter.subject, "Approved-By": letter.approved_by}
    rows = "".join(f"{name}: {value}\n" for name, value in head.items() if value)
    return f"{rows}\n{letter.body}\n"


def _answers(customer: Customer, books: Books) -> Iterator[Enclosure]:
    zone = books.business.zone
    for reply in books.replies.of(customer.id):
        day = local_day(reply.at, zone).isoformat()
        yield Enclosure(f"answers/{day}_{reply.source}.txt", f"{reply.text}\n".encode())
    for call in books.calls.of(customer.id):
        if call.words:
            yield Enclosure(f"answers/{call.day.isoformat()}_call.txt", f"{call.words}\n".encode())


def _talk(customer: Customer, books: Books) -> Iterator[Enclosure]:
    told = (_line(line, books) for line in lines_about(customer.id, books.lines.scope))
    if text := "\n".join(told):
        yield Enclosure("talk.txt", text.encode())


def _line(line: Posted, books: Books) -> str:
    """A card as its words; what is left of a list is the customer's own rows."""
    card, at = line.card, local(line.at, books.business.zone)
    rows = () if card.text else card.items
    told = [" · ".join(filter(None, (row.title, row.text, row.amount))) for row in rows]
    return "\n".join((f"{at:%Y-%m-%d %H:%M}  {card.title}".rstrip(), *filter(None, (card.text, *told)), ""))


def _files(customer: Customer, books: Books) -> Iterator[Enclosure]:
    """Files that go with invoices, mails as they came, and evidence packs that were made."""
    for invoice in books.invoices.of(customer.id):
        for file in books.files.of_invoice(invoice.id):
            name = f"invoices/{safe(invoice.number, 'invoice')}/{safe(file.name, 'file')}"
            yield Enclosure(name, file.content)
    for mail in books.mails.of(customer.id):
        if source := books.mails.source(mail.id):
            yield Enclosure(f"mails/{local_day(mail.at, books.business.zone).isoformat()}.eml", source)
    for pack in books.packs.of(customer.id):
        yield Enclosure(f"packs/{safe(pack.name, 'pack.zip')}", pack.content)


def _day(books: Books) -> date:
    return local_day(books.now, books.business.zone)
