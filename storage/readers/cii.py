"""UN/CEFACT Cross Industry Invoices: XRechnung, Factur-X and ZUGFeRD, of D16B, D22B and the first ZUGFeRD."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.documents import Document, Kind, Party, Reading
from bot.money import Money
from storage.readers._collectable import CREDIT_TYPES, NOT_A_CLAIM, collectable_of
from storage.readers._means import Means, best
from storage.readers._notes import Notes
from storage.readers._parties import registered
from storage.readers._source import Source, Unreadable
from storage.readers._terms import due_by_terms
from storage.readers._totals import money_of
from storage.readers._xml import Element, children, line_of, local, looks_like_xml, parse, plain, text, texts

FORMAT = "cii"
NAMESPACE = re.compile(
    rb"urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:|urn:ferd:CrossIndustryDocument:"
)
ROOTS = ("CrossIndustryInvoice", "CrossIndustryDocument")
ITEM = ("IncludedSupplyChainTradeLineItem", "SpecifiedTradeProduct", "Name")
LEGAL = "SpecifiedLegalOrganization"
SHOWN_ITEMS = 3
VAT = "VA"


def recognise(head: bytes) -> float:
    """Sure when the namespace is named at the top."""
    return 0.9 if looks_like_xml(head) and NAMESPACE.search(plain(head)) else 0


def read(source: Source) -> Reading:
    """The one document of the file."""
    return reading_of(parse(source.content))


def reading_of(root: Element) -> Reading:
    """What an invoice gives that is parsed already."""
    if local(root) not in ROOTS:
        raise Unreadable("unknown_xml", format="xml", root=local(root))
    notes = Notes()
    document = _document(root, notes)
    return Reading((document,), problems=tuple(notes.problems), format=FORMAT)


def _part(element: Element | None, *endings: str) -> Element | None:
    """The first child whose name ends like this: the versions differ in how names begin."""
    found = None if element is None else element.iterchildren("{*}*")
    return next((child for child in found or () if local(child).endswith(endings)), None)


def _document(root: Element, notes: Notes) -> Document:
    head, trade = _part(root, "ExchangedDocument"), _part(root, "SupplyChainTradeTransaction")
    agreement, delivery = _part(trade, "TradeAgreement"), _part(trade, "TradeDelivery")
    settlement = _part(trade, "TradeSettlement")
    number, code = text(head, "ID"), text(head, "TypeCode")
    if not number:
        raise Unreadable("missing_number", format=FORMAT)
    amounts = _part(settlement, "MonetarySummation")
    owed = _owed(amounts, settlement)
    kind = _kind(code, owed)
    means = _means_of(settlement)
    issued = _day(notes, head, "IssueDateTime")
    due, origin, stated = _due(settlement, issued, kind, notes)
    document = Document(
        kind=kind,
        number=number,
        amount=-owed if kind == "credit_note" and owed.minor < 0 else owed,
        issued=issued,
        due=due,
        due_source=origin,
        reference=best(means).reference or text(settlement, "PaymentReference"),
        account=best(means).account,
        seller=_party(agreement, "SellerTradeParty"),
        buyer=_party(agreement, "BuyerTradeParty"),
        description=_description(trade, head),
        delivered=_delivered(delivery, settlement, notes),
        refers_to=tuple(_refers_to(settlement)),
        total=_amount(amounts, settlement, "GrandTotalAmount"),
    )
    agrees = _agrees(amounts, settlement, owed)
    collectable, why_not = collectable_of(document, code, means, agrees, stated)
    return replace(document, collectable=collectable, why_not=why_not)


def _kind(code: str, owed: Money) -> Kind:
    if code in NOT_A_CLAIM:
        return "other"
    return "credit_note" if code in CREDIT_TYPES or owed.minor < 0 else "invoice"


def _owed(amounts: Element | None, settlement: Element | None) -> Money:
    """What is to be paid; where that is left out, what the document comes to."""
    found = (_amount(amounts, settlement, name) for name in ("DuePayableAmount", "GrandTotalAmount"))
    owed = next((amount for amount in found if amount is not None), None)
    if owed is None:
        raise Unreadable("missing_amount", format=FORMAT)
    return owed


def _amount(amounts: Element | None, settlement: Element | None, name: str) -> Money | None:
    """One of the totals; of one written in two currencies the one in that of the invoice."""
    currency = text(settlement, "InvoiceCurrencyCode")
    found = children(amounts, name)
    own = [each for each in found if each.get("currencyID") in (None, currency)] or found
    return money_of(own[0], own[0].get("currencyID") or currency, FORMAT) if own else None


def _agrees(amounts: Element | None, settlement: Element | None, owed: Money) -> bool:
    """Whether what is due follows from the total, what is prepaid, and rounding."""
    names = ("GrandTotalAmount", "TotalPrepaidAmount", "RoundingAmount")
    whole, prepaid, rounding = (_amount(amounts, settlement, name) for name in names)
    if whole is None:
        return True
    if len({money.currency for money in (whole, owed, prepaid, rounding) if money}) > 1:
        return False
    left = whole - prepaid if prepaid else whole
    return owed in (left, left + rounding if rounding else left)


def _means_of(settlement: Element | None) -> list[Means]:
    """Every way to pay; the one reference holds for all that a customer transfers by."""
    reference = text(settlement, "PaymentReference")
    return [_means(each, reference) for each in children(settlement, "SpecifiedTradeSettlementPaymentMeans")]


def _means(element: Element, reference: str) -> Means:
    own = next(iter(children(element, "PayeePartyCreditorFinancialAccount")), None)
    account = text(own, "IBANID") or text(own, "ProprietaryID")
    return Means(text(element, "TypeCode"), reference, "".join(account.split()), "")


def _due(
    settlement: Element | None, issued: date | None, kind: Kind, notes: Notes
) -> tuple[date | None, Literal["stated", "terms"] | None, bool]:
    """The due date, where it comes from, and whether one is stated at all."""
    for each in children(settlement, "SpecifiedTradePaymentTerms"):
        if text(each, "DueDateDateTime", "DateTimeString"):
            day = _day(notes, each, "DueDateDateTime")
            return day, "stated" if day else None, True
    terms = "\n".join(texts(settlement, "SpecifiedTradePaymentTerms", "Description"))
    day = due_by_terms(terms, issued) if issued and kind == "invoice" else None
    return day, "terms" if day else None, False


def _day(notes: Notes, element: Element | None, name: str) -> date | None:
    written = next(iter(children(element, name, "DateTimeString")), None)
    line = line_of(written) if written is not None else None
    return notes.day(text(element, name, "DateTimeString"), name, line)


def _party(agreement: Element | None, role: str) -> Party:
    """The party in a role, as the document names it."""
    party = next(iter(children(agreement, role)), None)
    contact = _part(party, "DefinedTradeContact")
    number = registered([text(party, LEGAL, "ID"), *_tax_numbers(party)])
    return Party(
        name=text(party, LEGAL, "TradingBusinessName") or text(party, "Name"),
        org_no=number,
        email=text(contact, "EmailURIUniversalCommunication", "URIID") or _mailbox(party),
        contact=text(contact, "PersonName") or text(contact, "DepartmentName"),
        phone=text(contact, "TelephoneUniversalCommunication", "CompleteNumber"),
        country=text(party, "PostalTradeAddress", "CountryID").upper(),
        kind="business" if number else "unknown",
    )


def _tax_numbers(party: Element | None) -> list[str]:
    found = children(party, "SpecifiedTaxRegistration", "ID")
    return [each.text or "" for each in found if each.get("schemeID") == VAT]


def _mailbox(party: Element | None) -> str:
    found = children(party, "URIUniversalCommunication", "URIID")
    return next((each.text or "" for each in found if each.get("schemeID") == "EM"), "")


def _description(trade: Element | None, head: Element | None) -> str:
    """What it is for: the first items, else the note."""
    named = list(dict.fromkeys(" ".join(item.split()) for item in texts(trade, *ITEM)))
    return ", ".join(named[:SHOWN_ITEMS]) or " ".join(text(head, "IncludedNote", "Content").split())


def _delivered(delivery: Element | None, settlement: Element | None, notes: Notes) -> date | None:
    event = next(iter(children(delivery, "ActualDeliverySupplyChainEvent")), None)
    period = next(iter(children(settlement, "BillingSpecifiedPeriod")), None)
    return _day(notes, event, "OccurrenceDateTime") or _day(notes, period, "EndDateTime")


def _refers_to(settlement: Element | None) -> list[str]:
    names = ("IssuerAssignedID", "ID")
    found = [n for name in names for n in texts(settlement, "InvoiceReferencedDocument", name)]
    return list(dict.fromkeys(found))
