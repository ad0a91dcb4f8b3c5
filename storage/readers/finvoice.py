"""Finvoice 1.x to 3.0, the Finnish banks' e-invoice: what its payment slip instructs counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.documents import Collectable, Document, Kind, Party, Reading
from bot.money import Money
from storage.readers._epi import DETAILS, SLIP, account, agrees, money_at, reference
from storage.readers._notes import Notes
from storage.readers._parties import registered
from storage.readers._source import Source, Unreadable
from storage.readers._terms import due_by_terms
from storage.readers._xml import Element, children, line_of, local, looks_like_xml, parse, plain, text, texts

FORMAT = "finvoice"
ROOT = re.compile(rb"<(?:\w+:)?Finvoice[\s>]")
CUT = re.compile(rb"(?=<\?xml\s|<(?:[\w.-]+:)?Envelope[\s>])")
"""Where a document or its envelope begins: banks pass invoices on in one file, each behind its own."""

DOCTYPE = re.compile(rb"<!DOCTYPE\s+Finvoice\s+SYSTEM\s+[\"'][^\"'<>\[\]]*[\"']\s*>")
"""How Finvoice 1.x names its own grammar, which is never fetched."""

KINDS: dict[str, Kind] = {"INV02": "credit_note", "INV05": "reminder", "INV06": "other", "INV08": "reminder"}
CLAIMS = {"", "INV01", "380"}
CREDIT = {"INV02", "381"}
SELF_BILLED = {"INV07", "389"}
CANCELLED = "cancel"
PAID = "PAID"
INVOICES = re.compile(r"|INV\d\d|3\d\d")
"""Codes of Finvoice and of UNCL 1001; others are orders, offers, price lists."""

SHOWN_ITEMS = 3

TERMS = (DETAILS, "PaymentTermsDetails")


def recognise(head: bytes) -> float:
    """Sure when an element of this name is at the top."""
    return 0.9 if looks_like_xml(head) and ROOT.search(plain(head)) else 0


def read(source: Source) -> Reading:
    """The invoices of the file; a broken one hides no other."""
    notes = Notes()
    documents: list[Document] = []
    for before, part in _parts(source.content):
        try:
            documents.append(_document(_root(part), notes))
        except Unreadable as reason:
            problem = reason.problem
            notes.problems.append(replace(problem, line=problem.line + before if problem.line else None))
    return Reading(tuple(documents), problems=tuple(notes.problems), format=FORMAT)


def _parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each invoice of a file as XML, with the number of lines before it."""
    content, before = DOCTYPE.sub(_blank, content), 0
    for part in CUT.split(content):
        if ROOT.search(plain(part)):
            yield before, part
        before += part.count(b"\n")


def _blank(match: re.Match[bytes]) -> bytes:
    return b"\n" * match[0].count(b"\n")


def _root(part: bytes) -> Element:
    root = parse(part)
    if local(root) != "Finvoice":
        raise Unreadable("unknown_xml", root=local(root))
    return root


def _document(root: Element, notes: Notes) -> Document:
    number = text(root, DETAILS, "InvoiceNumber")
    if not number:
        raise Unreadable("missing_number")
    kind, total = _kind(root), money_at(root, DETAILS, "InvoiceTotalVatIncludedAmount")
    owed = _owed(root, total, kind)
    kind = "credit_note" if kind == "invoice" and owed.minor < 0 else kind
    issued = _day(root, notes, DETAILS, "InvoiceDate")
    due, origin, stated = _due(root, issued, kind, notes)
    document = Document(
        kind=kind,
        number=number,
        amount=Money(abs(owed.minor), owed.currency) if kind == "credit_note" else owed,
        issued=issued,
        due=due,
        due_source=origin,
        reference=reference(root),
        account=account(root),
        seller=_party(root, "Seller"),
        buyer=_party(root, "Buyer"),
        description=_description(root),
        delivered=_day(root, notes, "DeliveryDetails", "DeliveryDate"),
        refers_to=_refers_to(root),
        total=total,
    )
    collectable, why_not = _collectable(root, document, stated)
    return replace(document, collectable=collectable, why_not=why_not)


def _kind(root: Element) -> Kind:
    code = _type_code(root)
    if text(root, DETAILS, "OriginCode").casefold() == CANCELLED or not INVOICES.fullmatch(code):
        return "other"
    return "credit_note" if code in CREDIT else KINDS.get(code, "invoice")


