"""Packing a letter: its papers, a code to pay by phone where one exists, and the e-mail around them."""

from __future__ import annotations

from email.message import EmailMessage

from bot.letters import LADDER, Letter
from bot.mail_thread import before
from bot.workdays import local
from handlers.letterbox.message import build
from messages.payslip import payslip, qr_png
from storage.books import Books

HAS_CODE = frozenset({*LADDER, "waiver", "payment_unseen"})
"""Letters that ask for an invoice as it stands; what was promised may be another amount."""


def pack(books: Books, letter: Letter, key: str, sender: str = "", tagged: bool = False) -> EmailMessage:
    """The e-mail of a letter as it goes out now; `sender` takes the place of the business's own address.

    `tagged`: answers go to an address that names the letter.
    """
    thread, answers = before(letter, books.letters.of(letter.customer), books.mails.of(letter.customer))
    papers = books.files.of_invoices(claim.invoice for claim in letter.claims)
    return build(
        letter,
        sender=sender or books.business.email,
        business=books.business,
        key=key,
        at=local(books.now, books.business.zone),
        attachments=((paper.name, paper.content) for paper in papers),
        qr_png=_code(letter, books),
        thread=thread,
        answers=answers,
        tagged=tagged,
    )


def _code(letter: Letter, books: Books) -> bytes | None:
    """A code for one invoice alone, since each is paid with its own reference."""
    if len(letter.claims) != 1 or letter.kind not in HAS_CODE:
        return None
    claim = letter.claims[0]
    invoice = books.invoices.get(claim.invoice)
    account = books.business.account or invoice.account  # the one the letter names
    amount = sum((charge.amount for charge in letter.charges), claim.amount)
    slip = payslip(books.business, invoice.reference, account, amount, invoice.number)
    return qr_png(slip.qr) if slip.qr else None
