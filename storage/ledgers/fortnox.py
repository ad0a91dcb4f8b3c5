"""Fortnox (Sweden): invoices and credit invoices, by an integration of the business's own."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from bot.documents import Document, Party
from bot.ledgers import LedgerError, Pulled
from bot.money import Money
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Payment, Row, day, gather, left, money, only, rows, text

NAME = "Fortnox"
FIELDS = ("client_id", "client_secret", "tenant")
SITE = Site("https://api.fortnox.se/3", pause=0.25, session="https://apps.fortnox.se/oauth-v1/token")
"""Fortnox takes 25 questions in five seconds."""
PAGE = 500
HOME = "SEK"
NOT_OURS = {"NoxFinans": "factored"}


def pull(client: Client, secrets: Mapping[str, str], cursor: str, today: date) -> Pulled:
    """Booked invoices that are not fully paid, and what has become of those that were open."""
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
        payments=lambda row: _payments(client, row),
        paper=lambda row: f"/invoices/{quote(_number(row), safe='')}/preview",
    )


def enter(client: Client, secrets: Mapping[str, str], today: date) -> None:
    """A token for an hour, without a person: the client credentials of a service account."""
    pair = f"{secrets['client_id']}:{secrets['client_secret']}".encode()
    client.sign(Authorization=f"Basic {base64.b64encode(pair).decode()}", TenantId=secrets["tenant"])
    token = text(client.session(grant_type="client_credentials"), "access_token")
    if not token:
        raise LedgerError("garbled")
    client.sign(Authorization=f"Bearer {token}")


def _listed(client: Client, path: str, name: str, **more: str) -> Iterator[Row]:
    page, pages = 1, 1
    while page <= pages:
        body = client.get(path, page=page, limit=PAGE, **more).body
        yield from rows(body, name)
        page, pages = page + 1, _pages(body)


def _pages(body: Row) -> int:
    try:
        return int(text(body, "MetaInformation", "@TotalPages"))
    except ValueError:
        raise LedgerError("garbled") from None


def _open(client: Client, customers: dict[str, Row]) -> Iterator[Row]:
    """What is unpaid, each credit invoice as a whole: the list does not say what it credits."""
    for row in _listed(client, "/invoices", "Invoices", filter="unpaid"):
        if not customers:
            known = _listed(client, "/customers", "Customers")
            customers.update((text(each, "CustomerNumber"), each) for each in known)
        yield (_one(client, _number(row)) or row) if text(row, "Total").startswith("-") else row


def _one(client: Client, known: str) -> Row | None:
    return only(client.find(f"/invoices/{quote(known, safe='')}"), "Invoice")


def _number(row: Row) -> str:
    return text(row, "DocumentNumber")


def _document(row: Row, customers: Mapping[str, Row]) -> Document | None:
    """An invoice or credit invoice; None where it is not booked yet."""
    if not (row["Booked"] or row["Cancelled"]):
        return None
    total = money(row["Total"], row["Currency"])
    is_credit = total.minor < 0
    refers = text(row, "CreditInvoiceReference")
    document = Document(
        "credit_note" if is_credit else "invoice",
        _number(row),
        -total if is_credit else total,
        issued=day(row, "InvoiceDate"),
        due=None if is_credit else day(row, "DueDate"),
        due_source=None if is_credit or not text(row, "DueDate") else "stated",
        reference="" if is_credit else text(row, "OCR"),
        buyer=_buyer(row, customers.get(text(row, "CustomerNumber"), {})),
        refers_to=(refers,) if is_credit and refers not in ("", "0") else (),
        total=-total if is_credit else total,
    )
    balance = _balance(row, total)
    if is_credit:
        return replace(document, amount=-balance)
    return _not_for_us(left(document, balance), row)


def _balance(row: Row, total: Money) -> Money:
    """What is left; of a part paid invoice in another currency Fortnox does not say in which it is."""
    if row["Cancelled"]:
        return Money(0, total.currency)
    balance = money(row["Balance"], total.currency)
    if total.currency != HOME and balance not in (total, Money(0, total.currency)):
        raise ValueError("the currency of what is left is not told")
    return balance


def _payments(client: Client, row: Row) -> Iterator[Payment]:
    """What was booked on an invoice; of one in another currency it is told only when the last of it came."""
    if row["Cancelled"]:
        return
    if row["Currency"] != HOME:
        if last := day(row, "FinalPayDate"):
            yield Payment(last, money(row["Total"], row["Currency"]), _number(row))
        return
    for paid in _listed(client, "/invoicepayments", "InvoicePayments", invoicenumber=_number(row)):
        when = day(paid, "PaymentDate")
        if paid.get("Booked") and when:
            yield Payment(when, money(paid["Amount"], HOME), text(paid, "Number"))


def _not_for_us(document: Document, row: Row) -> Document:
    """An invoice that was sold is collected by who bought it."""
    why = next((why for name, why in NOT_OURS.items() if row.get(name) is True), "")
    return replace(document, collectable="no", why_not=why) if why and document.amount else document


def _buyer(row: Row, customer: Row) -> Party:
    return Party(
        name=text(row, "CustomerName") or text(customer, "Name"),
        org_no=text(row, "OrganisationNumber") or text(customer, "OrganisationNumber"),
        email=text(row, "EmailInformation", "EmailAddressTo") or text(customer, "Email"),
        phone=text(row, "Phone1") or text(customer, "Phone"),
    )
