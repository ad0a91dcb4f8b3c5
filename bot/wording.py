"""Wording: an owner's own words for a kind of letter, around marks that are filled in from the books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from unicodedata import normalize

from bot.letters import Facts, Kind, Tone

Mark = Literal[
    "greeting", "name", "invoices", "amount", "list", "payment", "pay_by", "next", "attachment", "paid_day",
    "thanks_for", "understood", "debt", "dropped", "contested", "reply_by", "hold_until", "answer_day",
    "said_day", "subject", "ask", "facts", "business", "phone", "close",
]  # fmt: skip
"""A place in an owner's words that the books fill, by the name of the block of ours that fills it."""
Sort = Kind | Literal["deferral", "plan_agreed", "let_off", "part_disputed"]
"""What an owner words by itself: a kind of letter, or one that says something else than most of its kind."""
APART: Mapping[str, Sort] = {
    "deferral": "deferral",
    "accepted": "plan_agreed",
    "given": "let_off",
    "contested": "part_disputed",
}
"""By the fact that sets them apart, letters that are worded by themselves."""
EVERYWHERE: tuple[Mark, ...] = ("greeting", "name", "invoices", "amount", "business", "phone", "close")
REQUIRED: Mapping[Sort, tuple[Mark, ...]] = {
    "reminder": ("list", "payment", "pay_by", "next", "close"),
    "thanks": ("invoices", "amount", "paid_day", "close"),
    "soon": ("amount", "pay_by", "facts", "close"),
    "promise": ("amount", "pay_by", "facts", "close"),
    "deferral": ("amount", "pay_by", "facts", "close"),
    "plan_offer": ("reply_by", "facts", "debt", "close"),
    "plan": ("reply_by", "facts", "debt", "close"),
    "plan_agreed": ("facts", "debt", "close"),
    "copy": ("pay_by", "facts", "close"),
    "payment_unseen": ("invoices", "hold_until", "facts", "close"),
    "dispute": ("invoices", "answer_day", "close"),
    "part_disputed": ("contested", "invoices", "answer_day", "close"),
    "refund": ("invoices", "answer_day", "close"),
    "later": ("said_day", "pay_by", "facts", "next", "close"),
    "taken_back": ("said_day", "facts", "close"),
    "waiver": ("amount", "pay_by", "dropped", "facts", "close"),
    "let_off": ("dropped", "facts", "close"),
    "final_notice": ("ask", "facts", "close"),
    "demand": ("ask", "facts", "close"),
}
"""The letters that an owner may word once and for all, and the marks without which a wording is not kept.

What it is about, how and when to pay, what follows, who; of the law's own letters all that the law asks for.
"""
BESIDES: Mapping[Sort, tuple[Mark, ...]] = {
    "reminder": ("attachment",),
    "promise": ("thanks_for",),
    "deferral": ("thanks_for",),
    "plan_offer": ("thanks_for",),
    "plan": ("thanks_for",),
    "plan_agreed": ("thanks_for",),
    "copy": ("thanks_for", "attachment"),
    "dispute": ("understood",),
    "part_disputed": ("understood",),
    "refund": ("understood",),
    "final_notice": ("subject", "pay_by", "attachment"),
    "demand": ("subject", "pay_by", "attachment"),
}
"""The marks that a letter may also have, beside those of every letter."""
MARKS: Mapping[Sort, tuple[Mark, ...]] = {
    sort: tuple(dict.fromkeys((*EVERYWHERE, *needed, *BESIDES.get(sort, ()))))
    for sort, needed in REQUIRED.items()
}
"""All marks of each letter."""
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
    """How an owner words one sort of letter in one tone and language, since when and by whose word."""

    kind: Sort
    tone: Tone
    language: str
    subject: str
    body: str
    by: str = ""
    since: date


def known_as(name: str) -> str:
    """The name of a mark as it is compared: however it is spaced and cased."""
    return " ".join(normalize("NFC", name).casefold().split())


def worded_as(facts: Facts) -> tuple[Sort, Tone]:
    """As what a letter is worded: a reminder in each tone, any other letter in one."""
    if facts.kind == "reminder":
        return facts.kind, facts.tone
    return next((sort for fact, sort in APART.items() if facts.fields.get(fact)), facts.kind), "neutral"


def missing(kind: Sort, body: str, names: Names) -> Mark | None:
    """The first mark that a wording cannot do without and lacks."""
    there = {names.get(known_as(_name(found))) for found in WRITTEN.finditer(body)}
    return next((mark for mark in REQUIRED[kind] if mark not in there), None)


def strange(text: str, names: Names) -> Iterator[str]:
    """What stands in brackets and is no mark: it stays in the letter as it is."""
    return (found[0] for found in WRITTEN.finditer(text) if known_as(_name(found)) not in names)


def too_long(subject: str, body: str) -> Iterator[tuple[Literal["subject", "text"], int]]:
    """What of a wording is longer than in any letter, and how many characters it may have at the most."""
    if len(subject) > LONGEST_SUBJECT:
        yield "subject", LONGEST_SUBJECT
    if len(body) > LONGEST:
        yield "text", LONGEST


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
