"""Names: for rows, short, random and safe to read aloud; for files, what follows from their bytes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from itertools import count, product
from pathlib import Path

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No look-alikes: neither 0 and o, nor 1, i and l."""
LENGTH = 12
MANY = len(ALPHABET) ** LENGTH
QUARTERS = tuple(map("".join, product(ALPHABET, repeat=LENGTH // 4)))
"""What three letters of an id can be."""


def new_id() -> str:
    """A fresh id of twelve characters, some 59 bits."""
    return _spelt(secrets.randbelow(MANY))


def series() -> Callable[[], str]:
    """Gives fresh ids for many rows: counted from a random one, so that the rows lie together on the disk."""
    numbers = count(secrets.randbelow(MANY))
    return lambda: _spelt(next(numbers) % MANY)


def _spelt(number: int) -> str:
    first, rest = divmod(number, len(QUARTERS) ** 3)
    second, rest = divmod(rest, len(QUARTERS) ** 2)
    third, fourth = divmod(rest, len(QUARTERS))
    return f"{QUARTERS[first]}{QUARTERS[second]}{QUARTERS[third]}{QUARTERS[fourth]}"


def digest_of(content: bytes) -> str:
    """What a file is known by, whatever its name: the first half of its SHA-256."""
    return hashlib.sha256(content).hexdigest()[:32]


def digest_of_file(path: Path) -> str:
    """The same of a file on the disk, however big."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]
