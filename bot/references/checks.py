"""What a reference, an account or a number must be by its scheme, and what is wrong with one that is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stdnum import iban, luhn, numdb
from stdnum.dk import cvr
from stdnum.iso7064 import mod_97_10
from stdnum.no import orgnr

FAULTS = ("character", "format", "length", "check_digit", "length_digit", "amount")
"""What can be wrong, in the order in which it is told."""
HYPHENS = str.maketrans("‐‑–−", "----")
LONGEST_RF = 25
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KINDS = {"n": "0123456789", "a": LETTERS, "c": LETTERS + "0123456789"}
"""The characters of an IBAN, by the letters that ISO 13616 has for them."""


class Wrong(ValueError):
    """A reference that does not hold; `fault` is one of `FAULTS`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Digits:
    """A scheme of nothing but digits: how many, and whether those that check the others hold.

    `ending`: what else the last one may be. `length_digit`: the last but one counts all of them.
    """

    least: int
    most: int
    holds: Callable[[str], bool]
    ending: str = ""
    length_digit: bool = False

    def check(self, bare: str) -> None:
        """Raise `Wrong` with the first fault."""
        if bare.removesuffix(self.ending).strip("0123456789"):
            raise Wrong("character")
        if not self.least <= len(bare) <= self.most:
            raise Wrong("length")
        if not self.holds(bare):
            raise Wrong("check_digit")
        if self.length_digit and int(bare[-2]) != len(bare) % 10:
            raise Wrong("length_digit")


def normalise(text: str) -> str:
    """A reference, account or number without what is only layout: blanks, dots, inner hyphens; in capitals.

    Leading zeros count and stay, and so does the hyphen that can be the check digit of a KID.
    """
    if text.isascii() and text.isdigit():
        return text
    compact = re.sub(r"[\s.]", "", text.translate(HYPHENS)).upper()
    ending = "-" if re.fullmatch(r"[0-9]+-", compact) else ""
    return compact.replace("-", "") + ending


def validate(text: str, scheme: str) -> str:
    """What is left of a text without its layout, when it holds by a scheme; otherwise `Wrong`."""
    bare = normalise(text)
    _CHECKS[scheme](bare)
    return bare


def fault(text: str, scheme: str) -> str:
    """What is wrong with a text by a scheme; empty when it holds."""
    try:
        validate(text, scheme)
    except Wrong as wrong:
        return wrong.fault
    return ""


def mod11(base: str) -> str:
    """The check character of the Norwegian banks: weights 2 to 7 from the right, 10 written as a hyphen."""
    rest = -weighted(base, (2, 3, 4, 5, 6, 7)) % 11
    return "-" if rest == 10 else str(rest)


def mod731(base: str) -> str:
    """The check digit of a Finnish reference: weights 7, 3, 1 from the right."""
    return str(-weighted(base, (7, 3, 1)) % 10)


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    """The sum of digits from the right, each times its weight; the weights start over when they end."""
    return sum(int(digit) * weights[at % len(weights)] for at, digit in enumerate(reversed(digits)))


def _ends_with(check: Callable[[str], str]) -> Callable[[str], bool]:
    return lambda bare: bare[-1] == check(bare[:-1])


def _finnish(bare: str) -> None:
    """Zeros alone hold by their sum, and refer to nothing."""
    DIGITS["fi"].check(bare)
    if not bare.strip("0"):
        raise Wrong("format")


def _rf(bare: str) -> None:
    """ISO 11649: RF, two check digits, up to 21 letters and digits."""
    if not re.fullmatch(r"RF[0-9]{2}[0-9A-Z]*", bare):
        raise Wrong("format")
    if not len("RF00") < len(bare) <= LONGEST_RF:
        raise Wrong("length")
    if not mod_97_10.is_valid(bare[4:] + bare[:4]):
        raise Wrong("check_digit")


def _iban(bare: str) -> None:
    """ISO 13616: the country tells how many characters, and which of them are digits."""
    inside = _inside(bare)
    if not inside or any(char not in allowed for char, allowed in zip(bare[4:], inside, strict=False)):
        raise Wrong("format")
    if len(bare) != len("NO00") + len(inside):
        raise Wrong("length")
    if not _iban_holds(bare):
        raise Wrong("check_digit")


def _inside(bare: str) -> tuple[str, ...]:
    """The characters that may stand at each place after the fourth; none when no country is known."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]*", bare):
        return ()
    known = numdb.get("iban").info(bare[:4])[0][1].get("bban", "")
    return tuple(
        KINDS[kind] for count, kind in re.findall(r"(\d+)!([nac])", known) for _ in range(int(count))
    )


def _iban_holds(bare: str) -> bool:
    """The library takes a Norwegian account that begins with four zeros for one of seven digits."""
    if bare.startswith("NO"):
        return iban.is_valid(bare, check_country=False) and DIGITS["account"].holds(bare[4:])
    return iban.is_valid(bare)


DIGITS: Mapping[str, Digits] = {
    "kid10": Digits(2, 25, luhn.is_valid),
    "kid11": Digits(2, 25, _ends_with(mod11), ending="-"),
    "account": Digits(11, 11, _ends_with(mod11)),
    "orgnr_no": Digits(9, 9, lambda bare: orgnr.checksum(bare) == 0),
    "ocr": Digits(2, 25, luhn.is_valid),
    "ocr_length": Digits(3, 25, luhn.is_valid, length_digit=True),
    "bankgiro": Digits(7, 8, luhn.is_valid),
    "plusgiro": Digits(2, 8, luhn.is_valid),
    "orgnr_se": Digits(10, 10, luhn.is_valid),
    "fik71": Digits(15, 15, luhn.is_valid),
    "fik75": Digits(16, 16, luhn.is_valid),
    "creditor": Digits(8, 8, lambda _bare: True),
    "cvr": Digits(8, 8, lambda bare: cvr.checksum(bare) == 0),
    "fi": Digits(4, 20, _ends_with(mod731)),
}
_CHECKS: Mapping[str, Callable[[str], None]] = {
    **{name: digits.check for name, digits in DIGITS.items()},
    "fi": _finnish,
    "rf": _rf,
    "iban": _iban,
}
