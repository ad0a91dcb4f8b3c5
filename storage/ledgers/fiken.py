"""Fiken (Norway): invoices and credit notes of one company, by a personal API token."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from urllib.parse import quote

from bot.documents import Document, Party
from bot.ledgers import LedgerError, Pulled
from bot.money import Money
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Payment, Row, called_off, day, gather, left, money, rows, text

NAME = "Fiken"
FIELDS = ("token", "company")
SITE = Site("https://api.fiken.no/api/v2", pause=0.25)
"""Fiken asks for one question at a time and at most four a second."""
PAGE = 100
LANGUAGES = {"norwegian": "nb", "english": "en"}


def enter(client: Client, secrets: Mapping[str, str], today: date) -> None:
    """A personal API token."""
    client.sign(Authorization=f"Bearer {secrets['token']}")


def pull(client: Client, secrets: Mapping[str, str], cursor: str, today: date) -> Pulled:
    """Invoices and credit notes that are not settled, and what has become of those that were open."""
    company = f"/companies/{quote(secrets['company'], safe='')}"
    numbers: dict[str, str] = {}
    return gather(
        chain(_invoices(client, company, numbers), _listed(client, f"{company}/creditNotes")),
        partial(_document, numbers=numbers),
        lambda known: client.find(f"{company}/invoices/{known}"),
        cursor,
        today,
        name=_name,
        number=_number,
        find=lambda number: _by_number(client, company, number),
        payments=_payments,
        paper=lambda row: text(row, "invoicePdf", "downloadUrl"),
    )


def _listed(client: Client, path: str) -> Iterator[Row]:
    """All that is not settled, page by page."""
    page, pages = 0, 1
    while page < pages:
        answer = client.get(path, settled="false", page=page, pageSize=PAGE)
        yield from rows(answer.body)
        page, pages = page + 1, _pages(answer.headers)


def _pages(headers: Mapping[str, str]) -> int:
    try:
        return int(headers["Fiken-Api-Page-Count"])
    except (KeyError, ValueError):
        raise LedgerError("garbled") from None


def _invoices(client: Client, company: str, numbers: dict[str, str]) -> Iterator[Row]:
    """The open invoices, their numbers noted by id for the credit notes that name them."""
    for row in _listed(client, f"{company}/invoices"):
        numbers[text(row, "invoiceId")] = text(row, "invoiceNumber")
        yield row


def _by_number(client: Client, company: str, number: str) -> Row | None:
    found = rows(client.get(f"{company}/invoices", invoiceNumber=number).body)
    return next((row for row in found if _number(row) == number), None)


def _name(row: Row) -> str:
    return text(row, "invoiceId") or f"credit:{text(row, 'creditNoteId')}"


def _number(row: Row) -> str:
    return text(row, "invoiceNumber") or text(row, "creditNoteNumber")


def _document(row: Row, numbers: Mapping[str, str]) -> Document | None:
    """An invoice or credit note; None for a cash sale."""
    sale = row.get("sale") or {}
    if row.get("cash"):
        return None
    is_credit = "creditNoteId" in row
    total = money(row["gross"], row.get("currency") or "NOK", 2)
    document = Document(
        "credit_note" if is_credit else "invoice",
        _number(row),
        total,
        issued=day(row, "issueDate"),
        due=None if is_credit else day(row, "dueDate"),
        due_source=None if is_credit or not text(row, "dueDate") else "stated",
        reference="" if is_credit else text(row, "kid"),
        account=text(row, "bankAccountNumber"),
        buyer=_buyer(row.get("customer") or {}),
        description=text(row, "invoiceText"),
        refers_to=tuple(n for n in (numbers.get(text(row, "associatedInvoiceId"), ""),) if n),
        total=total,
    )
    if sale.get("writeOff") or sale.get("deleted"):
        return called_off(document, total.currency)
    return document if is_credit else left(document, _open(sale, total))


def _open(sale: Row, total: Money) -> Money:
    """What is left, in the currency of the invoice."""
    if sale.get("settled"):
        return Money(0, total.currency)
    name = "outstandingBalance" if total.currency == "NOK" else "outstandingBalanceInCurrency"
    return money(sale[name], total.currency, 2)


def _payments(row: Row) -> Iterator[Payment]:
    """What was registered on the sale, each in the currency it says."""
    for paid in (row.get("sale") or {}).get("salePayments") or ():
        when = day(paid, "date")
        if when is None:
            raise ValueError("a payment without a day")
        yield Payment(when, money(paid["amount"], paid.get("currency") or "NOK", 2), text(paid, "paymentId"))


def _buyer(contact: Row) -> Party:
    return Party(
        name=text(contact, "name"),
        org_no=text(contact, "organizationNumber"),
        email=text(contact, "email"),
        phone=text(contact, "phoneNumber"),
        language=LANGUAGES.get(text(contact, "language").casefold(), ""),
    )
