"""Buttons under a message, in rows that read well on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from handlers.platforms.telegram.rich import shortened

MOST = 100
"""Buttons under one message."""
LABEL = 56
COPIED = 256
"""UTF-16 units that a button can put on the clipboard."""
ABREAST = ((3, 9), (2, 16))
"""How many stand in one row, and how long their labels may be for that."""


@dataclass(frozen=True, slots=True)
class Key:
    """One button: it sends `data` back, puts `copy` on the clipboard, or opens `url`; `alone` in its row."""

    label: str
    data: str = ""
    copy: str = ""
    url: str = ""
    style: str = ""
    alone: bool = False


Rows = tuple[tuple[Key, ...], ...]


def rows(keys: Iterable[Key]) -> Rows:
    """Keys in rows: long ones and those that matter most have one to themselves."""
    made: list[tuple[Key, ...]] = []
    rest = list(keys)
    while rest:
        together = next((n for n, room in ABREAST if _fit(rest[:n], n, room)), 1)
        made.append(tuple(rest[:together]))
        rest = rest[together:]
    return tuple(made)


def markup(of: Rows) -> InlineKeyboardMarkup | None:
    """Rows as Telegram takes them; None when there is nothing to press."""
    return InlineKeyboardMarkup([[_button(key) for key in row] for row in of]) if of else None


def _fit(keys: Sequence[Key], count: int, room: int) -> bool:
    return len(keys) == count and all(len(k.label) <= room and not k.alone for k in keys)


def _button(key: Key) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        shortened(key.label, LABEL) or "·",
        callback_data=key.data or None,
        copy_text=CopyTextButton(key.copy) if key.copy else None,
        url=key.url or None,
        style=key.style or None,
    )
