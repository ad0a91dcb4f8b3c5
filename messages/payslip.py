"""How to pay: account, reference and amount as people read them, and the code a telephone scans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

import segno

from bot import references
from bot.money import Money
from bot.parties import Business

REFERENCE_LABELS = {
    "kid10": "kid",
    "kid11": "kid",
    "ocr": "ocr",
    "ocr_length": "ocr",
    "fik71": "fik",
    "fik75": "fik",
    "fik73": "fik",
    "fi": "viite",
    "rf": "rf",
}
ACCOUNT_LABELS = ("bankgiro", "plusgiro", "iban", "fik")

EPC_BYTES = 331
EPC_MOST = Money.of("999999999.99", "EUR")
NAME_LENGTH, TEXT_LENGTH = 70, 140
"""European Payments Council, EPC069-12: the most a code, a payee and a text may hold."""

SWISH_NUMBER = re.compile(r"123\d{7}", re.ASCII)
SWISH_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Payslip:
    """How a customer pays an amount: what to show, what to copy, and whether all check digits hold.

    `account` and `reference` are written for people; the copies are bare, for a bank's fields. `qr` is the
    content of the code, empty where there is none.
    """

    account: str
    account_copy: str
    account_label_key: str
    reference: str
    reference_copy: str
    reference_label_key: str
    amount: Money
    payee: str
    verified: bool
    qr: str


def payslip(business: Business, reference: str, account: str, amount: Money, message: str) -> Payslip:
    """How to pay a business; `message` is what a payment says that has no reference."""
    country = business.country
    account = account.strip() or business.account
    kind = references.account_kind(account, country)
    scheme = _scheme(business, reference)
    creditor = references.normalise(account) if kind == "fik" else ""
    verified = references.valid_account(account, country) and _holds(reference, scheme, creditor)
    shown = references.pretty(reference, scheme or "none", creditor)
    copied = references.normalise(shown) if scheme in REFERENCE_LABELS else shown
    iban = references.normalise(account) if kind == "iban" else ""
    return Payslip(
        account=references.pretty_account(account, country),
        account_copy=references.normalise(account),
        account_label_key=kind if kind in ACCOUNT_LABELS else "account",
        reference=shown,
        reference_copy=copied,
        reference_label_key=REFERENCE_LABELS.get(scheme, "reference"),
        amount=amount,
        payee=business.name,
        verified=verified,
        qr=_qr(business, iban, amount, _structured(reference, scheme), copied or message) if verified else "",
    )


def qr_png(payload: str) -> bytes:
    """The code as a picture large enough to scan from another screen, for mail."""
    return _image(payload, kind="png", scale=6)


def _scheme(business: Business, reference: str) -> str:
    return business.scheme or (references.recognise(reference, business.country) if reference else "none")


def _holds(reference: str, scheme: str, creditor: str) -> bool:
    """Whether what ties the payment is right; no reference is not wrong, a line to another creditor is."""
    line = references.fik(reference)
    if line and creditor and line.creditor != creditor:
        return False
    return not reference or (scheme != "" and references.valid(reference, scheme))


def _qr(business: Business, iban: str, amount: Money, structured: str, text: str) -> str:
    """The code a bank or Swish reads; empty for nothing left to pay and where there is no such code."""
    if amount.minor <= 0:
        return ""
    if amount.currency == "EUR" and iban:
        return _epc(business.name, iban, amount, structured, text)
    return _swish(business.swish, amount, text) if amount.currency == "SEK" else ""


def _structured(reference: str, scheme: str) -> str:
    """The creditor reference (ISO 11649) a payment carries, empty where it carries words instead."""
    if scheme == "fi" and reference:
        return references.as_rf(reference)
    return references.normalise(reference) if scheme == "rf" else ""


def _epc(payee: str, iban: str, amount: Money, structured: str, text: str) -> str:
    """The European code for a transfer, version 2, in UTF-8: one of reference and text, never both."""
    name = " ".join(payee.split())[:NAME_LENGTH]
    words = "" if structured else " ".join(text.split())[:TEXT_LENGTH]
    head = ("BCD", "002", "1", "SCT", "", name, iban, f"EUR{amount.decimal:.2f}", "", structured, words)
    payload = "\n".join(head).rstrip("\n")
    return payload if len(payload.encode()) <= EPC_BYTES and amount <= EPC_MOST else ""


def _swish(number: str, amount: Money, message: str) -> str:
    """Swish's code for a payment to a business: comma in the amount, message URL-encoded, all fixed."""
    payee = references.normalise(number)
    kronor = f"{amount.decimal:.2f}".replace(".", ",")
    code = f"C{payee};{kronor};{quote(message[:SWISH_LENGTH], safe='')};0"
    return code if SWISH_NUMBER.fullmatch(payee) else ""


def _image(payload: str, *, kind: str, scale: int) -> bytes:
    out = BytesIO()
    code = segno.make_qr(payload, error="m", boost_error=False, encoding="utf-8")
    code.save(out, kind=kind, scale=scale, border=4, light="white")
    return out.getvalue()
