"""XML read safely: no document type, no entities, no network, no giant trees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from lxml import etree

from storage.readers._source import Unreadable

Element = etree._Element

DOCTYPE = b"<!DOCTYPE"
PROLOG = 65_536
"""Where a document type would stand, in bytes from the beginning."""
BLANKS = b" \t\r\n"
ROOT = re.compile(rb"<[A-Za-z_]")


def looks_like_xml(head: bytes) -> bool:
    """Whether the bytes begin as XML does, in any encoding of it."""
    return plain(head).startswith(b"<") and ROOT.search(plain(head)) is not None


def plain(head: bytes) -> bytes:
    """The bytes with what two-byte encodings and byte order marks add taken away."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def parse(content: bytes) -> Element:
    """The root element; `Unreadable` when the XML is broken or could be an attack."""
    suspect = _check_prolog(content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content.lstrip(BLANKS), parser)
    except etree.XMLSyntaxError as error:
        raise _broken(error, suspect) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("unsafe_xml")
    return root


def stream(file: BinaryIO, repeated: str, whole: Sequence[str]) -> Iterator[Element]:
    """Each element of these local names when it has ended, with its ancestors as far as they have come.

    The repeated ones are dropped again once looked at, so that memory stays flat however many there are.
    """
    head = file.read(PROLOG)
    suspect = _check_prolog(head)
    file.seek(len(head) - len(head.lstrip(BLANKS)))
    events = etree.iterparse(
        file,
        tag=["{*}" + name for name in (repeated, *whole)],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    checked = False
    try:
        for _, element in events:
            if not checked and element.getroottree().docinfo.internalDTD is not None:
                raise Unreadable("unsafe_xml")
            checked = True
            yield element
            _drop(element)
    except etree.XMLSyntaxError as error:
        raise _broken(error, suspect) from error


def _check_prolog(content: bytes) -> bool:
    """Whether a document type is named early on; `Unreadable` when it stands before the root."""
    prolog = plain(content[:PROLOG])
    root_at = ROOT.search(prolog)
    if DOCTYPE in prolog[: root_at.start() if root_at else None]:
        raise Unreadable("unsafe_xml")
    return DOCTYPE in prolog


def _broken(error: etree.XMLSyntaxError, suspect: bool) -> Unreadable:
    if suspect:
        return Unreadable("unsafe_xml")
    return Unreadable("broken_xml", error.lineno, reason=str(error.msg))


def _drop(element: Element) -> None:
    """Empties an element and takes its like before it out; it must stay itself while the parser is at it."""
    element.clear()
    before, parent = element.getprevious(), element.getparent()
    if before is not None and parent is not None and before.tag == element.tag:
        parent.remove(before)


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: Element) -> int | None:
    """The line an element begins on."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def children(element: Element | None, *path: str) -> list[Element]:
    """All elements at the end of a path of local names."""
    if element is None:
        return []
    if len(path) == 1:
        return [*element.iterchildren("{*}" + path[0])]
    found = [element]
    for name in path:
        found = [child for each in found for child in each.iterchildren("{*}" + name)]
    return found


def texts(element: Element | None, *path: str) -> list[str]:
    """The texts at the end of a path, blanks trimmed, empty ones left out."""
    return [text for child in children(element, *path) if (text := (child.text or "").strip())]


def text(element: Element | None, *path: str) -> str:
    """The first text at the end of a path, or the empty string."""
    for child in children(element, *path):
        if child.text and (found := child.text.strip()):
            return found
    return ""
