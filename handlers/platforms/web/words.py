"""The page's own words in five languages, and the choice among them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

Words = Mapping[str, str]
Texts = Mapping[str, Words]

LIKE = {"no": "nb", "nn": "nb"}


@cache
def own_texts() -> Texts:
    """The words that come with the page, by language."""
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def best_language(accept_language: str, known: Iterable[str]) -> str:
    """The first language a browser asks for that the page knows, else English."""
    languages = frozenset(known)
    wanted = (part.partition(";")[0].strip().lower()[:2] for part in accept_language.split(","))
    return next((code for code in (LIKE.get(two, two) for two in wanted) if code in languages), "en")
