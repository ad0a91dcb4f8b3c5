"""Bytes into text, whatever charset they claim or have."""

from __future__ import annotations

import re

CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
"""Characters that no text has: they end it for a database, or turn and hide what is read."""
CALLED = {
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
    "ansi": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
}
"""Names that mails give a charset, and what they mean by it."""
WESTERN = frozenset({"", "ascii", "us-ascii", "iso-8859-15", "windows-1252", "cp1252"})
"""Charsets that are claimed by habit; bytes that hold as UTF-8 are that, whatever is claimed."""


def decoded(raw: bytes, charset: str = "") -> str:
    """The text of some bytes: as UTF-8 where that holds and little else is claimed, else as they claim."""
    named = CALLED.get(charset.strip("'\" ").casefold(), charset.strip("'\" ").casefold())
    for attempt in (*(("utf-8",) if named in WESTERN else ()), named or "utf-8", "utf-8"):
        try:
            return clean(raw.decode(attempt))
        except (UnicodeError, LookupError, ValueError):
            continue
    return clean(raw.decode("cp1252", "replace"))


def clean(text: str) -> str:
    """A text without characters that no text has, its lines ended alike."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
