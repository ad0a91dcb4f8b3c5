"""Reports of mail servers in the form that standards give them: not delivered, complained about, opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_string
from email.message import Message

from bot.mail import Undelivered
from storage.mail.causes import cause
from storage.mail.headers import ids, value
from storage.mail.texts import decoded

HELD = "message/delivery-status"
COMPLAINT = "message/feedback-report"
OPENED = "message/disposition-notification"
RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"})
PARTS = 1_000
RECIPIENTS = 200
"""How many recipients of one report are listed."""
SAID = 300
"""How much of what a server said is kept, in characters."""
NOT_YET = frozenset({"delayed"})
OVER = frozenset({"failed", "delayed"})
"""What a report may say of a recipient that concerns us; the rest means that it arrived, or went on."""


def parts(message: Message) -> Iterator[Message]:
    """Every part of a mail, also of mails within it, in order."""
    stack, seen = [message], 0
    while stack and seen < PARTS:
        part = stack.pop()
        seen += 1
        yield part
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_type() != HELD:
            stack += [each for each in reversed(inner) if isinstance(each, Message)]


def kinds(message: Message) -> set[str]:
    """The kinds of the parts, and what a multipart says it reports."""
    report = message.get_param("report-type", "")
    named = f"report:{report}".casefold() if isinstance(report, str) and report else ""
    return {part.get_content_type() for part in parts(message)} | ({named} if named else set())


def undelivered(message: Message) -> tuple[tuple[Undelivered, ...], bool]:
    """Whom a delivery report names that it did not reach, and whether it could be read at all."""
    blocks = [b for part in parts(message) if part.get_content_type() == HELD for b in _blocks(part)]
    named = [b for b in blocks if value(b, "Final-Recipient") or value(b, "Original-Recipient")]
    found = (_recipient(block) for block in named[:RECIPIENTS])
    return tuple(each for each in found if each), bool(named)


def given_back(message: Message) -> tuple[str, ...]:
    """The Message-IDs of the mails that a report gives back, whole or in part."""
    found: list[str] = []
    for part in parts(message):
        if part.get_content_type() in RETURNED:
            found += [each for head in _returned(part) for each in ids(value(head, "Message-ID"))]
        if part.get_content_type() == OPENED:
            found += [each for b in _blocks(part) for each in ids(value(b, "Original-Message-ID"))]
    return tuple(dict.fromkeys(found))


def _returned(part: Message) -> Iterator[Message]:
    inner = part.get_payload()
    if isinstance(inner, list):
        yield from (each for each in inner if isinstance(each, Message))
    else:
        yield from _read(part)


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of headers that a report is made of, also where it was sent as plain text."""
    inner = part.get_payload()
    if isinstance(inner, list):
        yield from (each for each in inner if isinstance(each, Message))
    else:
        yield from _read(part)


def _read(part: Message) -> Iterator[Message]:
    raw = part.get_payload(decode=True)
    text = decoded(raw) if isinstance(raw, bytes) else ""
    yield from (message_from_string(f"{each}\n\n") for each in re.split(r"\n[ \t]*\n", text) if each.strip())


def _recipient(block: Message) -> Undelivered | None:
    action = value(block, "Action").split(" ")[0].casefold() or "failed"
    if action not in OVER:
        return None
    said, status = _typed(value(block, "Diagnostic-Code"))[:SAID], value(block, "Status")
    return Undelivered(
        address=_address(value(block, "Final-Recipient")),
        known_as=_address(value(block, "Original-Recipient")),
        fate="delayed" if action in NOT_YET else "failed",
        cause=cause(status, said),
        status=status.split(" ")[0][:12],
        said=said or status[:SAID],
    )


def _typed(written: str) -> str:
    """What stands behind the kind of an address or a diagnosis, as in `rfc822; somebody@example`."""
    kind, semicolon, rest = written.partition(";")
    return (rest if semicolon and " " not in kind.strip() else written).strip()


def _address(written: str) -> str:
    return _typed(written).strip("<> ").casefold()[:SAID]
