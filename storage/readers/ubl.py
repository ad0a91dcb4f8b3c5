"""UBL 2 invoices, credit notes, reminders and statements: EHF, Peppol BIS, SFTI, XRechnung, OIOUBL."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.documents import Document, Kind, Reading
from storage.readers._collectable import CREDIT_TYPES, NOT_A_CLAIM, collectable_of
from storage.readers._means import Means, best, means_of
from storage.readers._notes import Notes
from storage.readers._parties import party_of
from storage.readers._source import Source, Unreadable
from storage.readers._terms import due_by_terms
from storage.readers._totals import agree, payable, total
from storage.readers._xml import Element, children, local, looks_like_xml, parse, plain, text, texts

NAMESPACE = re.compile(
    rb"urn:oasis:names:specification:ubl:schema:xsd:(Invoice|CreditNote|Reminder|Statement)-2\b"
)
ROOTS: dict[str, Kind] = {
    "Invoice": "invoice",
    "CreditNote": "credit_note",
    "Reminder": "reminder",
    "Statement": "statement",
}
LINES = ("InvoiceLine", "CreditNoteLine")
SHOWN_ITEMS = 3


def recognise(head: bytes) -> float:
    """Sure when a UBL namespace is named at the top."""
    return 0.9 if looks_like_xml(head) and NAMESPACE.search(plain(head)) else 0


def read(source: Source) -> Reading:
    """The one document of the file."""
    root = parse(source.content)
    if local(root) not in ROOTS:
        raise Unreadable("unknown_xml", format="xml", root=local(root))
    notes = Notes()
    document = _document(root, notes)
    return Reading((document,), problems=tuple(notes.problems), format="ubl")


def _document(root: Element, notes: Notes) -> Document:
    kind = _kind(root)
    number = text(root, "ID")
    if not number:
        raise Unreadable("missing_number", format="ubl")
    means = means_of(root)
    way = best(means)
    amount = payable(root)
    issued = notes.day(text(root, "IssueDate"), "IssueDate", None)
    due, source, stated = _due(root, way, issued, kind, notes)
    if kind == "invoice" and amount.minor < 0:
        kind = "credit_note"
    document = Document(
        kind=kind,
        number=number,
        amount=-amount if kind == "credit_note" and amount.minor < 0 else amount,
        issued=issued,
        due=due,
        due_source=source,
        reference=way.reference,
        account=way.account,
        seller=party_of(root, "AccountingSupplierParty"),
        buyer=party_of(root, "AccountingCustomerParty"),
        description=_description(root),
        delivered=_delivered(root, notes),
        refers_to=_refers_to(root),
        total=total(root, "TaxInclusiveAmount"),
    )
    collectable, why_not = collectable_of(document, _type_code(root), means, agree(root), stated)
    return replace(document, collectable=collectable, why_not=why_not)


def _kind(root: Element) -> Kind:
    kind, profile = ROOTS[local(root)], text(root, "CustomizationID")
    if "payment-request" in profile:
        return "payment_request"
    if ":reminder:" in profile:
        return "reminder"
    if _type_code(root) in NOT_A_CLAIM:
        return "other"
    return "credit_note" if _type_code(root) in CREDIT_TYPES else kind


def _type_code(root: Element) -> str:
    return text(root, "InvoiceTypeCode") or text(root, "CreditNoteTypeCode")


def _due(
    root: Element, way: Means, issued: date | None, kind: Kind, notes: Notes
) -> tuple[date | None, Literal["stated", "terms"] | None, bool]:
    """The due date, where it comes from, and whether one is stated at all."""
    written = text(root, "DueDate") or way.due or text(root, "PaymentTerms", "PaymentDueDate")
    if written:
        day = notes.day(written, "DueDate", None)
        return day, "stated" if day else None, True
    terms = "\n".join(texts(root, "PaymentTerms", "Note"))
    day = due_by_terms(terms, issued) if issued and kind == "invoice" else None
    return day, "terms" if day else None, False


def _description(root: Element) -> str:
    """What it is for: the first items, else the note."""
    lines = [line for name in LINES for line in children(root, name)]
    items = [text(line, "Item", "Name") or text(line, "Item", "Description") for line in lines]
    named = list(dict.fromkeys(" ".join(item.split()) for item in items if item))
    return ", ".join(named[:SHOWN_ITEMS]) or " ".join(text(root, "Note").split())


def _delivered(root: Element, notes: Notes) -> date | None:
    written = text(root, "Delivery", "ActualDeliveryDate") or text(root, "InvoicePeriod", "EndDate")
    return notes.day(written, "ActualDeliveryDate", None)


def _refers_to(root: Element) -> tuple[str, ...]:
    homes = [root, *children(root, "ReminderLine")]
    kinds = ("InvoiceDocumentReference", "CreditNoteDocumentReference")
    found = [n for home in homes for kind in kinds for n in texts(home, "BillingReference", kind, "ID")]
    return tuple(dict.fromkeys(found))
