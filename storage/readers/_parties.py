"""Seller and buyer of a UBL document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.documents import Party
from storage.readers._xml import Element, children, text

REGISTERS = {"0007", "0037", "0184", "0192", "0212", "0216", "DK:CVR", "NO:ORGNR", "SE:ORGNR", "FI:ORGNR"}
"""Identifier schemes that hold a company's number in a Nordic register."""

NUMBER = re.compile(r"(?:[A-Z]{2})?([\d.-]{6,})(?:MVA)?")
SWEDISH_VAT = re.compile(r"SE(\d{10})01")


def party_of(root: Element, role: str) -> Party:
    """The party in a role, as the document names it."""
    party = next(iter(children(root, role, "Party")), None)
    if party is None:
        return Party()
    contact = next(iter(children(party, "Contact")), None)
    number = _number(party)
    return Party(
        name=text(party, "PartyName", "Name") or text(party, "PartyLegalEntity", "RegistrationName"),
        org_no=number,
        email=text(contact, "ElectronicMail") or _endpoint(party, {"EM"}),
        contact=text(contact, "Name"),
        phone=text(contact, "Telephone"),
        country=text(party, "PostalAddress", "Country", "IdentificationCode").upper(),
        kind="business" if number else "unknown",
    )


def _number(party: Element) -> str:
    named = [
        text(party, "PartyLegalEntity", "CompanyID"),
        *(
            i.text or ""
            for i in children(party, "PartyIdentification", "ID")
            if i.get("schemeID") in REGISTERS
        ),
        text(party, "PartyTaxScheme", "CompanyID"),
        _endpoint(party, REGISTERS),
    ]
    return registered(named)


def registered(numbers: Iterable[str]) -> str:
    """The first that is long enough for a company's number, without the marks of a VAT number."""
    return next((_bare(n) for n in numbers if len(re.sub(r"\D", "", n)) >= 6), "")


def _endpoint(party: Element, schemes: set[str]) -> str:
    return next((e.text or "" for e in children(party, "EndpointID") if e.get("schemeID") in schemes), "")


def _bare(number: str) -> str:
    number = number.strip()
    compact = "".join(number.split()).upper()
    found = SWEDISH_VAT.fullmatch(compact) or NUMBER.fullmatch(compact)
    return found[1] if found else number
