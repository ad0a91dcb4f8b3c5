"""What differs by country: a file each, found by its name, so that adding a country is adding a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from bot.statutes import Figure, Law

__all__ = ["Account", "Closed", "Country", "Figure", "Law", "at_home", "codes", "country", "spoken"]


@dataclass(frozen=True, slots=True)
class Account:
    """A kind of account number: what it looks like without blanks, how people write it, how it is checked.

    `written` fills the groups of `shape`; `check` is "luhn", the name of a country's check in stdnum, or "".
    """

    kind: str
    shape: str
    written: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """The days on which banks rest besides weekends.

    `categories` are those of the `holidays` package; `fixed` further days as (month, day); `easter` further
    days counted from Easter Sunday.
    """

    categories: tuple[str, ...] = ("public",)
    fixed: tuple[tuple[int, int], ...] = ()
    easter: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country's customs and the figures its law gives.

    `ladder` counts days from the due date to each reminder; `gap` is the least number of days from one letter
    to the next, `spacing` what the law asks of that; `cap` is the most reminders before the final notice;
    after `call_after` of them a telephone call is the better next step. `notice` is the least number of days
    that a final notice gives, `answer` that any letter does where good practice asks for more than ours.
    `moves_due`: a due date on a day of rest is the next bank day by law. The first of `languages`, `schemes`
    and `accounts` is the usual one. Without `law` nothing is ever added to a claim. `forum` is where a claim
    that is contested is settled when the two do not agree, as one of the law's routes. Books are kept for as
    many years as `bookkeeping` says after the financial year has ended.
    """

    code: str
    currency: str
    languages: tuple[str, ...]
    zone: str
    terms_days: int
    ladder: tuple[int, ...]
    gap: int
    spacing: Figure | None
    cap: int = 3
    call_after: int = 2
    final_notice_term: str
    notice: Figure
    bookkeeping: Figure
    answer: Figure | None = None
    moves_due: bool
    schemes: tuple[str, ...]
    accounts: tuple[Account, ...]
    number_kind: str
    forum: str = "court"
    closed: Closed = Closed()
    law: Law | None = None

    @property
    def language(self) -> str:
        """The language that letters are in when nothing else is known."""
        return self.languages[0]


def country(code: str) -> Country:
    """The country of a two-letter code (ISO 3166); `ValueError` names those that exist."""
    found = _countries().get(code)
    if found is None:
        raise ValueError(f"no country {code!r}: there is {', '.join(codes())}")
    return found


def codes() -> tuple[str, ...]:
    """The codes of all countries that have a file."""
    return tuple(_countries())


def spoken(code: str) -> str:
    """The language written there when nothing else is known; empty for a country without a file."""
    return _countries()[code].language if code in _countries() else ""


def at_home(language: str) -> str:
    """The country whose owners speak a language first; the first of all until it is asked for."""
    return next((code for code in codes() if spoken(code) == language), codes()[0])


@cache
def _countries() -> Mapping[str, Country]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return MappingProxyType({module.COUNTRY.code: module.COUNTRY for module in modules})
