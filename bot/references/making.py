"""References made from their base: a number becomes a KID, an OCR number, a payment id, a viitenumero."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stdnum import iban, luhn
from stdnum.iso7064 import mod_97_10

from bot.references.checks import DIGITS, Wrong, mod11, mod731, normalise, validate


def make(base: str, scheme: str) -> str:
    """The full reference of a scheme, or `Wrong`; RF takes a viitenumero with its check digit."""
    if scheme == "rf":
        return as_rf(validate(base, "fi"))
    bare = normalise(base)
    if bare.strip("0123456789"):
        raise Wrong("character")
    if not 0 < len(bare) < DIGITS[scheme].most:
        raise Wrong("length")
    return validate(_MAKERS[scheme](bare), scheme)


def with_check_digit(digits: str) -> str:
    """A reference of the MOD10 kind (KID, OCR): the digits and their check digit."""
    return digits + luhn.calc_check_digit(digits)


def as_rf(finnish: str) -> str:
    """The international form (ISO 11649) of a Finnish reference, its leading zeros dropped."""
    base = normalise(finnish).lstrip("0")
    return f"RF{mod_97_10.calc_check_digits(base + 'RF')}{base}"


def as_iban(account: str) -> str:
    """The IBAN of a Norwegian account."""
    return f"NO{iban.calc_check_digits('NO00' + account)}{account}"


def _with_length(base: str) -> str:
    """Both digits that come are counted."""
    return with_check_digit(f"{base}{(len(base) + 2) % 10}")


def _filled(size: int) -> Callable[[str], str]:
    return lambda base: with_check_digit(base.zfill(size - 1))


_MAKERS: Mapping[str, Callable[[str], str]] = {
    "kid10": with_check_digit,
    "kid11": lambda base: base + mod11(base),
    "ocr": with_check_digit,
    "ocr_length": _with_length,
    "fik71": _filled(15),
    "fik75": _filled(16),
    "fi": lambda base: base + mod731(base),
}
