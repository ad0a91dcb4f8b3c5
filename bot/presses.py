"""Presses: what a customer says on their page, as it is read and as it is kept."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bot.disputes import REASONS, Reason
from bot.pages import Sheet

Kind = Literal["paid", "more_time", "wrong", "copy"]
KINDS: tuple[Kind, ...] = ("paid", "more_time", "wrong", "copy")
"""What a customer can say, in the order in which it is offered."""
MOST_WORDS = 2000
MOST_LINE = 200
FAR = timedelta(days=366)
"""No day that is named lies further off than this."""
MAILBOX = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
KEPT = "\n\u200d"
"""A new line, and what holds an emoji of several people together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a customer says on the page: one of four things, and what they add to it."""

    kind: Kind
    day: date | None = None
    numbers: tuple[str, ...] = ()
    reason: Reason | Literal[""] = ""
    to: str = ""
    words: str = ""


def kind(written: str) -> Kind | None:
    """Which of the four things was pressed."""
    return next((each for each in KINDS if each == written), None)


def reason(written: str) -> Reason:
    """What a customer says is wrong."""
    return next((each for each in REASONS if each == written), "other")


def flaw(kind: Kind, day: date, today: date) -> str:
    """What is wrong with a day, as a key of the words: time is asked for ahead; nothing lies too far off."""
    if kind == "more_time" and day < today:
        return "day_past"
    return "day_far" if abs(day - today) > FAR else ""


def tidy(text: str, most: int = MOST_WORDS, *, lines: bool = True) -> str:
    """Words as they were meant: composed, without marks that turn the writing round, not endless."""
    one = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(c if c.isprintable() or c in KEPT else " " for c in one[: 2 * most])
    bare = re.sub(r"\n{3,}", "\n\n", kept) if lines else " ".join(kept.split())
    return bare.strip()[:most].rstrip()


def mailbox(written: str) -> str:
    """An address that somebody may have meant; empty where it cannot be one."""
    bare = tidy(written, MOST_LINE, lines=False)
    return bare if MAILBOX.fullmatch(bare) else ""


def ident(letter: str, text: str, earlier: int) -> str:
    """The id of an answer: the same words, until they are read, are the same answer however often they come.

    `earlier` is how many answers of theirs have been read.
    """
    return hashlib.sha256("\x1f".join((letter, str(earlier), text)).encode()).hexdigest()[:32]


def said(kind: Kind, day: date | None, values: Mapping[str, str], sheet: Sheet) -> Said:
    """What was said, each part only where it belongs; a wrong is of all invoices unless one is named."""
    number = values.get("invoice", "")
    one = Said(kind=kind, words=tidy(values.get("words", "")))
    if kind == "wrong":
        meant = (number,) if number in sheet.numbers else sheet.numbers
        return replace(one, numbers=meant, reason=reason(values.get("reason", "")))
    if kind == "copy":
        return replace(one, to=mailbox(values.get("to", "")))
    return replace(one, day=day)
