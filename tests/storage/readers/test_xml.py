"""Safe XML: bombs and peeping files are refused before they do anything."""

from __future__ import annotations

import pytest

from storage.readers import read
from storage.readers._source import Unreadable
from storage.readers._xml import looks_like_xml, parse

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY l0 "ha">{LAUGHS}]><Invoice>&l9;</Invoice>'
PEEP = '<!DOCTYPE Invoice [<!ENTITY file SYSTEM "file:///etc/passwd">]><Invoice>&file;</Invoice>'
NAMED = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'


@pytest.mark.parametrize("text", [BOMB, PEEP, BOMB.replace("<Invoice>", NAMED), "<!-- <a> -->" + BOMB[21:]])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_type_is_refused_in_every_disguise(text: str, encoding: str) -> None:
    reading = read(text.encode(encoding))
    assert [p.code for p in reading.problems] == ["unsafe_xml"]
    assert not reading.documents


def test_broken_xml_names_the_line_where_it_breaks() -> None:
    with pytest.raises(Unreadable) as raised:
        parse(b"<a>\n<b>\n</c>\n</a>")
    assert (raised.value.problem.code, raised.value.problem.line) == ("broken_xml", 3)


def test_a_tree_without_end_is_broken_xml() -> None:
    assert [p.code for p in read(b"<a>" * 100_000).problems] == ["broken_xml"]


@pytest.mark.parametrize(
    "head", [b"<a/>", b"\xef\xbb\xbf\n<?xml version='1.0'?><a/>", "<a/>".encode("utf-16")]
)
def test_xml_is_known_by_its_first_bytes(head: bytes) -> None:
    assert looks_like_xml(head)


def test_text_is_not_xml() -> None:
    assert not looks_like_xml(b"Kunde;Bel\xf8p\n<5;3")
