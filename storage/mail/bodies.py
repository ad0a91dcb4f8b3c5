"""The words of a mail and the files that came with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from bot.mail import Attachment
from storage.mail import tnef
from storage.mail.headers import text as header_text
from storage.mail.headers import words
from storage.mail.html import text_of
from storage.mail.texts import clean, decoded

PARTS = 1_000
"""How many parts of a mail are looked at."""
LENGTH = 200_000
"""How much text of a mail is read, in characters; the rest is kept with its bytes."""
REPORTS = frozenset(
    {"message/delivery-status", "message/disposition-notification", "message/feedback-report"}
)
TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


@dataclass(frozen=True, slots=True)
class Body:
    """What a mail says and brings; not `whole` when a part of it could not be taken apart."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    whole: bool = True


def body(message: Message) -> Body:
    """The text of a mail, of parts that say the same the plain one, and its files."""
    plain: list[str] = []
    html: list[tuple[bool, str]] = []
    files: list[Attachment] = []
    whole = True
    for number, (part, twin) in enumerate(_leaves(message)):
        if number >= PARTS:
            return Body(_joined(plain, html), tuple(files), False)
        kind = part.get_content_type()
        whole = whole and not _is_broken(part)
        if kind == "text/plain" and not _is_file(part):
            plain.append(_text(part))
        elif kind == "text/html" and not _is_file(part):
            html.append((twin, _text(part)))
        elif kind not in REPORTS and not _is_picture_in_text(part):
            files += _files(part, kind)
    return Body(_joined(plain, html), tuple(files), whole)


def _joined(plain: list[str], html: list[tuple[bool, str]]) -> str:
    """HTML is read where it stands alone; beside plain text that says the same it is not."""
    said = [each.strip() for each in plain if each.strip()]
    said += [text_of(each) for twin, each in html if not (twin and said)]
    return "\n\n".join(each for each in said if each)[:LENGTH]


def _leaves(message: Message) -> Iterator[tuple[Message, bool]]:
    """The parts that hold something, in order, and whether each is one of several that say the same."""
    stack = [(message, False)]
    while stack:
        part, twin = stack.pop()
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            twins = part.get_content_subtype() in ("alternative", "related") and (
                twin or part.get_content_subtype() == "alternative"
            )
            stack += [(each, twins) for each in reversed(inner) if isinstance(each, Message)]
        else:
            yield part, twin


def _is_broken(part: Message) -> bool:
    return bool(part.defects)


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_name(part))


def _is_picture_in_text(part: Message) -> bool:
    """A logo in a signature is no file that anybody sent."""
    is_shown = part.get_content_disposition() != "attachment"
    return is_shown and part.get_content_maintype() == "image" and bool(part.get("Content-ID"))


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    return decoded(raw, part.get_content_charset("") or "")


def _files(part: Message, kind: str) -> list[Attachment]:
    content = _bytes(part)
    if kind in TNEF or _name(part).casefold() == "winmail.dat":
        inside = tnef.files(content)
        return [Attachment(name=n, kind="application/octet-stream", content=c) for n, c in inside]
    if not content:
        return []
    return [Attachment(name=_name(part) or _called(part, kind), kind=kind, content=content)]


def _called(part: Message, kind: str) -> str:
    """A name for a file that has none: a forwarded mail goes by its subject."""
    inner = part.get_payload()
    if kind == "message/rfc822" and isinstance(inner, list) and inner and isinstance(inner[0], Message):
        subject = words(header_text(inner[0].get("Subject", "")))
        return f"{subject or 'mail'}.eml"
    return kind.replace("/", ".")


def _bytes(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n".join(each.as_bytes() for each in inner if isinstance(each, Message))
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _name(part: Message) -> str:
    name = part.get_filename("")
    return clean(words(header_text(name or ""))).replace("/", "_").replace("\\", "_").strip()[:120]
