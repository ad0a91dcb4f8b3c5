"""Billy (Denmark): approved invoices and credit notes of one company, by an access token.

As published at https://www.billy.dk/api. What an invoice has many of comes only when asked for: its late
fees, and its balance modifiers, each a payment with its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import quote

from bot.documents import Document, Party
from bot.ledgers import LedgerError, Pulled
from bot.money import Money
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Payment, Row, called_off, day, gather, left, money, only, rows, text

NAME = "Billy"
FIELDS = ("token",)
SITE = Site("https://api.billysbilling.com/v2", pause=0.1)
PAGE = 1000
WITH = "invoice.lateFees:embed,invoice.balanceModifiers:embed"


@dataclass(slots=True)
class Known:
    """What the invoices only name: customers by id, their addresses, and the numbers of open invoices."""

    contacts: dict[str, Row] = field(default_factory=dict)
    people: dict[str, Row] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)


def enter(client: Client, secrets: Mapping[str, str], today: date) -> None:
    """An access token."""
    client.sign(X_Access_Token=secrets["token"])


def pull(client: Client, secrets: Mapping[str, str], cursor: str, today: date) -> Pulled:
    """Approved invoices that are not paid, and what has become of those that were open."""
    known = Known()
    return gather(
        _open(client, known),
        lambda row: _document(row, known),
        lambda each: _one(client, each, known),
        cursor,
        today,
        name=lambda row: text(row, "id"),
        number=lambda row: text(row, "invoiceNo"),
        find=lambda number: _by_number(client, number, known),
        payments=_payments,
        paper=lambda row: text(row, "downloadUrl"),
    )


def _open(client: Client, known: Known) -> Iterator[Row]:
    """All that is unpaid, invoices before the credit notes that name them."""
    found = list(_listed(client, "invoices", state="approved", isPaid="false", include=WITH))
    known.numbers.update((text(row, "id"), text(row, "invoiceNo")) for row in found)
    _meet(client, found, known)
    yield from sorted(found, key=lambda row: text(row, "type") == "creditNote")


def _one(client: Client, each: str, known: Known) -> Row | None:
    found = only(client.find(f"/invoices/{quote(each, safe='')}", include=WITH), "invoice")
    _meet(client, [found] if found else [], known)
    return found


def _by_number(client: Client, number: str, known: Known) -> Row | None:
    asked = client.get("/invoices", invoiceNo=number, pageSize=PAGE, include=WITH)
    found = rows(asked.body, "invoices")
    same = [row for row in found if text(row, "invoiceNo") == number and text(row, "type") == "invoice"]
    _meet(client, same, known)
    return same[0] if same else None


def _meet(client: Client, found: Iterable[Row], known: Known) -> None:
    """Fetch the customers once, when the first invoice needs them."""
    if any(found) and not known.contacts:
        known.contacts.update((text(row, "id"), row) for row in _listed(client, "contacts"))
        for row in _listed(client, "contactPersons"):
            if row.get("isPrimary") or text(row, "contactId") not in known.people:
                known.people[text(row, "contactId")] = row


def _listed(client: Client, name: str, **more: str) -> Iterator[Row]:
    page, pages = 1, 1
    while page <= pages:
        body = client.get(f"/{name}", page=page, pageSize=PAGE, **more).body
        yield from rows(body, name)
        try:
            page, pages = page + 1, int(body["meta"]["paging"]["pageCount"])
        except (LookupError, TypeError, ValueError):
            raise LedgerError("garbled") from None


def _document(row: Row, known: Known) -> Document | None:
    """An invoice or credit note; None for a draft."""
    if row["state"] not in ("approved", "voided"):
        return None
    total = _total(row)
    is_credit = row["type"] == "creditNote"
    due = None if is_credit else day(row, "dueDate")
    contact = text(row, "contactId")
    document = Document(
        "credit_note" if is_credit else "invoice",
        text(row, "invoiceNo"),
        total,
        issued=day(row, "entryDate"),
        due=due,
        due_source="stated" if due else None,
        buyer=_buyer(known.contacts.get(contact, {}), known.people.get(contact, {})),
        description=text(row, "lineDescription"),
        refers_to=tuple(n for n in (known.numbers.get(text(row, "creditedInvoiceId"), ""),) if n),
        total=total,
    )
    if row["state"] == "voided":
        return called_off(document, total.currency)
    balance = _balance(row, total)
    return replace(document, amount=balance) if is_credit else left(document, balance)


def _total(row: Row) -> Money:
    return money(row["amount"], row["currencyId"]) + money(row["tax"], row["currencyId"])


def _fees(row: Row) -> Money:
    """The late fees that Billy added to the balance: they are not asked for here."""
    fees = (money(fee["amount"], row["currencyId"]) for fee in row.get("lateFees") or () if _holds(fee))
    return sum(fees, Money(0, row["currencyId"].upper()))


def _holds(part: Row) -> bool:
    return part.get("isVoided") is not True


def _balance(row: Row, total: Money) -> Money:
    """What is left of the invoice itself; `ValueError` where that is more than it came to."""
    balance = money(row["balance"], total.currency)
    if row.get("isPaid") is True:
        return Money(0, total.currency)
    balance -= _fees(row)
    if total < balance:
        raise ValueError("more is left than the invoice came to")
    return balance


def _payments(row: Row) -> Iterator[Payment]:
    """What came in, each with its day, if it comes to what is not left.

    In which currency, and whether as a plus or a minus, Billy does not say: their sum must tell.
    """
    paid = [each for each in row.get("balanceModifiers") or () if _holds(each)]
    amounts = [money(each["amount"], row["currencyId"]) for each in paid]
    came = _total(row) + _fees(row) - money(row["balance"], row["currencyId"])
    whole = sum(amounts, Money(0, came.currency))
    if whole not in (came, -came):
        raise ValueError("what came in is not what is no longer left")
    for each, amount in zip(paid, amounts, strict=True):
        if (when := day(each, "entryDate")) and amount.minor:
            yield Payment(when, amount if whole == came else -amount, text(each, "id"))


def _buyer(contact: Row, person: Row) -> Party:
    return Party(
        name=text(contact, "name"),
        org_no=text(contact, "registrationNo"),
        email=text(person, "email"),
        contact=text(person, "name"),
        phone=text(contact, "phone"),
        country=text(contact, "countryId"),
        kind="consumer" if text(contact, "type") == "person" else "unknown",
    )
