"""Rich text: rows of words that are never markup, whatever is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat import Moment
from handlers.platforms.slack.text import Instant, Json, timed, units

ROOM = 2500
"""Characters in one block of rich text."""
ROWS = 10

Row = list[Json]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, and how many rows are lost when it is left out."""

    block: Json
    rows: int = 1


def said(text: str, moments: Sequence[Moment] = (), *, bold: bool = False, code: bool = False) -> Row:
    """A text as elements of a row."""
    style = {name: True for name, on in (("bold", bold), ("code", code)) if on}
    return [_element(piece, {"style": style} if style else {}) for piece in timed(text, moments)]


def _element(piece: str | Instant, style: Json) -> Json:
    if isinstance(piece, str):
        return {"type": "text", "text": piece, **style}
    return {
        "type": "date",
        "timestamp": piece.stamp,
        "format": piece.format,
        "fallback": piece.text,
        **style,
    }


def block(*elements: Json) -> Json:
    """A block of rich text."""
    return {"type": "rich_text", "elements": list(elements)}


def section(*rows: Row) -> Json:
    """Rows one below the other."""
    parts = [part for row in rows for part in (*said("\n"), *row)]
    return {"type": "rich_text_section", "elements": parts[1:]}


def bullets(*rows: Row) -> Json:
    """Rows as a list."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [section(row) for row in rows]}


def sheet(text: str) -> Json:
    """A text that keeps its lines, and can be copied as one."""
    return {"type": "rich_text_preformatted", "elements": said(text)}


def stacked(rows: Sequence[Row], *, listed: bool = False) -> list[Piece]:
    """Rows in as few blocks as hold them."""
    draw = bullets if listed else section
    return [Piece(block(draw(*group)), len(group)) for group in _grouped(rows)]


def _grouped(rows: Sequence[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    room = 0
    for row in rows:
        size = sum(units(str(part.get("text", ""))) for part in row)
        if not groups or size > room or len(groups[-1]) == ROWS:
            groups.append([])
            room = ROOM
        groups[-1].append(row)
        room -= size
    return groups
