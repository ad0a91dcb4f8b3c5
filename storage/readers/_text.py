"""Text out of bytes, whatever encoding they are in."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TextIO

from storage.readers._source import Source

OF_DOS = re.compile("[a-zA-Z](?:[\u2020\u203a\u201a]|[\u201e\u201d\u2018][a-zA-Z])")
"""Nordic letters of DOS as they look when taken for those of Windows."""

NORDIC = re.compile("[åäöæøÅÄÖÆØ]")
OVERLAP = 2
"""How many letters before a chunk may belong to a letter of DOS at its beginning."""

Chunks = Callable[[], Iterable[bytes]]
Encoding = tuple[str, str]
"""The name of a codec, and what it does about bytes that it does not know."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file as text, in its encoding."""

    source: Source
    encoding: Encoding

    @classmethod
    def of(cls, source: Source) -> Text:
        """The text of a file."""
        return cls(source, encoding_of(source.chunks))

    def open(self) -> TextIO:
        """The text from the beginning, each line ending alike."""
        codec, errors = self.encoding
        return TextIOWrapper(self.source.open(), encoding=codec, errors=errors, newline=None)

    @property
    def end(self) -> str:
        """The last line; empty where the text breaks off nowhere, but ends with the end of a line."""
        lines = self.source.tail.decode(self.encoding[0], "replace")
        return lines[max(lines.rfind("\n"), lines.rfind("\r")) + 1 :]


def decode(content: bytes) -> str:
    """The text, by its byte order mark, as UTF-8, or as Windows and older systems write it."""
    return content.decode(*encoding_of(lambda: [content]))


def encoding_of(chunks: Chunks) -> Encoding:
    """By the byte order mark, as UTF-8, or as Windows and older systems write it."""
    head = next(iter(chunks()), b"")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "replace"
    if head[1:2] == b"\0" and head[3:4] == b"\0":
        return "utf-16-le", "replace"
    if head[0:1] == b"\0" and head[2:3] == b"\0":
        return "utf-16-be", "replace"
    if _decodes(chunks, "utf-8"):
        return "utf-8-sig", "ignore"
    codec = "cp1252" if _decodes(chunks, "cp1252") else "latin-1"
    return ("cp850" if _is_of_dos(chunks, codec) else codec), "strict"


def _decodes(chunks: Chunks, codec: str) -> bool:
    """Whether the bytes are of an encoding; the last letter may be cut off."""
    decoder = getincrementaldecoder(codec)()
    try:
        for chunk in chunks():
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _is_of_dos(chunks: Chunks, codec: str) -> bool:
    found, before = False, ""
    for chunk in chunks():
        text = before + chunk.decode(codec)
        if NORDIC.search(text):
            return False
        found, before = found or bool(OF_DOS.search(text)), text[-OVERLAP:]
    return found
