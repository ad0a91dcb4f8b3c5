"""Formats of a later day are named, and not one fact is taken from them."""

from __future__ import annotations

import pytest

from storage.readers import read

BEGINNINGS = {
    "camt": b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><Amt>12..34</Amt></Document>',
    "MT940": b":20:131110\r\n:25:45050050/76198810\r\n:28:27/01\r\n:60F:C131016DEM84349,74\r\n",
    "SIE": b"#FLAGGA 0\r\n#FORMAT PC8\r\n",
    "JSON": b'{"kind": "invoice"}',
    "e-mail": b"X-Mailer: post\r\nReceived: from a\r\n by b\r\nSubject: Faktura\r\n\r\nHei",
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_format_of_a_later_day_is_named(name: str) -> None:
    reading = read(BEGINNINGS[name])
    assert [(p.code, p.facts) for p in reading.problems] == [("unsupported", {"name": name})]
    assert (reading.documents, reading.receipts) == ((), ())
