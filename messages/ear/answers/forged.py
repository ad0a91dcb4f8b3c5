"""Forged: sentences that speak to a machine that reads the mail, and say nothing to the creditor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from messages.ear.answers.matching import found
from messages.ear.answers.sentences import Sentence

IGNORE = "ignor\\w*|disregard|ohita\\w*|unohda\\w*|glem|glöm|forget"
EARLIER = (
    "instru\\w*|ohje\\w*|above|ovenstående|ovenfor|ovanstående|ovan|tidligere|tidigare|previous|prior|forrige"
    "|edellis\\w*|aiem\\w*|yllä\\w*"
)
FORGED = re.compile(
    rf"(?i)\A\s*#{{2,}}|\b(?:{IGNORE})\b.{{0,60}}\b(?:{EARLIER})\b"
    r"|\A\s*[\[{]\s*\"\w+\"\s*:|\A[A-Za-z0-9+/]{32,}={0,2}\Z|<\|?(?:im_start|system|/?inst)"
)


ROLE = re.compile(r"(?im)^\W*(?:assistant|user|system|human|ai)\s*[:>\]].*$")


def without_roles(text: str) -> str:
    """A text without the lines of a talk with a machine that somebody made up."""
    return ROLE.sub("", text)


def said_to_people(said: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences without orders to a machine, nor what follows from such an order without an *I* in it."""
    ordered = False
    for one in said:
        cues = found(one)
        goes_on = ordered and ("orders" in cues or ("I" not in one.places and not one.asks))
        ordered = "machine" in cues or bool(FORGED.search(one.text)) or goes_on
        if not ordered:
            yield one
