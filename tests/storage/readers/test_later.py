"""Formats of a later day are named, and not one fact is taken from them."""

from __future__ import annotations

import pytest

from storage.readers import read

BEGINNINGS = {
    "JSON": b'{"kind": "invoice"}',
    "e-mail": b"X-Mailer: post\r\nReceived: from a\r\n by b\r\nSubject: Faktura\r\n\r\nHei",
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_format_of_a_later_day_is_named(name: str) -> None:
    reading = read(BEGINNINGS[name])
    assert [(p.code, p.facts) for p in reading.problems] == [("unsupported", {"name": name})]
    assert (reading.documents, reading.receipts) == ((), ())
