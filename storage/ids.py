"""Names for rows: short, random, and safe to read aloud or put in an address."""

from __future__ import annotations

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No look-alikes: neither 0 and o, nor 1, i and l."""
LENGTH = 12


def new_id() -> str:
    """A fresh id of twelve characters, some 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
