"""Dinero (Denmark): booked invoices of one organisation, by a personal integration's client and API key."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from bot.documents import Document, Party
from bot.ledgers import LedgerError, Pulled
from bot.money import Money
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Payment, Row, called_off, day, gather, left, money, rows, text

NAME = "Dinero"
FIELDS = ("client_id", "client_secret", "api_key", "company")
SITE = Site("https://api.dinero.dk", pause=0.65, session="https://authz.dinero.dk/dineroapi/oauth/token")
"""Dinero takes a hundred questions a minute about an organisation."""
PAGE = 1000
HOME = "DKK"
OPEN, PAID = "Booked,Overdue", "Paid,OverPaid"
INVOICE_FIELDS = (
    "Guid,Number,ContactGuid,ContactName,Date,PaymentDate,Description,Currency,Status,TotalInclVat"
)
CONTACT_FIELDS = "ContactGuid,Name,Email,Phone,VatNumber,IsPerson,AttPerson,CountryKey"
UNSAID = ("Faktura", "Invoice")
"""What stands as description where the owner wrote none."""


@dataclass(slots=True)
class Known:
    """What the rows only name: customers by id, and who has an open invoice."""

    contacts: dict[str, Row] = field(default_factory=dict)
    owing: set[str] = field(default_factory=set)


def enter(client: Client, secrets: Mapping[str, str], today: date) -> None:
    """A token for an hour: the key of the organisation, shown by the client that the owner was given."""
    pair = f"{secrets['client_id']}:{secrets['client_secret']}".encode()
    client.sign(Authorization=f"Basic {base64.b64encode(pair).decode()}")
    key = secrets["api_key"]
    told = client.session(grant_type="password", scope="read", username=key, password=key)
    token = text(told, "access_token") if isinstance(told, Mapping) else ""
    if not token:
        raise LedgerError("garbled")
    client.sign(Authorization=f"Bearer {token}")


def pull(client: Client, secrets: Mapping[str, str], cursor: str, today: date) -> Pulled:
    """Booked invoices that are not paid, and what has become of those that were open."""
    company = quote(secrets["company"], safe="")
    known, met = Known(), frozenset(cursor.split())
    return gather(
        _listed_open(client, company, known, met),
        lambda row: _document(row, known),
        lambda each: _one(client, company, each, known),
        cursor,
        today,
        name=lambda row: text(row, "Guid"),
        number=lambda row: text(row, "Number"),
        find=lambda number: _by_number(client, company, number, known),
        payments=_payments,
        paper=lambda row: f"/v1/{company}/invoices/{quote(text(row, 'Guid'), safe='')}",
    )


def _listed_open(client: Client, company: str, known: Known, met: frozenset[str]) -> Iterator[Row]:
    """What is open, each with what came in on it, for the list does not tell; and credit notes after them.

    The line of the payment slip stands on the invoice alone, so that is fetched of those that are new.
    """
    for row in _listed(client, f"/v1/{company}/invoices", INVOICE_FIELDS, statusFilter=OPEN):
        _meet(client, company, known)
        known.owing.add(text(row, "ContactGuid"))
        whole = {} if text(row, "Guid") in met else _whole(client, company, text(row, "Guid")) or {}
        yield {**whole, **row, "Paid": _paid(client, company, row)}
    for row in _listed(client, f"/v1/{company}/sales/creditnotes", INVOICE_FIELDS, statusFilter=OPEN):
        if text(row, "ContactGuid") in known.owing:
            yield {**row, "Type": "CreditNote"}


def _listed(client: Client, path: str, fields: str, **more: str) -> Iterator[Row]:
    page, full = 0, True
    while full:
        body = client.get(path, fields=fields, page=page, pageSize=PAGE, **more).body
        found = rows(body.get("Collection") if isinstance(body, Mapping) else None)
        yield from found
        page, full = page + 1, len(found) == PAGE


def _meet(client: Client, company: str, known: Known) -> None:
    """Fetch the customers once, when the first invoice needs them."""
    if not known.contacts:
        listed = _listed(client, f"/v1/{company}/contacts", CONTACT_FIELDS)
        known.contacts.update((text(row, "ContactGuid"), row) for row in listed)


def _whole(client: Client, company: str, guid: str) -> Row | None:
    found = client.find(f"/v1/{company}/invoices/{quote(guid, safe='')}")
    return None if found is None else rows([found])[0]


def _one(client: Client, company: str, guid: str, known: Known) -> Row | None:
    """An invoice that was open; what is paid is not asked again whether it is."""
    row = _whole(client, company, guid)
    if row is None:
        return None
    _meet(client, company, known)
    status = text(row, "PaymentStatus") or text(row, "Status")
    return {**row, "Status": status, "Paid": _paid(client, company, row)}


def _by_number(client: Client, company: str, number: str, known: Known) -> Row | None:
    more = {"freeTextSearch": number, "statusFilter": PAID}
    found = _listed(client, f"/v1/{company}/invoices", "Guid,Number", **more)
    guid = next((text(row, "Guid") for row in found if text(row, "Number") == number), "")
    return _one(client, company, guid, known) if guid else None


def _paid(client: Client, company: str, row: Row) -> Any:
    """What came in on an invoice, and what is left of it; nothing where it was deleted meanwhile."""
    return client.find(f"/v2/{company}/invoices/{quote(text(row, 'Guid'), safe='')}/payments")


def _document(row: Row, known: Known) -> Document | None:
    """An invoice, or a credit note that was not set off; None for a draft."""
    if row["Status"] == "Draft":
        return None
    is_credit = row.get("Type") == "CreditNote"
    total = money(row["TotalInclVat"], row["Currency"])
    total = -total if is_credit and total.minor < 0 else total
    due = None if is_credit else day(row, "PaymentDate")
    document = Document(
        "credit_note" if is_credit else "invoice",
        text(row, "Number"),
        total,
        issued=day(row, "Date"),
        due=due,
        due_source="stated" if due else None,
        reference="" if is_credit else text(row, "FikCode"),
        buyer=_buyer(row, known.contacts.get(text(row, "ContactGuid"), {})),
        description="" if text(row, "Description") in UNSAID else text(row, "Description"),
        total=total,
    )
    if row.get("DeletedAt"):
        return called_off(document, total.currency)
    return document if is_credit else left(document, _left(row, total))


def _left(row: Row, total: Money) -> Money:
    """What is left; of a part paid invoice in another currency Dinero does not say in which it is."""
    if row["Status"] in ("Paid", "OverPaid"):
        return Money(0, total.currency)
    paid = row["Paid"]
    if total.currency == HOME:
        return money(paid["RemainingAmount"], HOME)
    if paid["Payments"]:
        raise ValueError("the currency of what is left is not told")
    return total


def _payments(row: Row) -> Iterable[Payment]:
    """What came in, each with its day; how much of another currency is told only where one paid it all."""
    listed, home = row["Paid"]["Payments"], row["Currency"] == HOME
    if not home and (len(listed) > 1 or row["Status"] not in ("Paid", "OverPaid")):
        return
    for each in listed:
        when = day(each, "PaymentDate")
        if when is None:
            raise ValueError("a payment without a day")
        amount = each["Amount"] if home else row["TotalInclVat"]
        yield Payment(when, money(amount, row["Currency"]), text(each, "Guid"))


def _buyer(row: Row, contact: Row) -> Party:
    return Party(
        name=text(row, "ContactName") or text(contact, "Name"),
        org_no=text(contact, "VatNumber"),
        email=text(contact, "Email"),
        contact=text(contact, "AttPerson"),
        phone=text(contact, "Phone"),
        country=text(contact, "CountryKey"),
        kind="consumer" if contact.get("IsPerson") is True else "unknown",
    )
