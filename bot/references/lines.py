"""Payment lines that carry several things at once: the Danish FIK line and the Finnish virtual barcode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.references.checks import FAULTS, Wrong, fault, normalise

FIK = re.compile(r"\+(?:(71|75)<([0-9]+)|(73)<)\+([0-9]+)<")
BARCODE = re.compile(r"(?P<iban>[0-9]{16})(?P<cents>[0-9]{8})(?P<reference>[0-9]{23})(?P<due>[0-9]{6})")
MOST_CENTS = 999_999_99
CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Fik:
    """A Danish payment line in its parts; `payment` is empty in a +73 line."""

    kind: str
    payment: str
    creditor: str

    def __str__(self) -> str:
        return f"+{self.kind}<{self.payment}+{self.creditor}<"


@dataclass(frozen=True, slots=True)
class Barcode:
    """What a Finnish virtual barcode says: an amount in euro cents to an IBAN, its reference and due day.

    `reference` is a viitenumero (version 4) or an RF reference of digits (version 5).
    """

    iban: str
    cents: int
    reference: str
    due: date | None = None


def parse_fik(line: str) -> Fik:
    """A Danish payment line in its parts, or `Wrong`."""
    found = FIK.fullmatch(normalise(line))
    if found is None:
        raise Wrong("format")
    kind, payment = found[1] or found[3], found[2] or ""
    faults = {fault(payment, f"fik{kind}") if payment else "", fault(found[4], "creditor")}
    _first(faults)
    return Fik(kind, payment, found[4])


def barcode(version: int, said: Barcode) -> str:
    """The 54 digits of a virtual barcode, version 4 (viitenumero) or 5 (RF reference), or `Wrong`."""
    scheme = {4: "fi", 5: "rf"}[version]
    _first({*_account(said.iban), fault(said.reference, scheme), _digits_only(said), *_fits(said)})
    bare = normalise(said.reference)
    reference = bare.zfill(23) if version == 4 else bare[2:4] + bare[4:].zfill(21)
    due = said.due.strftime("%y%m%d") if said.due else "0" * 6
    return f"{version}{normalise(said.iban)[2:]}{said.cents:08}{reference}{due}"


def parse_barcode(text: str) -> Barcode:
    """A virtual barcode in its parts, the zeros in front of its reference dropped; or `Wrong`."""
    bare = normalise(text)
    found = BARCODE.fullmatch(bare[1:])
    if found is None or bare[0] not in "45":
        raise Wrong("format")
    reference = _viite(found["reference"]) if bare[0] == "4" else _rf(found["reference"])
    due = _day(found["due"])
    account = f"FI{found['iban']}"
    _first({fault(account, "iban"), fault(reference, "fi" if bare[0] == "4" else "rf")})
    return Barcode(account, int(found["cents"]), reference, due)


def _viite(digits: str) -> str:
    """The reference of version 4: twenty digits after three that are always zero."""
    if not digits.startswith("000"):
        raise Wrong("format")
    return digits.lstrip("0").zfill(4)


def _rf(digits: str) -> str:
    """The reference of version 5: two check digits and twenty-one more."""
    base = digits[2:].lstrip("0")
    if not base:
        raise Wrong("format")
    return f"RF{digits[:2]}{base}"


def _day(digits: str) -> date | None:
    if not digits.strip("0"):
        return None
    try:
        return date(CENTURY + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise Wrong("format") from None


def _account(iban: str) -> set[str]:
    """A barcode has room for a Finnish account alone."""
    return {fault(iban, "iban"), "" if normalise(iban).startswith("FI") else "format"}


def _digits_only(said: Barcode) -> str:
    """An RF reference may hold letters, a barcode cannot."""
    return "" if re.fullmatch(r"(RF)?[0-9]+", normalise(said.reference)) else "format"


def _fits(said: Barcode) -> set[str]:
    amount = "" if 0 <= said.cents <= MOST_CENTS else "amount"
    due = "" if said.due is None or said.due.year // 100 == CENTURY // 100 else "format"
    return {amount, due}


def _first(faults: set[str]) -> None:
    """Raise the fault that is told first, if there is one."""
    for each in FAULTS:
        if each in faults:
            raise Wrong(each)
