"""Payment references, accounts and company numbers: do they hold, and how do people write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from stdnum import iban, iso11649, luhn
from stdnum.iso7064 import mod_97_10

from bot.countries import Account
from bot.countries import country as country_of

FIK = re.compile(r"\+(71|73|75)<(\d{0,16})\+(\d{8})<", re.ASCII)
FIK_DIGITS = {"71": 15, "75": 16, "73": 0}
HYPHENS = str.maketrans("‐‑–−", "----")


@dataclass(frozen=True, slots=True)
class Fik:
    """A Danish payment line in its parts; `payment` is empty in a +73 line."""

    kind: str
    payment: str
    creditor: str

    def __str__(self) -> str:
        return f"+{self.kind}<{self.payment}+{self.creditor}<"


def normalise(text: str) -> str:
    """A reference, account or number without what is only layout: blanks, dots, inner hyphens; in capitals.

    Leading zeros count and stay, and so does the hyphen that can be the check digit of a KID.
    """
    compact = re.sub(r"[\s.]", "", text.translate(HYPHENS)).upper()
    ending = "-" if re.fullmatch(r"[0-9]+-", compact) else ""
    return compact.replace("-", "") + ending


def valid(reference: str, scheme: str) -> bool:
    """Whether a reference holds by the rules of a scheme; free text (`none`) does when there is any."""
    check = _CHECKS.get(scheme)
    if check is None:
        raise ValueError(f"no reference scheme {scheme!r}: there is {', '.join(SCHEMES)}")
    return check(normalise(reference))


def recognise(reference: str, country: str) -> str:
    """The scheme of a country that a reference fits, the usual one first; empty when it fits none."""
    schemes = (scheme for scheme in country_of(country).schemes if scheme != "none")
    return next((scheme for scheme in schemes if valid(reference, scheme)), "")


def with_check_digit(digits: str) -> str:
    """A reference of the MOD10 kind (KID, OCR): the digits and their check digit."""
    return digits + luhn.calc_check_digit(digits)


def pretty(reference: str, scheme: str, account: str = "") -> str:
    """A reference as people read it; a Danish payment id needs the creditor's account to become a line."""
    bare = normalise(reference)
    if scheme == "none":
        return reference.strip()
    if scheme == "rf":
        return _grouped(bare, 4)
    if scheme == "fi":
        return _grouped(bare[::-1], 5)[::-1]
    kind = scheme.removeprefix("fik")
    if account and len(bare) == FIK_DIGITS.get(kind):
        return str(Fik(kind, bare, normalise(account)))
    return bare


def fik(line: str) -> Fik | None:
    """A Danish payment line in its parts, or None when it is none or its check digit is wrong."""
    found = FIK.fullmatch(normalise(line))
    parts = Fik(*found.groups()) if found else None
    return parts if parts and _is_payment_id(parts.payment, parts.kind) else None


def as_rf(finnish: str) -> str:
    """The international form (ISO 11649) of a Finnish reference, its leading zeros dropped."""
    base = normalise(finnish).lstrip("0")
    return f"RF{mod_97_10.calc_check_digits(base + 'RF')}{base}"


def account_kind(account: str, country: str) -> str:
    """What an account looks like: iban, bankgiro, plusgiro, bban, fik; empty when none of a country's."""
    if re.match(r"[A-Z]{2}\d{2}", normalise(account)):
        return "iban"
    found = _account(account, country)
    return found[0].kind if found else ""


def valid_account(account: str, country: str) -> bool:
    """Whether an account is of a kind known in a country and its check digits hold."""
    if account_kind(account, country) == "iban":
        return iban.is_valid(normalise(account))
    found = _account(account, country)
    return found is not None and _holds(normalise(account), found[0].check, country)


def pretty_account(account: str, country: str) -> str:
    """An account as people of a country write it; one of no known kind stays as it came."""
    if account_kind(account, country) == "iban":
        return _grouped(normalise(account), 4)
    found = _account(account, country)
    return found[1].expand(found[0].written) if found else account.strip()


def number_valid(number: str, country: str) -> bool:
    """Whether a company number of a country holds."""
    return _holds(normalise(number), country_of(country).number_kind, country)


def pretty_number(number: str, country: str) -> str:
    """A company number as people of a country write it; one that does not hold stays as it came."""
    if not number_valid(number, country):
        return number.strip()
    rules = _rules(country_of(country).number_kind, country)
    write: Callable[[str], str] = getattr(rules, "format", rules.compact)
    return write(number)


def _account(account: str, country: str) -> tuple[Account, re.Match[str]] | None:
    bare = re.sub(r"\s", "", account.translate(HYPHENS))
    matches = ((kind, re.fullmatch(kind.shape, bare, re.ASCII)) for kind in country_of(country).accounts)
    return next(((kind, match) for kind, match in matches if match), None)


def _holds(bare: str, check: str, country: str) -> bool:
    if check in ("", "luhn"):
        return not check or luhn.is_valid(bare)
    return bool(_rules(check, country).is_valid(bare))


def _rules(name: str, country: str) -> ModuleType:
    return import_module(f"stdnum.{country.lower()}.{name}")


def _grouped(text: str, size: int) -> str:
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def _is_luhn(bare: str) -> bool:
    return re.fullmatch(r"[0-9]{2,25}", bare) is not None and luhn.is_valid(bare)


def _is_kid11(bare: str) -> bool:
    """MOD11: weights 2 to 7 from the right, and a remainder of 10 is written as a hyphen."""
    if not re.fullmatch(r"[0-9]{1,24}[0-9-]", bare):
        return False
    rest = -_weighted(bare[:-1], (2, 3, 4, 5, 6, 7)) % 11
    return bare[-1] == ("-" if rest == 10 else str(rest))


def _is_ocr_with_length(bare: str) -> bool:
    return _is_luhn(bare) and len(bare) > 2 and int(bare[-2]) == len(bare) % 10


def _is_finnish(bare: str) -> bool:
    if not re.fullmatch(r"[0-9]{4,20}", bare) or not bare.strip("0"):
        return False
    return int(bare[-1]) == -_weighted(bare[:-1], (7, 3, 1)) % 10


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    """The sum of digits from the right, each times its weight; the weights start over when they end."""
    return sum(int(digit) * weights[at % len(weights)] for at, digit in enumerate(reversed(digits)))


def _is_fik(bare: str, kind: str) -> bool:
    line = fik(bare)
    return line.kind == kind if line else bool(bare) and _is_payment_id(bare, kind)


def _is_payment_id(bare: str, kind: str) -> bool:
    if kind == "73":
        return not bare
    return len(bare) == FIK_DIGITS[kind] and _is_luhn(bare)


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "kid10": _is_luhn,
    "kid11": _is_kid11,
    "ocr": _is_luhn,
    "ocr_length": _is_ocr_with_length,
    "fik71": lambda bare: _is_fik(bare, "71"),
    "fik75": lambda bare: _is_fik(bare, "75"),
    "fik73": lambda bare: _is_fik(bare, "73"),
    "fi": _is_finnish,
    "rf": lambda bare: bare.isascii() and iso11649.is_valid(bare),
    "none": bool,
}
SCHEMES = tuple(_CHECKS)
