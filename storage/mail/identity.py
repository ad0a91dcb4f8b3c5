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
    """What comes after the headers; all of a mail that has none, for servers put their own before that."""
    head, blank, body = raw.replace(b"\r\n", b"\n").rstrip().partition(b"\n\n")
    has_head = blank and not head.startswith(b"\n")
    return b"\n".join(line.rstrip() for line in (body if has_head else head + blank + body).split(b"\n"))
