"""Slack's own few words in five languages; everything else arrives already worded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

Words = Mapping[str, str]


@cache
def own_texts() -> Mapping[str, Words]:
    """The words that come with Slack, by language."""
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def words_of(language: str) -> Words:
    """The words of a language, or of English where it is none of ours."""
    return own_texts().get(language, own_texts()["en"])
