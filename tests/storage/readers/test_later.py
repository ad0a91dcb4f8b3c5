"""Formats of a later day are named, and not one fact is taken from them."""

from __future__ import annotations

import pytest

from storage.readers import read

BEGINNINGS = {
    "camt": b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><Amt>12..34</Amt></Document>',
    "BgMax": b"01BGMAX               0120261101173035010331P",
    "OCR giro": b"NY000010000080800170031000102000000000000000000000000000000000000000000000000000",
    "TITO": b"T00322100195030000000100440603060603060603062359",
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


def test_a_bank_statement_as_a_table_is_named_too() -> None:
    reading = read("Datum;Text;Belopp;Saldo\n2026-11-02;Insättning;2 500,00 kr;2 542,21 kr\n".encode())
    assert [(p.code, p.facts) for p in reading.problems] == [("unsupported", {"name": "bank statement"})]
