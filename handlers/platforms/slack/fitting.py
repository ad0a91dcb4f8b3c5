"""What fits into one message: what must be there, then the rest by rank, each cut with a word about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from handlers.platforms.slack.rich import Piece
from handlers.platforms.slack.text import Json, units


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces that belong together. `rank` 0 is never cut; of the others the highest is cut first.

    `left_out` draws the block that says how many rows are missing; without it, nothing is said of them.
    """

    pieces: Sequence[Piece]
    rank: int = 0
    left_out: Callable[[int], Json] | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """So many blocks, with so many characters in all their strings."""

    blocks: int
    characters: int

    def after(self, blocks: Sequence[Json]) -> Room:
        """What is left when blocks are in it."""
        return Room(self.blocks - len(blocks), self.characters - weight(blocks))

    def holds(self, blocks: int, characters: int) -> bool:
        """Whether so much fits."""
        return blocks <= self.blocks and characters <= self.characters


# Slack refuses messages whose blocks hold about 12,000 characters, and counts more than the words
# (slackapi/bolt-js#2509, #2867: 11,341 characters of words were too many).
MESSAGE = Room(50, 10_500)
# A view may weigh 250 kB, and a character up to three bytes.
PAGE = Room(100, 60_000)


def weight(part: object) -> int:
    """The characters in all strings of a block."""
    if isinstance(part, str):
        return units(part)
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, (list, tuple)) else ()
    return sum(map(weight, inside))


def fitted(parts: Sequence[Part], room: Room) -> list[Json]:
    """The blocks of all parts, in their order, as far as there is room."""
    drawn: dict[int, list[Json]] = {}
    for at in sorted(range(len(parts)), key=lambda at: parts[at].rank):
        later = sum(1 for part in parts if part.rank > parts[at].rank and part.pieces and part.left_out)
        drawn[at] = _cut(parts[at], Room(room.blocks - later, room.characters - later * 200))
        room = room.after(drawn[at])
    return [block for at in range(len(parts)) for block in drawn[at]]


def _cut(part: Part, room: Room) -> list[Json]:
    blocks = [piece.block for piece in part.pieces]
    sizes = list(accumulate(map(weight, blocks), initial=0))
    if part.rank == 0 or room.holds(len(blocks), sizes[-1]):
        return blocks
    for kept in range(len(blocks) - 1, -1, -1):
        missing = sum(piece.rows for piece in part.pieces[kept:])
        said = [part.left_out(missing)] if part.left_out else []
        if room.holds(kept + len(said), sizes[kept] + weight(said)):
            return [*blocks[:kept], *said]
    return []