def _type_code(root: Element) -> str:
    return text(root, DETAILS, "InvoiceTypeCode").upper()


def _collectable(root: Element, document: Document, stated: bool) -> tuple[Collectable, str]:
    """Whether the customer may be reminded of it, and if not freely, why."""
    kind, code = document.kind, _type_code(root)
    if kind in ("credit_note", "reminder"):
        return "no", kind
    if kind == "other":
        return "no", "pro_forma" if code == "INV06" else "type_unknown"
    if not document.amount or text(root, "PaymentStatusDetails", "PaymentStatusCode").upper() == PAID:
        return "no", "nothing_due"
    doubts = {
        "factored": bool(children(root, "FactoringAgreementDetails")),
        "self_billed": code in SELF_BILLED,
        "type_unknown": code not in CLAIMS | SELF_BILLED,
        "totals_disagree": not agrees(root, document.amount, document.total),
        "due_impossible": stated and document.due is None,
        "no_due_date": not stated and document.due is None,
    }
    doubt = next((why for why, there in doubts.items() if there), "")
    return ("ask", doubt) if doubt else ("yes", "")


def _owed(root: Element, total: Money | None, kind: Kind) -> Money:
    """What is instructed to be paid; of a credit note, whose slip is often empty, what it comes to."""
    asked = money_at(root, *SLIP, "EpiInstructedAmount")
    if asked is None or (kind == "credit_note" and not asked):
        asked = total
    if asked is None:
        raise Unreadable("missing_amount")
    return total if total and total.minor < 0 and not asked else asked


def _due(
    root: Element, issued: date | None, kind: Kind, notes: Notes
) -> tuple[date | None, Literal["stated", "terms"] | None, bool]:
    """The due date, where it comes from, and whether one is stated at all."""
    for path in ((*TERMS, "InvoiceDueDate"), (*SLIP, "EpiDateOptionDate")):
        if text(root, *path):
            day = _day(root, notes, *path)
            return day, "stated" if day else None, True
    terms = " ".join(texts(root, *TERMS, "PaymentTermsFreeText"))
    due = due_by_terms(terms, issued) if issued and kind == "invoice" else None
    return due, "terms" if due else None, False


def _day(root: Element, notes: Notes, *path: str) -> date | None:
    """The day at the end of a path."""
    element = next(iter(children(root, *path)), None)
    return notes.day(text(root, *path), path[-1], line_of(element) if element is not None else None)


def _party(root: Element, role: str) -> Party:
    """The party in a role, as the document names it."""
    home, reach = f"{role}PartyDetails", f"{role}CommunicationDetails"
    number = _number(root, home, role)
    return Party(
        name=text(root, home, f"{role}OrganisationName"),
        org_no=number,
        email=text(root, reach, f"{role}EmailaddressIdentifier"),
        contact=text(root, f"{role}ContactPersonName"),
        phone=text(root, reach, f"{role}PhoneNumberIdentifier"),
        country=text(root, home, f"{role}PostalAddressDetails", "CountryCode").upper(),
        kind="business" if number else "unknown",
    )


def _number(root: Element, home: str, role: str) -> str:
    """The number in the register of companies, else the one for VAT without its country."""
    named = (text(root, home, f"{role}PartyIdentifier"), text(root, home, f"{role}OrganisationTaxCode"))
    return registered(named)


def _description(root: Element) -> str:
    """What it is for: the first items, else the first words of its rows or of the whole."""
    for path in (("InvoiceRow", "ArticleName"), ("InvoiceRow", "RowFreeText"), (DETAILS, "InvoiceFreeText")):
        if named := list(dict.fromkeys(" ".join(item.split()) for item in texts(root, *path))):
            return ", ".join(named[:SHOWN_ITEMS])
    return ""


def _refers_to(root: Element) -> tuple[str, ...]:
    paths = (
        (DETAILS, "OriginalInvoiceNumber"),
        (DETAILS, "OriginalInvoiceReference", "InvoiceNumber"),
        ("InvoiceRow", "OriginalInvoiceNumber"),
    )
    return tuple(dict.fromkeys(number for path in paths for number in texts(root, *path)))
