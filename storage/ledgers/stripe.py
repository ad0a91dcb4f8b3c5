"""Stripe Invoicing: invoices sent to be paid, by a restricted key that may read them.

What came in on one stands apart: https://docs.stripe.com/api/invoice-payment/list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.documents import Document, Party
from bot.ledgers import LedgerError, Pulled
from bot.money import Money
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Payment, Row, called_off, gather, left, money, rows, text

NAME = "Stripe"
FIELDS = ("token",)
SITE = Site("https://api.stripe.com/v1", papers="https://pay.stripe.com")
PAGE = 100
ZONE = ZoneInfo("Europe/Oslo")
"""Stripe tells moments: a due day is that of the Nordic countries, so that it never comes a day early."""
WHOLE = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split()
THREE = "BHD JOD KWD OMR TND".split()
"""Currencies whose minor unit has no digits, or three (docs.stripe.com/currencies)."""


def enter(client: Client, secrets: Mapping[str, str], today: date) -> None:
    """A restricted key that may read invoices."""
    client.sign(Authorization=f"Bearer {secrets['token']}")


def pull(client: Client, secrets: Mapping[str, str], cursor: str, today: date) -> Pulled:
    """Open invoices that were sent, and what has become of those that were open."""
    return gather(
        _open(client),
        _document,
        lambda known: client.find(f"/invoices/{quote(known, safe='')}"),
        cursor,
        today,
        name=lambda row: text(row, "id"),
        number=lambda row: text(row, "number"),
        find=lambda number: _by_number(client, number),
        payments=lambda row: _payments(client, row),
        paper=lambda row: text(row, "invoice_pdf"),
    )


def _open(client: Client) -> Iterator[Row]:
    """Invoices to be paid by the customer, not charged to a card."""
    return _listed(client, "/invoices", status="open", collection_method="send_invoice")


def _listed(client: Client, path: str, **wanted: str) -> Iterator[Row]:
    """All that a list holds, page by page."""
    after: dict[str, str | int] = {}
    more = True
    while more:
        body = client.get(path, limit=PAGE, **wanted, **after).body
        listed = rows(body, "data")
        yield from listed
        more = bool(listed and body.get("has_more"))
        after = {"starting_after": text(listed[-1], "id")} if more else {}


def _by_number(client: Client, number: str) -> Row | None:
    quoted = number.replace("\\", "").replace('"', "")
    found = rows(client.get("/invoices/search", query=f'number:"{quoted}"').body, "data")
    return next((row for row in found if text(row, "number") == number), None)


def _document(row: Row) -> Document | None:
    """An invoice; None for a draft, and for what is charged to a card."""
    if row["status"] == "draft" or row["collection_method"] != "send_invoice":
        return None
    total = _money(row, "total")
    due = _day(row, "due_date")
    document = Document(
        "invoice",
        text(row, "number"),
        total,
        issued=_day(row, "effective_at") or _day(row, "created"),
        due=due,
        due_source="stated" if due else None,
        buyer=_buyer(row),
        description=text(row, "description") or _first_line(row),
        total=total,
    )
    if row["status"] in ("void", "uncollectible"):
        return called_off(document, total.currency)
    is_open = row["status"] == "open"
    return left(document, _money(row, "amount_remaining") if is_open else Money(0, total.currency))


def _payments(client: Client, row: Row) -> Iterator[Payment]:
    """What came in, each with its day; where that is not listed, the day on which an invoice was paid."""
    found = [paid for each in _paid(client, row) if (paid := _payment(each))]
    whole = _payment(row) if row["status"] == "paid" else None
    yield from found or filter(None, [whole])


def _paid(client: Client, row: Row) -> list[Row]:
    """The payments of an invoice; none where the key may not see them, or the account's version has none."""
    try:
        return list(_listed(client, "/invoice_payments", invoice=text(row, "id"), status="paid"))
    except LedgerError as error:
        if not error.permanent:
            raise
        return []


def _payment(row: Row) -> Payment | None:
    paid_at = (row.get("status_transitions") or {}).get("paid_at")
    if paid_at is None:
        return None
    return Payment(datetime.fromtimestamp(paid_at, ZONE).date(), _money(row, "amount_paid"), text(row, "id"))


def _money(row: Row, name: str) -> Money:
    currency = row["currency"].upper()
    digits = 0 if currency in WHOLE else 3 if currency in THREE else 2
    return money(row[name], currency, digits)


def _day(row: Row, name: str) -> date | None:
    return None if row.get(name) is None else datetime.fromtimestamp(row[name], ZONE).date()


def _first_line(row: Row) -> str:
    lines = (row.get("lines") or {}).get("data") or [{}]
    return text(lines[0], "description")


def _buyer(row: Row) -> Party:
    numbers = row.get("customer_tax_ids") or [{}]
    return Party(
        name=text(row, "customer_name") or text(row, "customer_email"),
        org_no=text(numbers[0], "value"),
        email=text(row, "customer_email"),
        phone=text(row, "customer_phone"),
        country=text(row, "customer_address", "country"),
    )
