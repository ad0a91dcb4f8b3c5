"""Links: the signed address of a customer's page, which tells nothing and cannot be guessed."""

from __future__ import annotations

import hmac
import re
from base64 import b32decode, b32encode
from collections.abc import Callable
from dataclasses import dataclass

SEAL = 16
"""How many bytes of the signature a link carries."""
LONGEST_TOKEN = 400
BETWEEN = "\x1f"
SECURE = re.compile(r"https://|http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?/?$", re.IGNORECASE)
"""What is owed is not sent in the clear, except on this machine, to try it out."""

Sign = Callable[[str], bytes]
"""Signs a text with the house's own key."""
Link = Callable[[str, str], str]
"""The address of the page of a letter, by business and letter."""


@dataclass(frozen=True, slots=True)
class Address:
    """The page of one letter of one business."""

    business: str
    letter: str


def is_secure(public_url: str) -> bool:
    """Whether a page may be shown at an address: nobody on the way can read it."""
    return bool(SECURE.match(public_url))


def link(public_url: str, sign: Sign, business: str, letter: str) -> str:
    """The address of a letter's page, where Purr is reached from outside."""
    return f"{public_url.rstrip('/')}/p/{token(Address(business, letter), sign)}"


def token(address: Address, sign: Sign) -> str:
    """What opens a page, signed: letters and digits alone, which no program breaks or trims at the end."""
    named = BETWEEN.join((address.business, address.letter))
    return _spelt(sign(named)[:SEAL] + named.encode())


def opened(written: str, sign: Sign) -> Address | None:
    """The page that a token opens; None for one that is not ours, told without looking into any books."""
    try:
        packed = b32decode(written.upper() + "=" * (-len(written) % 8)) if _may_be(written) else b""
        named = packed[SEAL:].decode()
    except ValueError:
        return None
    seal = sign(named)[:SEAL]
    business, between, letter = named.partition(BETWEEN)
    is_ours = hmac.compare_digest(packed[:SEAL], seal) and _spelt(packed) == written.lower()
    return Address(business, letter) if is_ours and between else None


def _may_be(written: str) -> bool:
    return written.isascii() and written.isalnum() and len(written) <= LONGEST_TOKEN


def _spelt(packed: bytes) -> str:
    return b32encode(packed).decode().rstrip("=").lower()
