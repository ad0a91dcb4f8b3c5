"""Tripletex (Norway): invoices and credit notes, by a consumer token and the key of an employee."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.documents import Document, Party
from bot.ledgers import LedgerError, Pulled
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Payment, Row, day, gather, left, money, only, rows, text

NAME = "Tripletex"
FIELDS = ("consumer_token", "employee_token")
SITE = Site(
    "https://tripletex.no/v2", session="https://tripletex.no/v2/token/session/:create", session_by="PUT"
)
PAGE = 1000
BACK = timedelta(days=3 * 365)
"""How long a claim lives before it is statute-barred: Tripletex cannot be asked for open invoices alone."""
FIELDS_ASKED = (
    "id,invoiceNumber,invoiceDate,invoiceDueDate,kid,deliveryDate,invoiceComment,isCreditNote,creditedInvoice,"
    "amountCurrency,amountCurrencyOutstanding,currency(code),postings(id,date,amountCurrency,currency(code)),customer(name,organizationNumber,email,invoiceEmail,"
    "overdueNoticeEmail,phoneNumber,phoneNumberMobile,language,isPrivateIndividual,isFactoring,invoiceSendMethod)"
)
LANGUAGES = {"NO": "nb", "EN": "en"}


def pull(client: Client, secrets: Mapping[str, str], cursor: str, today: date) -> Pulled:
    """What is open among the invoices of three years, and what has become of those that were."""
    listed = {text(row, "id"): row for row in _listed(client, today)}
    numbers = {name: text(row, "invoiceNumber") for name, row in listed.items()}
    return gather(
        (row for row in listed.values() if row.get("amountCurrencyOutstanding") != 0),
        lambda row: _document(row, numbers),
        lambda known: listed.get(known) or _one(client, known),
        cursor,
        today,
        name=lambda row: text(row, "id"),
        number=lambda row: text(row, "invoiceNumber"),
        find=lambda number: next((r for r in listed.values() if text(r, "invoiceNumber") == number), None),
        payments=_payments,
        paper=lambda row: f"/invoice/{text(row, 'id')}/pdf",
    )


def enter(client: Client, secrets: Mapping[str, str], today: date) -> None:
    """A session that ends by itself tomorrow."""
    body = client.session(
        consumerToken=secrets["consumer_token"],
        employeeToken=secrets["employee_token"],
        expirationDate=(today + timedelta(days=1)).isoformat(),
    )
    token = text(body, "value", "token") if isinstance(body, Mapping) else ""
    if not token:
        raise LedgerError("garbled")
    client.sign(Authorization=f"Basic {base64.b64encode(f'0:{token}'.encode()).decode()}")


def _listed(client: Client, today: date) -> Iterator[Row]:
    first, after = (today - BACK).isoformat(), (today + timedelta(days=1)).isoformat()
    start, more = 0, True
    while more:
        answer = client.get(
            "/invoice",
            invoiceDateFrom=first,
            invoiceDateTo=after,
            count=PAGE,
            sorting="id",
            fields=FIELDS_ASKED,
            **{"from": start},
        )
        page = rows(answer.body, "values")
        yield from page
        start, more = start + len(page), len(page) == PAGE


def _one(client: Client, known: str) -> Row | None:
    return only(client.find(f"/invoice/{known}", fields=FIELDS_ASKED), "value")


def _document(row: Row, numbers: Mapping[str, str]) -> Document:
    currency = text(row, "currency", "code") or "NOK"
    total = money(row["amountCurrency"], currency)
    is_credit = row.get("isCreditNote") is True
    document = Document(
        "credit_note" if is_credit else "invoice",
        text(row, "invoiceNumber"),
        total,
        issued=day(row, "invoiceDate"),
        due=None if is_credit else day(row, "invoiceDueDate"),
        due_source=None if is_credit or not text(row, "invoiceDueDate") else "stated",
        reference="" if is_credit else text(row, "kid"),
        buyer=_buyer(row.get("customer") or {}),
        description=text(row, "invoiceComment"),
        delivered=day(row, "deliveryDate"),
        refers_to=tuple(n for n in (numbers.get(text(row, "creditedInvoice"), ""),) if n),
        total=total,
    )
    open_amount = money(row["amountCurrencyOutstanding"], currency)
    if is_credit:
        return replace(document, amount=open_amount if open_amount.minor >= 0 else -open_amount)
    return _not_for_us(left(document, open_amount), row.get("customer") or {})


def _payments(row: Row) -> Iterator[Payment]:
    """The postings against the invoice's own, each with the day it was booked."""
    currency = text(row, "currency", "code") or "NOK"
    for posting in row.get("postings") or ():
        amount = money(posting["amountCurrency"], text(posting, "currency", "code") or currency)
        when = day(posting, "date")
        if amount.minor < 0 and when and amount.currency == currency:
            yield Payment(when, -amount, text(posting, "id"))


def _not_for_us(document: Document, customer: Row) -> Document:
    """An invoice that somebody else collects: a factoring firm, or the bank by direct debit."""
    if customer.get("isFactoring") and document.amount:
        return replace(document, collectable="no", why_not="factored")
    if customer.get("invoiceSendMethod") == "AVTALEGIRO" and document.amount:
        return replace(document, collectable="no", why_not="card_or_debit")
    return document


def _buyer(customer: Row) -> Party:
    emails = (text(customer, name) for name in ("overdueNoticeEmail", "invoiceEmail", "email"))
    phones = (text(customer, name) for name in ("phoneNumber", "phoneNumberMobile"))
    return Party(
        name=text(customer, "name"),
        org_no=text(customer, "organizationNumber"),
        email=next(filter(None, emails), ""),
        phone=next(filter(None, phones), ""),
        language=LANGUAGES.get(text(customer, "language"), ""),
        kind="consumer" if customer.get("isPrivateIndividual") else "unknown",
    )
