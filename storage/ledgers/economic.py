"""e-conomic (Denmark): booked invoices and credit notes, by an app's secret and a business's grant.

Invoices are as published at https://restdocs.e-conomic.com, what came in on them as at
https://apis.e-conomic.com/bookedentriesapi/redoc.html: the invoice's own entry in the customer ledger, and
the entries it is matched with, each with its day. That takes a grant with the role Bookkeeping or SuperUser;
one for Sales alone tells what is left, not when it came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal
from urllib.parse import quote

from bot.documents import Document, Party
from bot.ledgers import LedgerError, Pulled
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Payment, Row, day, gather, left, money, rows, text

NAME = "e-conomic"
FIELDS = ("app_secret", "grant")
SITE = Site(
    "https://restapi.e-conomic.com",
    pause=0.1,
    branch="https://apis.e-conomic.com/bookedEntriesapi/v6.0.0",
)
ENTRIES = "/bookedEntriesapi/v6.0.0/booked-entries"
PAGE = 1000
LOT = 100
"""How many numbers one question names; e-conomic takes 200."""
PAID_OTHERWISE = {
    "factoring": "factored",
    "creditcard": "card_or_debit",
    "paidInCash": "card_or_debit",
}
"""Terms of payment of what the customer is not to be asked for."""


@dataclass(slots=True)
class Known:
    """What the invoices only name: customers by number, and by invoice the entries of what came in on it.

    `silent`: those entries could not be read, and are not asked for again in this reading.
    """

    customers: dict[str, Row] = field(default_factory=dict)
    came: dict[str, list[Row]] = field(default_factory=dict)
    silent: bool = False


def enter(client: Client, secrets: Mapping[str, str], today: date) -> None:
    """An app's secret and the grant of an agreement."""
    client.sign(X_AppSecretToken=secrets["app_secret"], X_AgreementGrantToken=secrets["grant"])


def pull(client: Client, secrets: Mapping[str, str], cursor: str, today: date) -> Pulled:
    """Booked invoices that are unpaid, and what has become of those that were open."""
    known = Known()
    return gather(
        _open(client, known),
        lambda row: _document(row, known.customers),
        lambda number: _one(client, number),
        cursor,
        today,
        name=_number,
        number=_number,
        find=lambda number: _one(client, number),
        payments=lambda row: _payments(client, row, known),
        paper=lambda row: f"/invoices/booked/{quote(_number(row), safe='')}/pdf",
    )


def _open(client: Client, known: Known) -> Iterator[Row]:
    """What is unpaid; the customers' addresses and numbers are fetched with the first of it."""
    listed = list(_listed(client, "/invoices/unpaid"))
    if listed:
        customers = _listed(client, "/customers")
        known.customers.update((text(each, "customerNumber"), each) for each in customers)
    _meet(client, (_number(row) for row in listed if row.get("remainder") != row.get("grossAmount")), known)
    yield from listed


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


def _payments(client: Client, row: Row, known: Known) -> Iterator[Payment]:
    """What came in on an invoice: of each entry it is matched with the day, and how much of that is used."""
    number = _number(row)
    if number not in known.came:
        _meet(client, [number], known)
    for entry in known.came.get(number, ()):
        used = money(entry["remainder"], entry["currencyCode"]) - money(
            entry["amount"], entry["currencyCode"]
        )
        when = day(entry, "date")
        if used.minor > 0 and when:
            yield Payment(when, used, text(entry, "entryNumber"))


def _meet(client: Client, numbers: Iterable[str], known: Known) -> None:
    """Fetch what came in on some invoices, in lots; where that is not told, what is left counts."""
    wanted = [number for number in numbers if number.isascii() and number.isdecimal()]
    for start in range(0, len(wanted), LOT):
        if not known.silent:
            try:
                known.came.update(_came(client, wanted[start : start + LOT]))
            except LedgerError:
                known.silent = True


def _came(client: Client, numbers: list[str]) -> Mapping[str, list[Row]]:
    """By invoice the entries in the customer ledger that it is matched with, either way round."""
    own = f"customerInvoiceNumber$in:[{','.join(numbers)}]$and:type$eq:1$and:customerNumber$ne:$null:"
    invoices = {text(r, "entryNumber"): text(r, "customerInvoiceNumber") for r in _items(client, "", own)}
    several, matched = ",".join(invoices), defaultdict(list)
    either = f"fromEntry$in:[{several}]$or:toEntry$in:[{several}]"
    for pair in _items(client, "/matched-pairs", either) if invoices else ():
        ends = text(pair, "fromEntry"), text(pair, "toEntry")
        for mine, other in (ends, ends[::-1]):
            if mine in invoices:
                matched[other].append(invoices[mine])
    found: dict[str, list[Row]] = {number: [] for number in numbers}
    others = list(matched)
    for start in range(0, len(others), LOT):
        some = f"entryNumber$in:[{','.join(others[start : start + LOT])}]"
        for entry in _items(client, "", some):
            for number in matched.get(text(entry, "entryNumber"), ()):
                found[number].append(entry)
    return found


def _items(client: Client, path: str, wanted: str) -> Iterator[Row]:
    """All that a filter lets through, from cursor to cursor."""
    more: dict[str, str | int] = {"filter": wanted}
    while True:
        body = client.get(f"{ENTRIES}{path}", **more).body
        yield from rows(body, "items")
        if not (cursor := text(body, "cursor")):
            return
        more["cursor"] = cursor


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
        org_no=text(row, "recipient", "cvr") or text(customer, "corporateIdentificationNumber"),
        email=text(customer, "email"),
        phone=text(customer, "telephoneAndFaxNumber"),
    )
