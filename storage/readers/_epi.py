"""What the payment slip of a Finvoice asks for: amount, reference, account."""

from __future__ import annotations

import re

from bot.money import Money
from storage.readers._amounts import read_amount
from storage.readers._source import Unreadable
from storage.readers._xml import Element, children, line_of, text

CURRENCY = re.compile(r"[A-Z]{3}")
ISO_REFERENCE = re.compile(r"RF\d\d", re.IGNORECASE)

DETAILS = "InvoiceDetails"
SLIP = ("EpiDetails", "EpiPaymentInstructionDetails")
HOLDER = ("EpiDetails", "EpiPartyDetails", "EpiBeneficiaryPartyDetails")


def agrees(root: Element, owed: Money, total: Money | None) -> bool:
    """Whether what is asked for follows from the total, what is paid of it, and rounding."""
    if total is None:
        return True
    paid = money_at(root, DETAILS, "InvoicePaidAmount")
    rounding = money_at(root, DETAILS, "InvoiceTotalRoundoffAmount")
    if len({money.currency for money in (owed, total, paid, rounding) if money}) > 1:
        return False
    left = total - paid if paid else total
    return owed in (left, left + rounding if rounding else left)


def money_at(root: Element, *path: str) -> Money | None:
    """The amount at the end of a path; `Unreadable` where it is there but garbled."""
    element = next(iter(children(root, *path)), None)
    written = (element.text or "").strip() if element is not None else ""
    if element is None or not written:
        return None
    currency = element.get("AmountCurrencyIdentifier") or ""
    if not CURRENCY.fullmatch(currency):
        raise Unreadable("bad_currency", line_of(element), value=currency[:40])
    try:
        amount, _ = read_amount(written)
        return Money.of(amount, currency)
    except Unreadable as reason:
        raise Unreadable(reason.problem.code, line_of(element), **reason.problem.facts) from reason
    except ValueError as error:
        raise Unreadable("bad_amount", line_of(element), value=written[:40]) from error


def reference(root: Element) -> str:
    """The reference of the slip, without the zeros that fill it up."""
    written = "".join(text(root, *SLIP, "EpiRemittanceInfoIdentifier").split())
    return written if ISO_REFERENCE.match(written) else written.lstrip("0")


def account(root: Element) -> str:
    """The account of the slip, else the first of the seller's."""
    own = ("SellerInformationDetails", "SellerAccountDetails", "SellerAccountID")
    return "".join((text(root, *HOLDER, "EpiAccountID") or text(root, *own)).split())
