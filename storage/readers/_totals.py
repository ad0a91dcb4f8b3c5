"""What a UBL document says it comes to, and whether it agrees with itself."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.money import Money
from storage.readers._source import Unreadable
from storage.readers._xml import Element, children, line_of, text

AMOUNT = re.compile(r"[+-]?(?:\d{1,13}(?:\.\d{0,20})?|\.\d{1,20})", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}")


def payable(root: Element) -> Money:
    """What is to be paid, or a statement's balance; `Unreadable` where there is none."""
    balance = (_money(root, element) for element in children(root, "TotalBalanceAmount"))
    found = total(root, "PayableAmount")
    found = found if found is not None else next(balance, None)
    if found is None:
        raise Unreadable("missing_amount", format="ubl")
    return found


def total(root: Element, name: str) -> Money | None:
    """One of the document's totals; `Unreadable` where it is there but garbled."""
    homes = ("LegalMonetaryTotal", "RequestedMonetaryTotal")
    return next((_money(root, element) for home in homes for element in children(root, home, name)), None)


def agree(root: Element) -> bool:
    """Whether what is asked for follows from the total, what is prepaid, and rounding if not in it."""
    whole, asked = total(root, "TaxInclusiveAmount"), payable(root)
    prepaid, rounding = total(root, "PrepaidAmount"), total(root, "PayableRoundingAmount")
    if whole is None:
        return True
    if len({money.currency for money in (whole, asked, prepaid, rounding) if money}) > 1:
        return False
    left = whole - prepaid if prepaid else whole
    return asked in (left, left + rounding if rounding else left)


def _money(root: Element, element: Element) -> Money:
    written = (element.text or "").strip()
    currency = element.get("currencyID") or text(root, "DocumentCurrencyCode")
    if not CURRENCY.fullmatch(currency):
        raise _garbled("bad_currency", element, currency)
    if not AMOUNT.fullmatch(written):
        raise _garbled("bad_amount", element, written)
    try:
        return Money.of(Decimal(written), currency)
    except ValueError as error:
        raise _garbled("bad_amount", element, written) from error


def _garbled(code: str, element: Element, value: str) -> Unreadable:
    return Unreadable(code, line_of(element), format="ubl", value=value[:40])
