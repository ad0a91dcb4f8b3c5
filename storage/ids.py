"""Names: for rows, short, random and safe to read aloud; for files, what follows from their bytes."""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No look-alikes: neither 0 and o, nor 1, i and l."""
LENGTH = 12


def new_id() -> str:
    """A fresh id of twelve characters, some 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def digest_of(content: bytes) -> str:
    """What a file is known by, whatever its name: the first half of its SHA-256."""
    return hashlib.sha256(content).hexdigest()[:32]
