"""Tells: every place in a text that states what only the books may say: sums, days, numbers, names, links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, get_args

from messages.ear.amounts import stated
from messages.ear.days import places
from messages.ear.words import plain, words
from messages.figures import LINK, RATE
from messages.languages import language

Kind = Literal["LINK", "WORDS", "DAY", "SUM", "NUMBER", "NAME"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind: of two that begin at one place it is the first that gives the place its kind."""
QUOTED = re.compile(r"[\"“”„][^\"“”„\n]+[\"“”]|«[^«»\n]+»|»[^«»\n]+«|‘[^‘’\n]+’(?!\w)")
BRACKETED = re.compile(r"[\[{<][^\[\]{}<>\n]*[\]}>]|[\[\]{}<>]")
SITE = re.compile(r"(?<!\w)@\w[\w.]*|\b[\w-]{2,}(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_][\w'’\-]*")
OPENS, CLOSES = "([{<“”„\"'‘’«»-–", ".,;:!?)]}>“”\"'‘’«»…"
"""What may stand around a figure without being part of it."""
ENDS = ".?!:…\n"
"""Behind these a capital letter begins a sentence, and need not be a name's."""
SHORTEST = 3
"""From so many letters on a part of a name is looked for by itself."""


@dataclass(frozen=True, slots=True)
class Tell:
    """A place in a text, from `start` to `end`, and what kind of thing it states."""

    start: int
    end: int
    kind: Kind


def tells(
    text: str, code: str, names: Iterable[str] = (), *, quotes: bool = True, openings: bool = False
) -> tuple[Tell, ...]:
    """The places in a text (composed, NFC) of a language, in order and apart from each other.

    It finds rather too much than too little. `names` are those known; `quotes`: words in quotation marks
    count too; `openings`: so does a capital letter at the start of a sentence, before a word not known.
    """
    found = [*_figures(text, code), *_days(text, code), *_names(text, code, names, openings=openings)]
    found += [Tell(*each.span(), "LINK") for pattern in (LINK, SITE) for each in pattern.finditer(text)]
    said = (QUOTED, BRACKETED) if quotes else (BRACKETED,)
    found += [Tell(*each.span(), "WORDS") for pattern in said for each in pattern.finditer(text)]
    return tuple(_joined(text, sorted(found, key=lambda one: (one.start, KINDS.index(one.kind)))))


def known(code: str) -> frozenset[str]:
    """The small words of a language, in plain letters."""
    return words(code).tongue


def begins(text: str, at: int) -> bool:
    """Whether a sentence begins at a place."""
    before = text[:at].rstrip(" \xa0" + OPENS)
    return not before or before[-1] in ENDS


@cache
def guarded(code: str, what: str) -> re.Pattern[str]:
    """A list of a language's `[model.guard]` as one pattern, on plain letters."""
    listed = language(code).find(f"model.guard.{what}")
    assert isinstance(listed, list), f"{code}/model.toml has no guard.{what}"
    phrases = "|".join(plain(each).replace(" ", r"\s+") for each in listed)
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")


def _figures(text: str, code: str) -> Iterator[Tell]:
    yield from (Tell(each.start, each.end, "SUM" if each.marked else "NUMBER") for each in stated(text))
    yield from (Tell(*each.span(), "NUMBER") for each in RATE.finditer(text))
    for each in re.finditer(r"\S+", text):
        if any(unicodedata.category(letter).startswith("N") for letter in each[0]):
            bare = each[0].rstrip(CLOSES)
            start = each.start() + len(bare) - len(bare.lstrip(OPENS))
            yield Tell(start, each.start() + len(bare), "NUMBER")
    counted = (each for each in WORD.finditer(text) if words(code).numbers.get(plain(each[0]), 1) > 1)
    yield from (Tell(*each.span(), "NUMBER") for each in counted)
    yield from (Tell(*each.span(), "NUMBER") for each in guarded(code, "numbers").finditer(plain(text)))


@lru_cache(maxsize=64)
def _days(text: str, code: str) -> tuple[Tell, ...]:
    return tuple(_named_days(text, code))


def _named_days(text: str, code: str) -> Iterator[Tell]:
    """A small word such as *now* names no day, and the stop at the end of a sentence belongs to none."""
    for start, end in places(text, code):
        named = text[start:end].rstrip(". ")
        if plain(named) not in known(code):
            yield Tell(start, start + len(named), "DAY")
    yield from (Tell(*each.span(), "DAY") for each in guarded(code, "days").finditer(plain(text)))


def _names(text: str, code: str, names: Iterable[str], *, openings: bool) -> Iterator[Tell]:
    """Known names in any form of theirs, parts of them, and whatever else is written as a name."""
    for pattern in _forms(tuple(names), code):
        yield from (Tell(*each.span(), "NAME") for each in pattern.finditer(text))
    for word in WORD.finditer(text):
        small = plain(word[0])
        if not word[0][0].isupper() or known(code) & {small, re.split("['’]", small)[0]}:
            continue
        if openings or not begins(text, word.start()):
            yield Tell(*word.span(), "NAME")


def _forms(names: tuple[str, ...], code: str) -> Iterator[re.Pattern[str]]:
    for name in filter(None, (" ".join(each.split()) for each in names)):
        whole = r"\s+".join(map(re.escape, unicodedata.normalize("NFC", name).split()))
        yield re.compile(rf"(?<!\w){whole}\w*", re.IGNORECASE)
        for part in WORD.findall(unicodedata.normalize("NFC", name)):
            if len(part) >= SHORTEST and part[0].isupper() and plain(part) not in known(code):
                yield re.compile(rf"(?<!\w){re.escape(part)}\w*")


def _joined(text: str, found: Iterable[Tell]) -> Iterator[Tell]:
    """Places that overlap, or are of one kind with no more than a blank between them, as one."""
    last: Tell | None = None
    for each in found:
        if last and (each.start < last.end or _is_next(text, last, each)):
            last = replace(last, end=max(last.end, each.end))
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _is_next(text: str, last: Tell, each: Tell) -> bool:
    return last.kind == each.kind and not text[last.end : each.start].strip(" \xa0\u202f")
