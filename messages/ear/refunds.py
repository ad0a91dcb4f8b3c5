"""Refunds: whether an answer asks for money back, and the sentence that does."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from messages.ear.words import FOLDER, languages, plain

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def asked(text: str) -> str:
    """The sentence in which an answer asks for money back; empty where none does."""
    said = (found[0].strip() for found in SENTENCE.finditer(text))
    return next((each for each in said if _asks(plain(each))), "")


def _asks(sentence: str) -> bool:
    return any(asks.search(sentence) and not turned.search(sentence) for asks, turned in _patterns())


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """How it is asked in each language, and what turns it round: a tax refund, a debt paid back in parts."""
    files = (tomllib.loads((FOLDER / each / "refunds.toml").read_text("utf-8")) for each in languages())
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(f['asks'])})\b"), re.compile(rf"\b(?:{'|'.join(f['not_where'])})"))
        for f in files
    )
