"""The files in Outlook's `winmail.dat`: attributes one after another, of which a few name and hold files."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from storage.mail.texts import decoded

SIGNATURE = 0x223E9F78
TITLE, DATA, BEGINS = 0x8010, 0x800F, 0x9002
"""A file's name, its bytes, and where the next file begins."""
ATTACHMENT = 2
"""The level of what belongs to a file and not to the mail."""
HEAD, TAIL = 9, 2
"""The bytes before an attribute's content, and its checksum behind."""


def files(raw: bytes) -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of each file, as far as the content holds."""
    found: list[tuple[str, bytes]] = []
    name, content = "", b""
    for attribute, value in _attributes(raw):
        if attribute == BEGINS:
            found += [(name or "file", content)] if content else []
            name, content = "", b""
        elif attribute == TITLE:
            name = decoded(value.rstrip(b"\0")).replace("/", "_").replace("\\", "_")[:120]
        elif attribute == DATA:
            content = value
    return (*found, (name or "file", content)) if content else tuple(found)


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    if len(raw) < 6 or struct.unpack_from("<I", raw)[0] != SIGNATURE:
        return
    at = 6
    while at + HEAD <= len(raw):
        level, attribute, _, length = struct.unpack_from("<BHHI", raw, at)
        value = raw[at + HEAD : at + HEAD + length]
        if level == ATTACHMENT and len(value) == length:
            yield attribute, value
        at += HEAD + length + TAIL
