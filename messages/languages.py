"""Languages: how each writes days, money and numbers, and its short words, as its folder says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LAYOUTS = FOLDER / "layouts"
BESIDE = (
    "agreements", "bundling", "escalations", "joining", "known", "mail", "model", "page", "privacy", "replay",
    "reports", "wordings",
)  # fmt: skip
"""Tables with a file of their own beside `language.toml`, under its name."""
Table = Mapping[str, object]


class WordsMissing(LookupError):
    """A language lacks a word or a template; another language never stands in for it."""


@dataclass(frozen=True, slots=True)
class Dates:
    """How days and hours look, as CLDR patterns; those with the year are for other years than today's.

    `weekdays` from Monday, where the form that a sentence needs is not the one CLDR has.
    """

    day: str
    day_with_year: str
    date: str
    date_with_year: str
    short: str
    clock: str
    weekdays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amounts:
    """How amounts look: in the reader's own currency, and in any other with its code."""

    own: Mapping[str, str]
    foreign: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The words for one to twelve, `one_neuter` where one differs; the word *and*; how per cent looks."""

    words: tuple[str, ...]
    one_neuter: str
    conjunction: str
    percent: str


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code, its name for itself, its CLDR locale, its habits, all tables of its file."""

    code: str
    name: str
    locale: str
    dates: Dates
    amounts: Amounts
    numbers: Numbers
    tables: Table

    def table(self, name: str) -> Mapping[str, str]:
        """The words of one table."""
        found = self.find(name)
        if not isinstance(found, dict):
            raise WordsMissing(f"{self.code}/language.toml has no [{name}]")
        return found

    def find(self, key: str) -> object:
        """What stands under a dotted key, or None."""
        found: object = self.tables
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found


def codes() -> tuple[str, ...]:
    """The codes of all languages that have a folder."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/language.toml")))


@cache
def language(code: str) -> Language:
    """The language of a code; `ValueError` names those that exist."""
    if code not in codes():
        raise ValueError(f"no language {code!r}: there is {', '.join(codes())}")
    tables = _read(code, "language") | {each: _read(code, each) for each in BESIDE}
    return Language(
        code,
        tables["language"]["name"],
        tables["language"]["locale"],
        Dates(**tables["dates"] | {"weekdays": tuple(tables["dates"].get("weekdays", ()))}),
        Amounts(**tables["amounts"]),
        Numbers(**tables["numbers"] | {"words": tuple(tables["numbers"]["words"])}),
        tables,
    )


def _read(code: str, name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / code / f"{name}.toml").read_text(encoding="utf-8"))
