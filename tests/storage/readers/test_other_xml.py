"""XML that nobody knows is refused by its name."""

from __future__ import annotations

from storage.readers import read


def test_unknown_xml_says_what_it_is() -> None:
    (problem,) = read(b"<n:Order xmlns:n='urn:example:orders'/>").problems
    assert (problem.code, problem.facts) == ("unknown_xml", {"root": "Order"})
