"""e-conomic (Denmark): booked invoices and credit notes, by an app's secret and a business's grant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal
from urllib.parse import quote

from bot.documents import Document, Party
from bot.ledgers import LedgerError, Pulled
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Row, day, gather, left, money, rows, text

NAME = "e-conomic"
FIELDS = ("app_secret", "grant")
SITE = Site("https://restapi.e-conomic.com", pause=0.1)
PAGE = 1000
PAID_OTHERWISE = {
    "factoring": "factored",
    "creditcard": "card_or_debit",
    "paidInCash": "card_or_debit",
}
"""Terms of payment of what the customer is not to be asked for."""


def enter(client: Client, secrets: Mapping[str, str], today: date) -> None:
    """An app's secret and the grant of an agreement."""
    client.sign(X_AppSecretToken=secrets["app_secret"], X_AgreementGrantToken=secrets["grant"])


def pull(client: Client, secrets: Mapping[str, str], cursor: str, today: date) -> Pulled:
    """Booked invoices that are unpaid, and what has become of those that were open."""
    customers: dict[str, Row] = {}
    return gather(
        _open(client, customers),
        lambda row: _document(row, customers),
        lambda known: _one(client, known),
        cursor,
        today,
        name=_number,
        number=_number,
        find=lambda number: _one(client, number),
        paper=lambda row: f"/invoices/booked/{quote(_number(row), safe='')}/pdf",
    )


def _open(client: Client, customers: dict[str, Row]) -> Iterator[Row]:
    """What is unpaid; the customers' addresses and numbers are fetched with the first of it."""
    for row in _listed(client, "/invoices/unpaid"):
        if not customers:
            known = _listed(client, "/customers")
            customers.update((text(each, "customerNumber"), each) for each in known)
        yield row


def _listed(client: Client, path: str) -> Iterator[Row]:
    page, more = 0, True
    while more:
        body = client.get(path, skippages=page, pagesize=PAGE).body
        yield from rows(body, "collection")
        told = body.get("pagination")
        if not isinstance(told, Mapping):
            raise LedgerError("garbled")
        page, more = page + 1, bool(text(told, "nextPage"))


def _one(client: Client, number: str) -> Row | None:
    found: Row | None = client.find(f"/invoices/booked/{quote(number, safe='')}")
    return found


def _number(row: Row) -> str:
    return text(row, "bookedInvoiceNumber")


def _document(row: Row, customers: Mapping[str, Row]) -> Document:
    """An invoice, or a credit note, which does not say here which invoice it credits."""
    total = money(row["grossAmount"], row["currency"])
    remainder = money(row["remainder"], row["currency"])
    is_credit = total.minor < 0
    due, source = (None, None) if is_credit else _due(row)
    document = Document(
        "credit_note" if is_credit else "invoice",
        _number(row),
        -total if is_credit else total,
        issued=day(row, "date"),
        due=due,
        due_source=source,
        buyer=_buyer(row, customers.get(text(row, "customer", "customerNumber"), {})),
        description=text(row, "notes", "heading"),
        total=-total if is_credit else total,
    )
    if is_credit:
        return replace(document, amount=-remainder)
    return _not_for_us(left(document, remainder), row)


def _due(row: Row) -> tuple[date | None, Literal["stated", "terms"] | None]:
    """The due day as stated, else by net terms."""
    if stated := day(row, "dueDate"):
        return stated, "stated"
    issued, terms = day(row, "date"), row.get("paymentTerms") or {}
    if issued and terms.get("paymentTermsType") == "net" and isinstance(terms.get("daysOfCredit"), int):
        return issued + timedelta(days=terms["daysOfCredit"]), "terms"
    return None, None


def _not_for_us(document: Document, row: Row) -> Document:
    why = PAID_OTHERWISE.get(text(row, "paymentTerms", "paymentTermsType"), "")
    return replace(document, collectable="no", why_not=why) if why and document.amount else document


def _buyer(row: Row, customer: Row) -> Party:
    """Who the invoice is to, as it says; the rest as the customer stands in the books."""
    return Party(
        name=text(row, "recipient", "name") or text(customer, "name"),
        org_no=text(customer, "corporateIdentificationNumber"),
        email=text(customer, "email"),
        phone=text(customer, "telephoneAndFaxNumber"),
    )
