"""What kind of mail it is: what servers say first, then what machines say of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message

from bot.mail import Kind, Undelivered
from storage.mail import automatic, bounces, reports
from storage.mail.headers import Envelope, ids_in_text


@dataclass(frozen=True, slots=True)
class Sorted:
    """A kind, the recipients it did not reach, and the Message-IDs of the mails it gives back."""

    kind: Kind
    undelivered: tuple[Undelivered, ...] = ()
    gives_back: tuple[str, ...] = ()


def sort(message: Message, envelope: Envelope, text: str) -> Sorted:
    """The kind of a mail. A bounce names each recipient; one that names nobody still is one."""
    found = reports.kinds(message)
    if reports.COMPLAINT in found or "report:feedback-report" in found:
        return Sorted("complaint", gives_back=reports.given_back(message))
    if reports.OPENED in found or "report:disposition-notification" in found:
        return Sorted("read_receipt", gives_back=reports.given_back(message))
    if reports.HELD in found or "report:delivery-status" in found:
        return _report(message, envelope, text)
    if bounces.is_bounce(message, envelope, text):
        return _bounce(message, envelope, text)
    if automatic.is_automatic(message, envelope):
        return Sorted("auto_reply")
    return Sorted("other" if automatic.is_to_many(message) else "reply")


def _report(message: Message, envelope: Envelope, text: str) -> Sorted:
    """A delivery report; one that only says that all went well is a receipt."""
    named, is_read = reports.undelivered(message)
    if is_read and not named:
        return Sorted("read_receipt", gives_back=reports.given_back(message))
    return Sorted("bounce", named, reports.given_back(message)) if named else _bounce(message, envelope, text)


def _bounce(message: Message, envelope: Envelope, text: str) -> Sorted:
    told = bounces.undelivered(message, envelope, text)
    return Sorted("bounce", told, (*reports.given_back(message), *ids_in_text(text)))
