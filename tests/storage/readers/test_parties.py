"""Parties: the name they go by and their bare number in the register."""

from __future__ import annotations

import pytest

from storage.readers._parties import party_of
from storage.readers._xml import parse


def party(inside: str) -> str:
    root = parse(f"<i><Buyer><Party>{inside}</Party></Buyer></i>".encode())
    return party_of(root, "Buyer").org_no


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("NO987654325MVA", "987654325"),
        ("987654325MVA", "987654325"),
        ("DK16356706", "16356706"),
        ("SE556677889901", "5566778899"),
        ("0114162-2", "0114162-2"),
        ("DE 123456789", "123456789"),
        ("HRB 123456", "HRB 123456"),
        ("[none]", ""),
    ],
)
def test_a_number_loses_the_marks_of_a_vat_number(written: str, number: str) -> None:
    assert party(f"<PartyLegalEntity><CompanyID>{written}</CompanyID></PartyLegalEntity>") == number


def test_the_legal_number_comes_before_the_vat_number() -> None:
    vat = "<PartyTaxScheme><CompanyID>SE556677889901</CompanyID></PartyTaxScheme>"
    assert (
        party(vat + "<PartyLegalEntity><CompanyID>1234567890</CompanyID></PartyLegalEntity>") == "1234567890"
    )
    assert party(vat) == "5566778899"


def test_an_identifier_counts_only_in_a_register_that_is_known() -> None:
    assert (
        party('<PartyIdentification><ID schemeID="0192">987654325</ID></PartyIdentification>') == "987654325"
    )
    assert party('<PartyIdentification><ID schemeID="0088">5798009811578</ID></PartyIdentification>') == ""


def test_a_party_that_is_not_there_has_no_name() -> None:
    assert party_of(parse(b"<i/>"), "Buyer").name == ""
