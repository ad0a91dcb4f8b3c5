"""Names as they are compared, whoever typed them."""

from __future__ import annotations

import unicodedata

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ð": "d", "þ": "th", "đ": "d", "ł": "l"})
"""Letters that no decomposition takes apart."""


def fold(text: str) -> str:
    """Text as it is compared: without case, accents and doubled spaces."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
