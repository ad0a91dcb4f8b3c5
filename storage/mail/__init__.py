"""Mail as it comes, read into a value: whatever is wrong with it, something is given and nothing raised.

Python's own parser takes the mail apart, by its older policy: that leaves headers as they came, while the
newer one parses each as it is touched, raises on many that are broken, and takes minutes over 10,000
recipients. What a header or a body says is read here, one concern a module.
"""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from typing import TypeVar

from bot.mail import Mail
from storage.mail import headers
from storage.mail.bodies import Body, body
from storage.mail.identity import identity
from storage.mail.sorting import sort

T = TypeVar("T")
BROKEN = (
    MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError,
    RecursionError, MemoryError,
)  # fmt: skip
"""All that Python's parser is known to raise over a mail that is broken on purpose."""
HEAD = 64 * 1024
"""How much of a mail that cannot be taken apart is still looked at for who wrote it, in bytes."""


def read(raw: bytes) -> Mail:
    """A mail, as far as it can be read."""
    whole = _tried(lambda: message_from_bytes(raw), None)
    message = whole or _tried(lambda: message_from_bytes(_head(raw)), None) or Message()
    content, is_whole = _content(message if whole else None)
    envelope = _tried(lambda: headers.envelope(message), headers.Envelope())
    sorted_as = _tried(lambda: sort(message, envelope, content.text), None)
    return Mail(
        identity=identity(message, raw),
        kind=sorted_as.kind if sorted_as else "reply",
        message_id=envelope.message_id,
        sender=envelope.sender,
        name=envelope.name,
        recipients=envelope.recipients,
        subject=envelope.subject,
        at=envelope.at,
        refers_to=tuple(dict.fromkeys((*(sorted_as.gives_back if sorted_as else ()), *envelope.refers_to))),
        tags=envelope.tags,
        text=content.text,
        attachments=content.attachments,
        undelivered=sorted_as.undelivered if sorted_as else (),
        readable=is_whole and sorted_as is not None and bool(envelope.sender),
    )


def _content(message: Message | None) -> tuple[Body, bool]:
    """The words and files of a mail, and whether all of it could be read."""
    if message is None:
        return Body(), False
    found = _tried(lambda: body(message), None)
    return (found, found.whole) if found else (Body(), False)


def _head(raw: bytes) -> bytes:
    """The headers alone, of a mail whose body nobody can take apart."""
    return raw[:HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"


def _tried(look: Callable[[], T], otherwise: T) -> T:
    try:
        return look()
    except BROKEN:
        return otherwise
