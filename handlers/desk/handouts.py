"""Handouts on the desk: files that a card gives away, and what is kept by their names in these books."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.chat import Action, Button, Check, Handout
from bot.handouts import is_program, kind, safe_name, shortened, verb
from bot.mail import Attachment, Kept
from bot.parties import Customer
from handlers.desk import Desk, digest_of, exports, reports
from handlers.desk.figures import Figures
from storage.books import Books
from storage.escalations import Pack
from storage.mail import read
from storage.mails import LIMIT

MOST = 20
"""How many files one card gives away."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is kept, and the customer it is about, if that is known."""

    name: str
    content: bytes = field(repr=False)
    customer: str = ""


def of_pack(pack: Pack, desk: Desk) -> Handout:
    """An evidence pack as a card gives it away."""
    return _handout(pack.name, pack.id, len(pack.content), desk)


def of_export(customer: Customer, desk: Desk) -> Handout:
    """All that is kept about a customer as a card gives it away; it is made anew each time it is fetched."""
    size = len(exports.export(customer, desk.books))
    return _handout(exports.named(customer, desk.books), f"export.{customer.id}", size, desk)


def of_report(name: str, figures: Figures, desk: Desk) -> tuple[Handout, ...]:
    """The files of a report as a card gives them away; each is made anew when it is fetched."""
    made = reports.files(name, figures)
    return tuple(_handout(each.name, f"report.{each.ref}", len(each.content), desk) for each in made)


def of_invoices(invoices: Iterable[str], desk: Desk) -> tuple[Handout, ...]:
    """The files that go with some invoices, up to so many; one that goes with two of them stands once."""
    asked = list(dict.fromkeys(invoices))
    bearing = desk.books.files.bearing(asked)
    given: dict[tuple[str, str], Handout] = {}
    for invoice, name, content in _kept((i for i in asked if i in bearing), desk.books):
        if len(given) == MOST:
            break
        ref = f"paper.{invoice}.{digest_of(name.encode())}"
        given.setdefault((name, digest_of(content)), _handout(name, ref, len(content), desk))
    return tuple(given.values())


def of_mail(one: Kept, desk: Desk) -> tuple[tuple[Handout, ...], tuple[Check, ...]]:
    """What came with a mail, and a word about what may do harm, or is only in the mailbox."""
    if not one.attachments:
        return (), ()
    found, is_cut = _attachments(one.id, desk.books)
    if is_cut:
        return (), (Check("look", desk.word("mail.too_long")),)
    given = tuple(
        _handout(each.name, f"mail.{one.id}.{at}", len(each.content), desk)
        for at, each in enumerate(found[:MOST])
    )
    harm = [safe_name(each.name) for each in found if is_program(each.name, each.content)]
    return given, (Check("look", desk.word("mail.programs", names=harm)),) if harm else ()


def _kept(invoices: Iterable[str], books: Books) -> Iterator[tuple[str, str, bytes]]:
    return ((i, f.name, f.content) for i in invoices for f in books.files.of_invoice(i))


def found(ref: str, books: Books) -> File | None:
    """The file that is kept by this; None when these books have none, or have it no more."""
    sort, parts = kind(ref), ref.split(".")
    if sort == "pack":
        return next((File(p.name, p.content, p.customer) for p in books.packs.among([ref])), None)
    if sort == "paper" and len(parts) == 3:
        return _paper(parts[1], parts[2], books)
    if sort == "report":
        made = reports.file(ref.partition(".")[2], books)
        return File(made.name, made.content) if made else None
    if sort == "export":
        return _export(ref.partition(".")[2], books)
    if sort == "mail" and len(parts) == 3 and re.fullmatch(r"[0-9]{1,4}", parts[2]):
        return _attached(parts[1], int(parts[2]), books)
    return None


def _export(customer: str, books: Books) -> File | None:
    known = books.customers.among([books.joins.heir(customer)])
    whose = next((c for c in known if c.erased is None), None)
    return File(exports.named(whose, books), exports.export(whose, books), whose.id) if whose else None


def _paper(invoice: str, name: str, books: Books) -> File | None:
    whose = next((i.customer for i in books.invoices.among([invoice])), "")
    kept = (f for f in books.files.of_invoice(invoice) if digest_of(f.name.encode()) == name)
    return next((File(safe_name(f.name), f.content, whose) for f in kept), None)


def _attached(mail: str, at: int, books: Books) -> File | None:
    kept = next(iter(books.mails.among([mail])), None)
    files, is_cut = _attachments(mail, books) if kept else ((), False)
    if kept is None or is_cut or at >= len(files):
        return None
    return File(safe_name(files[at].name), files[at].content, kept.customer)


def _attachments(mail: str, books: Books) -> tuple[Sequence[Attachment], bool]:
    """The files of a mail, and whether its end is only on the server: then the last of them is no file."""
    raw = books.mails.source(mail)
    return (read(raw).attachments, len(raw) >= LIMIT) if raw else ((), False)


def _handout(name: str, ref: str, size: int, desk: Desk) -> Handout:
    name = safe_name(name)
    asks = Button(desk.word("send_here", name=shortened(name)), Action(verb(ref), ref), "quiet", look=True)
    return Handout(name, ref, size, asks)
