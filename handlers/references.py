"""Questions about payment references and their answers, one JSON object a line each way."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from bot.references.checks import Wrong, validate
from bot.references.lines import Barcode, barcode, parse_barcode, parse_fik
from bot.references.making import as_iban, make

Answer = dict[str, Any]
NAMES = {"ocr-length": "ocr_length", "viite": "fi"}
"""The schemes that a question calls otherwise than Purr does."""
VALIDATED = (
    "kid10", "kid11", "account", "ocr", "ocr-length", "bankgiro", "plusgiro", "fik71", "fik75", "cvr",
    "viite", "rf", "iban",
)  # fmt: skip
MADE = ("kid10", "kid11", "ocr", "ocr-length", "fik71", "fik75", "viite", "rf")


class Unreadable(Wrong):
    """A question that is none: no JSON, or not of the types that were agreed."""

    def __init__(self) -> None:
        super().__init__("format")


def answers(lines: Iterable[bytes]) -> Iterator[str]:
    """One answer a question, in their order; a line that cannot be read is answered too."""
    return (json.dumps(_answer(_read(line))) for line in lines)


def _read(line: bytes) -> Answer:
    """The fields of a question; none of a line that holds no object."""
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}


def _answer(asked: Answer) -> Answer:
    ident, scheme = (asked[key] if isinstance(asked.get(key), str) else None for key in ("id", "scheme"))
    shape = {"id": ident, "scheme": scheme, "valid": False, "value": None, "parts": None, "error": None}
    try:
        return {**shape, **_given(asked), "valid": True}
    except Unreadable as wrong:
        return {**shape, "error": wrong.fault, "refusals": ["invalid_input"]}
    except Wrong as wrong:
        return {**shape, "error": wrong.fault}


def _given(asked: Answer) -> Answer:
    """What is known when everything holds: the value or the parts."""
    _, scheme, op = (_text(asked.get(key)) for key in ("id", "scheme", "op"))
    ways = NUMBERS if scheme == "orgnr" else WAYS
    way = ways.get((str(asked.get("country")) if scheme == "orgnr" else scheme, op))
    if way is None:
        raise Wrong("scheme_unknown")
    return {"parts" if op == "parse" else "value": way(asked.get("value"))}


def _validated(scheme: str, value: object) -> str:
    return validate(_text(value), scheme)


def _made(scheme: str, value: object) -> str:
    return make(_text(value), scheme)


def _fik(value: object) -> Answer:
    line = parse_fik(_text(value))
    return {"type": line.kind, "payment_id": line.payment or None, "creditor": line.creditor}


def _account(value: object) -> Answer:
    account = validate(_text(value), "account")
    return {"account": account, "iban": as_iban(account)}


def _barcode(value: object) -> Answer:
    said = parse_barcode(_text(value))
    return {
        "iban": said.iban,
        "amount": f"{Decimal(said.cents) / 100:.2f}",
        "reference": said.reference,
        "due": said.due.isoformat() if said.due else None,
    }


def _barcode_made(version: int, value: object) -> str:
    if not isinstance(value, dict):
        raise Unreadable
    iban, reference = _text(value.get("iban")), _text(value.get("reference"))
    cents = _cents(value.get("amount"))
    made = barcode(version, Barcode(iban, cents or 0, reference, _day(value.get("due"))))
    if cents is None:
        raise Wrong("amount")
    return made


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unreadable
    return value


def _cents(amount: object) -> int | None:
    """An amount as a text with a point; None when it is no such text."""
    written = re.fullmatch(r"([0-9]{1,20})(?:\.([0-9]{1,2}))?", amount) if isinstance(amount, str) else None
    return int(written[1] + (written[2] or "").ljust(2, "0")) if written else None


def _day(due: object) -> date | None:
    if due is None:
        return None
    if not isinstance(due, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", due):
        raise Wrong("format")
    try:
        return date.fromisoformat(due)
    except ValueError:
        raise Wrong("format") from None


Ways = Mapping[tuple[str, str], Callable[[object], str | Answer]]
WAYS: Ways = {
    **{(scheme, "validate"): partial(_validated, NAMES.get(scheme, scheme)) for scheme in VALIDATED},
    **{(scheme, "make"): partial(_made, NAMES.get(scheme, scheme)) for scheme in MADE},
    ("account", "parse"): _account,
    ("fik", "parse"): _fik,
    ("barcode4", "make"): partial(_barcode_made, 4),
    ("barcode5", "make"): partial(_barcode_made, 5),
    ("barcode", "parse"): _barcode,
}
NUMBERS: Ways = {
    ("NO", "validate"): partial(_validated, "orgnr_no"),
    ("SE", "validate"): partial(_validated, "orgnr_se"),
}
"""By country, for each has rules of its own."""
