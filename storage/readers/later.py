"""Formats that are recognised but not read yet, so that nothing dropped in is misread or lost."""

from __future__ import annotations

import re

from bot.documents import Reading
from storage.readers._source import Source, Unreadable
from storage.readers._xml import plain

FORMATS = {
    "OpenDocument": rb"\APK\x03\x04[\s\S]{26}mimetypeapplication/vnd\.oasis\.opendocument",
    "e-mail": rb"\A(From |[A-Z][\w-]*: ?.*\r?\n[\s\S]{0,8000}?^(From|Subject|MIME-Version): ?)",
    "JSON": rb'\A[\[{]\s*["{\[]',
}
"""What each format's files begin with or name in their head."""

PATTERNS = {name: re.compile(pattern, re.MULTILINE) for name, pattern in FORMATS.items()}


def recognise(head: bytes) -> float:
    """Sure when a format's mark is there."""
    return 0.8 if _format(head) else 0


def read(source: Source) -> Reading:
    """Never a fact: only which format it is."""
    name = _format(source.content[:65536])
    raise Unreadable("unsupported", format=name, name=name)


def _format(head: bytes) -> str:
    return next((name for name, pattern in PATTERNS.items() if pattern.search(plain(head))), "")
