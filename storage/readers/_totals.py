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
    return money_of(element, element.get("currencyID") or text(root, "DocumentCurrencyCode"), "ubl")


def money_of(element: Element, currency: str, format: str) -> Money:
    """The amount an element holds; `Unreadable` with its line where it is garbled."""
    written = (element.text or "").strip()
    if not CURRENCY.fullmatch(currency):
        raise Unreadable("bad_currency", line_of(element), format=format, value=currency[:40])
    garbled = Unreadable("bad_amount", line_of(element), format=format, value=written[:40])
    if not AMOUNT.fullmatch(written):
        raise garbled
    try:
        return Money.of(Decimal(written), currency)
    except ValueError as error:
        raise garbled from error
