"""Wording: an owner's own words for a kind of letter, around marks that are filled in from the books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from unicodedata import normalize

from bot.letters import Kind, Tone

Mark = Literal[
    "greeting", "name", "invoices", "amount", "list", "payment", "pay_by", "next", "attachment", "paid_day",
    "business", "phone", "close",
]  # fmt: skip
"""A place in an owner's words that the books fill."""
EVERYWHERE: tuple[Mark, ...] = ("greeting", "name", "invoices", "amount", "business", "phone", "close")
MARKS: Mapping[Kind, tuple[Mark, ...]] = {
    "reminder": (*EVERYWHERE, "list", "payment", "pay_by", "next", "attachment"),
    "thanks": (*EVERYWHERE, "paid_day"),
}
"""The kinds of letter that an owner may word once and for all, and the marks of each."""
REQUIRED: Mapping[Kind, tuple[Mark, ...]] = {
    "reminder": ("list", "payment", "pay_by", "next", "close"),
    "thanks": ("invoices", "amount", "paid_day", "close"),
}
"""The marks without which a wording is not kept: what it is about, how and when to pay, what follows, who."""
LONGEST, LONGEST_SUBJECT = 4_000, 200
"""How many characters a wording and its subject may have."""
WRITTEN = re.compile(r"(?<!\[)\[([^\[\]{}\n]{1,40})\](?!\])|(?<!\{)\{([^\[\]{}\n]{1,40})\}(?!\})")
"""What stands in one pair of brackets."""
SPACES = re.compile(r"[ \t]{2,}")
EMPTY_LINES = re.compile(r"\n{3,}")
Names = Mapping[str, str]
"""The marks of a language by the names that are written, as `known_as` compares them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How an owner words one kind of letter in one tone and language, since when and by whose word."""

    kind: Kind
    tone: Tone
    language: str
    subject: str
    body: str
    by: str = ""
    since: date


def known_as(name: str) -> str:
    """The name of a mark as it is compared: however it is spaced and cased."""
    return " ".join(normalize("NFC", name).casefold().split())


def missing(kind: Kind, body: str, names: Names) -> Mark | None:
    """The first mark that a wording cannot do without and lacks."""
    there = {names.get(known_as(_name(found))) for found in WRITTEN.finditer(body)}
    return next((mark for mark in REQUIRED[kind] if mark not in there), None)


def strange(text: str, names: Names) -> Iterator[str]:
    """What stands in brackets and is no mark: it stays in the letter as it is."""
    return (found[0] for found in WRITTEN.finditer(text) if known_as(_name(found)) not in names)


def is_long(subject: str, body: str) -> bool:
    """Whether a wording is longer than a letter would be."""
    return len(body) > LONGEST or len(subject) > LONGEST_SUBJECT


def fill(text: str, names: Names, say: Callable[[str], str]) -> str:
    """A text with its marks filled, in one pass: what fills a mark is not looked at again.

    A mark that begins with a capital is filled with one; *kr.* at the end of a sentence ends it.
    """

    def filled(found: re.Match[str]) -> str:
        mark = names.get(known_as(_name(found)))
        if mark is None:
            return found[0]
        words = say(mark)
        if words.endswith(".") and text[found.end() : found.end() + 1] == ".":
            words = words[:-1]
        return f"{words[:1].upper()}{words[1:]}" if _name(found).strip()[:1].isupper() else words

    return tidy(WRITTEN.sub(filled, text))


def tidy(text: str) -> str:
    """A text without the blanks and empty lines that marks leave where nothing fills them."""
    lines = (SPACES.sub(" ", line).strip(" \t") for line in text.replace("\r\n", "\n").split("\n"))
    return EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _name(found: re.Match[str]) -> str:
    return found[1] or found[2]
