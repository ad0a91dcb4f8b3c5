"""Headers as people read them: who, to whom, about what, when, and which mails it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from storage.mail.texts import clean, decoded

MESSAGE_ID = re.compile(r"<([^<>\s]{3,250})>")
IN_TEXT = re.compile(r"^[> \t]*Message-ID:\s*(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)
RECIPIENTS = 50
"""How many recipients of a mail are kept."""
REFERENCES = 100
"""How many of the mails are kept that one refers to: the last, which are the closest."""
HEADER = 20_000
"""How much of a header is looked at, in characters."""
SUBJECT = 300
ADDRESSED = (
    "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "To", "Cc",
)  # fmt: skip
"""Where it says for whom a mail was: the servers on its way know better than its writer."""
TAG = re.compile(r"^[^+@\s]+\+([\w.-]{1,64})@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What stands on a mail; whatever is missing is empty."""

    message_id: str = ""
    sender: str = ""
    name: str = ""
    reply_to: str = ""
    return_path: str | None = None
    recipients: tuple[str, ...] = ()
    subject: str = ""
    at: datetime | None = None
    refers_to: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def envelope(message: Message) -> Envelope:
    """All that stands on a mail."""
    name, sender = next(_addresses(values(message, "From")), ("", ""))
    to = tuple(dict.fromkeys(address for _, address in _addresses(_named(message, ADDRESSED))))
    return Envelope(
        message_id=next(iter(ids(value(message, "Message-ID"))), ""),
        sender=sender,
        name=name,
        reply_to=next((a for _, a in _addresses(values(message, "Reply-To"))), ""),
        return_path=_return_path(message),
        recipients=to[:RECIPIENTS],
        subject=words(value(message, "Subject"))[:SUBJECT],
        at=_moment(value(message, "Date")),
        refers_to=_refers_to(message),
        tags=tuple(dict.fromkeys(tag[1] for each in to if (tag := TAG.match(each)))),
    )


def values(message: Message, name: str) -> list[str]:
    """Every header of a name, as it came but on one line."""
    wanted = name.casefold()
    found = (clean(text(each)) for known, each in message.raw_items() if known.casefold() == wanted)
    return [" ".join(each[:HEADER].split()) for each in found]


def value(message: Message, name: str) -> str:
    """The first header of a name; empty when there is none."""
    return next(iter(values(message, name)), "")


def text(header: object) -> str:
    """A header as text; bytes that are no ASCII come as half a character each, and are read anew."""
    bare = str(header)
    escaped = any("\udc80" <= c <= "\udcff" for c in bare[:HEADER])
    return decoded(bare.encode("utf-8", "surrogateescape")) if escaped else bare


def words(header: str) -> str:
    """A header whose words may be encoded, as people read it."""
    try:
        pieces = decode_header(header)
    except (ValueError, LookupError):
        return clean(header)
    read = (p if isinstance(p, str) else decoded(p, charset or "") for p, charset in pieces)
    return " ".join(clean("".join(read)).split())


def ids(header: str) -> tuple[str, ...]:
    """The Message-IDs that a header holds, each in its angle brackets."""
    return tuple(dict.fromkeys(f"<{each}>" for each in MESSAGE_ID.findall(header)))


def ids_in_text(said: str) -> tuple[str, ...]:
    """The Message-IDs in the headers of a mail that was pasted into a text."""
    return tuple(dict.fromkeys(IN_TEXT.findall(said)))


def _named(message: Message, names: Iterable[str]) -> list[str]:
    return [each for name in names for each in values(message, name)]


def _addresses(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names and addresses; what is no address is left out."""
    for name, address in getaddresses(list(lines)):
        folded = clean(address).strip().casefold()
        if "@" in folded[1:] and not re.search(r"\s", folded):
            yield words(name)[:SUBJECT], folded[:SUBJECT]


def _return_path(message: Message) -> str | None:
    """Where the servers send a mail back to: empty for one that no answer may go to, None when not said."""
    found = values(message, "Return-Path")
    return found[0].strip("<> ").casefold() if found else None


def _moment(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _refers_to(message: Message) -> tuple[str, ...]:
    """The mail it answers, then those before it, the closest first."""
    answered = [each for line in values(message, "In-Reply-To") for each in ids(line)]
    earlier = [each for line in values(message, "References") for each in ids(line)]
    return tuple(dict.fromkeys((*answered, *reversed(earlier))))[:REFERENCES]
