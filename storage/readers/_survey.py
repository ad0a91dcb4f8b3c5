"""What is only known of a table once all of it was looked at: its decimal sign, numbers that repeat."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from storage.readers._amounts import Sign, likelier, vote
from storage.readers._cells import Cell, as_text
from storage.readers._columns import AMOUNTS, DATES
from storage.readers._dates import month_comes_first

Line = tuple[int, Sequence[Cell]]
"""A row with the number its line has in the file."""

MOST_BITS = 26
"""Numbers are remembered by a bit each, in two to this many bits (8 MiB): so memory is flat for any file."""


@dataclass(slots=True)
class Survey:
    """How many rows there are, their decimal sign, their order of a date, and numbers that may repeat."""

    rows: int = 0
    sign: Sign | None = None
    american: bool = False
    suspects: set[str] = field(default_factory=set)


def survey(rows: Iterable[Line], columns: Mapping[str, int], size: int) -> Survey:
    """All rows looked at once; `size` is about how many bytes they have."""
    amounts = [at for name in AMOUNTS if (at := columns.get(name)) is not None]
    days = [at for name in DATES if (at := columns.get(name)) is not None]
    number, votes, found, seen = columns.get("number"), Counter[Sign](), Survey(), Seen(size)
    for _, cells in rows:
        found.rows += 1
        for at in amounts:
            if at < len(cells) and (sign := vote(cells[at])):
                votes[sign] += 1
        for at in days:
            if at < len(cells) and isinstance(cell := cells[at], str) and "/" in cell:
                found.american = found.american or month_comes_first([cell])
        if number is not None and number < len(cells) and seen.before(text := as_text(cells[number])):
            found.suspects.add(text)
    found.sign = likelier(votes)
    return found


class Seen:
    """Texts that came by, by one bit each: that one came before may be wrong, that it did not never is."""

    def __init__(self, size: int) -> None:
        bits = min(MOST_BITS, max(12, (8 * size).bit_length()))
        self.bits = bytearray(1 << bits - 3)
        self.mask = (1 << bits) - 1

    def before(self, text: str) -> bool:
        """Whether a text may have come by; from now on it has."""
        at, bit = divmod(crc32(text.encode()) & self.mask, 8)
        known = self.bits[at] >> bit & 1
        self.bits[at] |= 1 << bit
        return bool(known)


def repeating(rows: Iterable[Line], number: int, suspects: Collection[str]) -> list[list[Line]]:
    """The rows of each suspected number that does stand in several, in the order they first come."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in rows if suspects else ():
        if number < len(line[1]) and (text := as_text(line[1][number])) in suspects:
            found[text].append(line)
    return [lines for lines in found.values() if len(lines) > 1]
