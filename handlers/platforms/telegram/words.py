"""Telegram's own words in five languages: what a form asks, the commands, and what is said of the bot."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.chat import Action
from bot.platforms import LIKE


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the menu: its word, what it asks for, and what the menu says of it."""

    word: str
    verb: str
    says: str


@dataclass(frozen=True, slots=True)
class Tongue:
    """All that is said in one language."""

    words: Mapping[str, str]
    commands: tuple[Command, ...]

    def __getitem__(self, key: str) -> str:
        return self.words[key]


@cache
def tongues() -> Mapping[str, Tongue]:
    """Every language that Telegram's own words are written in."""
    texts = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
    return {code: _tongue(text) for code, text in texts.items()}


def spoken(code: str) -> str:
    """The language nearest to a code as Telegram gives it, else English."""
    short = code.lower()[:2]
    language = LIKE.get(short, short)
    return language if language in tongues() else "en"


def tongue(language: str) -> Tongue:
    """The words of a language, or the English ones."""
    return tongues()[spoken(language)]


@cache
def meanings() -> Mapping[str, Action]:
    """What each command asks for, in whichever language it was written."""
    known = (command for each in tongues().values() for command in each.commands)
    return {command.word: Action(command.verb) for command in known}


def _tongue(text: dict[str, str | list[list[str]]]) -> Tongue:
    words = {key: value for key, value in text.items() if isinstance(value, str)}
    rows = text["commands"]
    return Tongue(words, tuple(Command(*row) for row in rows if isinstance(row, list)))
