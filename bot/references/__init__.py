"""Payment references, accounts and company numbers: do they hold, and how do people write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType

from stdnum import luhn

from bot.countries import Account
from bot.countries import country as country_of
from bot.references.checks import DIGITS, HYPHENS, Wrong, fault, normalise
from bot.references.lines import Fik, parse_fik
from bot.references.making import as_rf, with_check_digit

__all__ = [
    "SCHEMES", "Fik", "account_kind", "as_rf", "fik", "normalise", "number_valid", "pretty", "pretty_account",
    "pretty_number", "recognise", "valid", "valid_account", "with_check_digit",
]  # fmt: skip

SCHEMES = ("kid10", "kid11", "ocr", "ocr_length", "fik71", "fik75", "fik73", "fi", "rf", "none")
"""The schemes that an invoice's reference can be of."""
FEW = 1_000
"""Of how many accounts and numbers it is remembered how they are written: a business has few of its own."""


def valid(reference: str, scheme: str) -> bool:
    """Whether a reference holds by the rules of a scheme; free text (`none`) does when there is any."""
    if scheme not in SCHEMES:
        raise ValueError(f"no reference scheme {scheme!r}: there is {', '.join(SCHEMES)}")
    if scheme == "none":
        return bool(normalise(reference))
    line = fik(reference) if scheme.startswith("fik") else None
    if line or scheme == "fik73":
        return line is not None and scheme == f"fik{line.kind}"
    return not fault(reference, scheme)


def recognise(reference: str, country: str) -> str:
    """The scheme of a country that a reference fits, the usual one first; empty when it fits none."""
    schemes = (scheme for scheme in country_of(country).schemes if scheme != "none")
    return next((scheme for scheme in schemes if valid(reference, scheme)), "")


def pretty(reference: str, scheme: str, account: str = "") -> str:
    """A reference as people read it; a Danish payment id needs the creditor's account to become a line."""
    bare = normalise(reference)
    if scheme == "none":
        return reference.strip()
    if scheme == "rf":
        return _grouped(bare, 4)
    if scheme == "fi":
        return _grouped(bare[::-1], 5)[::-1]
    if account and _is_payment_id(bare, scheme):
        return str(Fik(scheme.removeprefix("fik"), bare, normalise(account)))
    return bare


def fik(line: str) -> Fik | None:
    """A Danish payment line in its parts, or None when it is none or its check digit is wrong."""
    try:
        return parse_fik(line)
    except Wrong:
        return None


@lru_cache(maxsize=FEW)
def account_kind(account: str, country: str) -> str:
    """What an account looks like: iban, bankgiro, plusgiro, bban, fik; empty when none of a country's."""
    if re.match(r"[A-Z]{2}\d{2}", normalise(account)):
        return "iban"
    found = _account(account, country)
    return found[0].kind if found else ""


def valid_account(account: str, country: str) -> bool:
    """Whether an account is of a kind known in a country and its check digits hold."""
    if account_kind(account, country) == "iban":
        return not fault(account, "iban")
    found = _account(account, country)
    return found is not None and _holds(normalise(account), found[0].check, country)


@lru_cache(maxsize=FEW)
def pretty_account(account: str, country: str) -> str:
    """An account as people of a country write it; one of no known kind stays as it came."""
    if account_kind(account, country) == "iban":
        return _grouped(normalise(account), 4)
    found = _account(account, country)
    return found[1].expand(found[0].written) if found else account.strip()


def number_valid(number: str, country: str) -> bool:
    """Whether a company number of a country holds."""
    return _holds(normalise(number), country_of(country).number_kind, country)


@lru_cache(maxsize=FEW)
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


@cache
def _rules(name: str, country: str) -> ModuleType:
    return import_module(f"stdnum.{country.lower()}.{name}")


def _grouped(text: str, size: int) -> str:
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def _is_payment_id(bare: str, scheme: str) -> bool:
    """Whether a payment id is as long as its kind of line asks for; a +73 line has none."""
    return not bare if scheme == "fik73" else scheme.startswith("fik") and len(bare) == DIGITS[scheme].most
