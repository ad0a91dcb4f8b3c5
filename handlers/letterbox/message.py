"""A letter as the e-mail that carries it: the same words in text and HTML, its papers, and one identity."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from html import escape

from bot.errors import DeliveryError
from bot.handouts import safe_name
from bot.letters import Letter
from bot.parties import Business

POLICY = SMTP.clone(max_line_length=78)
MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
HOST = re.compile(
    r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
LINK = re.compile(r"https?://[\w./:-]+[\w/]", re.ASCII)
QR = "qr"
NAME_LENGTH = 80


def build(
    letter: Letter,
    *,
    sender: str,
    business: Business,
    key: str,
    at: datetime,
    attachments: Iterable[tuple[str, bytes]] = (),
    qr_png: bytes | None = None,
    thread: Sequence[str] = (),
    answers: str = "",
    tagged: bool = False,
) -> EmailMessage:
    """The e-mail of a letter. The same key gives the same Message-ID, so that a repetition can be told.

    `thread` are the Message-IDs of what went before between us, `answers` the mail of theirs that it answers.
    `tagged`: answers go to an address that names the letter.
    Raises `DeliveryError("smtp_address")` when nobody can be reached at what stands as an address.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(_line(_signed(business)), addr_spec=mailbox(sender))
    answer_to = mailbox(business.email or sender)
    if tagged or answer_to != mailbox(sender):
        address = _with_tag(answer_to, letter.id) if tagged else answer_to
        message["Reply-To"] = Address(_line(business.name), addr_spec=address)
    message["To"] = mailbox(letter.to)
    if letter.cc and mailbox(letter.cc) != mailbox(letter.to):
        message["Cc"] = mailbox(letter.cc)
    message["Subject"] = _line(letter.subject)
    message["Date"] = at
    message["Message-ID"] = message_id(business, key, sender)
    if answers:
        message["In-Reply-To"] = answers
    if thread:
        message["References"] = " ".join(thread)
    _write(message, letter, qr_png)
    _attach(message, attachments)
    message["Content-Language"] = letter.language  # last, for giving it content takes every such header off
    return message


def mailbox(text: str) -> str:
    """An address as servers want it: `info@blåbær.no` becomes `info@xn--blbr-roah.no`."""
    local, _, host = text.strip().rpartition("@")
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_host = ""
    if not MAILBOX.fullmatch(local) or not HOST.fullmatch(ascii_host):
        raise DeliveryError("smtp_address", permanent=True)
    return f"{local}@{ascii_host}"


def _with_tag(address: str, tag: str) -> str:
    """An address whose answers name a letter: `asa+k3m9@bageri.example`."""
    local, _, host = address.rpartition("@")
    return f"{local.partition('+')[0]}+{tag}@{host}"


def message_id(business: Business, key: str, sender: str) -> str:
    """The identity of a delivery: fixed in length, telling nothing, the same for the same key."""
    digest = hashlib.sha256(f"{business.id}\x1f{key}".encode()).hexdigest()
    return f"<{digest[:32]}@{mailbox(business.email or sender).rpartition('@')[2]}>"


def paper_name(name: str) -> str:
    """A name for a file that goes with a letter."""
    return safe_name(name, "invoice", NAME_LENGTH)


def _signed(business: Business) -> str:
    """A person writes, and their firm is recognised in the inbox."""
    return ", ".join(part for part in (business.owner, business.name) if part)


def _line(text: str) -> str:
    """One line, whatever was typed or imported: a line break in a header would begin a header of its own."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _write(message: EmailMessage, letter: Letter, qr_png: bytes | None) -> None:
    """Quoted-printable in both parts: lines stay as written on every server's way."""
    message.set_content(letter.body, cte="quoted-printable")
    message.add_alternative(_html(letter, qr_png is not None), subtype="html", cte="quoted-printable")
    if qr_png is not None:
        page = message.get_payload(1)
        assert isinstance(page, MIMEPart)
        page.add_related(qr_png, "image", "png", cid=f"<{QR}>", filename="qr.png", disposition="inline")


def _html(letter: Letter, with_qr: bool) -> str:
    """The same words, a paragraph each; nothing is fetched from anywhere, so nothing is told to anybody."""
    blocks = re.split(r"\n[ \t]*\n+", letter.body.strip("\n"))
    paragraphs = "".join(f"<p>{_linked(escape(block)).replace(chr(10), '<br>')}</p>\n" for block in blocks)
    picture = f'<p><img src="cid:{QR}" alt="QR" width="180" height="180"></p>\n' if with_qr else ""
    style = "font-family:sans-serif;font-size:16px;line-height:1.5;max-width:38em"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(letter.language)}"><head><meta charset="utf-8"></head>\n'
        f'<body style="{style}">\n{paragraphs}{picture}</body></html>\n'
    )


def _linked(text: str) -> str:
    """Addresses of pages made to be pressed, for not every mail program does so itself."""
    return LINK.sub(r'<a href="\g<0>">\g<0></a>', text)


def _attach(message: EmailMessage, attachments: Iterable[tuple[str, bytes]]) -> None:
    taken: set[str] = set()
    for name, content in attachments:
        unique = _untaken(paper_name(name), taken)
        taken.add(unique)
        kind = "pdf" if content.startswith(b"%PDF-") else "octet-stream"
        message.add_attachment(content, "application", kind, filename=unique)


def _untaken(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, tried = 1, name
    while tried in taken:
        number += 1
        tried = f"{stem} ({number}){dot}{ending}" if stem else f"{name} ({number})"
    return tried
