"""What a mail is known by, the same however often and whichever way it comes."""

from __future__ import annotations

import hashlib
from email.message import Message

from storage.mail.headers import value

STABLE = ("Message-ID", "From", "Date", "Subject")
"""What no server on the way changes; it adds to the rest, or takes from it."""


def identity(message: Message, raw: bytes) -> str:
    """A digest of its Message-ID, who wrote it, when, about what, and of its body but for the line ends."""
    digest = hashlib.sha256()
    for name in STABLE:
        digest.update(value(message, name).encode("utf-8", "surrogatepass") + b"\n")
    digest.update(_body(raw))
    return digest.hexdigest()[:32]


def _body(raw: bytes) -> bytes:
    whole = raw.replace(b"\r\n", b"\n").rstrip()
    return b"\n".join(line.rstrip() for line in whole.partition(b"\n\n")[2].split(b"\n"))
