"""Formats: days, amounts, counts and lists, as people of a language write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from babel import numbers
from babel.dates import format_date, format_time

from bot.countries import country as country_of
from bot.letters import Facts
from bot.money import Money, exponent
from messages.languages import Language, language

CENTS_ALWAYS = frozenset({"EUR"})
"""Currencies that show their cents even when every amount is whole."""
WHAT_LENGTH = 80
BARE = frozenset({"str", "int", "bool", "date", "date | None"})
PLAIN = frozenset({str, int, bool, type(None), datetime.date, datetime.datetime, Decimal})
"""What holds no amount, as most facts are: as fields name it, and as it is."""
KNOWN = 4096
"""How many days and numbers are remembered as they are written; most come again soon."""
BLANKS = re.compile(r"[^\S\u00a0]+")


@dataclass(frozen=True, slots=True)
class Formats:
    """One text's habits: its language, the day it is written, and how its amounts look.

    `familiar`: it has one currency and that is the reader's own. `cents`: some amount is not whole, so all
    show them.
    """

    language: Language
    today: datetime.date | None = None
    familiar: bool = True
    cents: bool = False

    def money(self, value: Money | Iterable[Money]) -> str:
        """An amount, or several joined: `12 500 kr`, `12 500,00 NOK og 1 250,00 EUR`."""
        if isinstance(value, Money):
            return self._amount(value)
        return self.listing(self._amount(each) for each in value)

    def day(self, day: datetime.date, year: bool = False) -> str:
        """A day that lies ahead, with its weekday: `fredag 20. november`."""
        dates = self.language.dates
        pattern = dates.day_with_year if year or self._other_year(day) else dates.day
        return self._written(day, pattern)

    def date(self, day: datetime.date, year: bool = False) -> str:
        """A day in running text: `3. november`."""
        dates = self.language.dates
        pattern = dates.date_with_year if year or self._other_year(day) else dates.date
        return self._written(day, pattern)

    def short(self, day: datetime.date) -> str:
        """A day in a list: `03.11.2026`."""
        return self._written(day, self.language.dates.short)

    def clock(self, time: datetime.time | datetime.datetime) -> str:
        """A time of day: `kl. 10.15`."""
        bare = time.time() if isinstance(time, datetime.datetime) else time.replace(tzinfo=None)
        return str(format_time(bare, self.language.dates.clock, locale=self.language.locale))

    def days_since(self, day: datetime.date) -> int:
        """How many days ago a day was; 0 when it lies ahead or nobody said which day it is."""
        return max((self.today - day).days, 0) if self.today else 0

    def count(self, number: int, neuter: bool = False) -> str:
        """A number, as a word up to twelve."""
        numbers = self.language.numbers
        if number == 1 and neuter:
            return numbers.one_neuter
        return numbers.words[number - 1] if 1 <= number <= len(numbers.words) else self.number(number)

    def number_of(self, number: int, one: str, many: str, neuter: bool = False) -> str:
        """So many of something: `én faktura`, `tre fakturaer`."""
        return f"{self.count(number, neuter)} {one if number == 1 else many}"

    def number(self, number: int | Decimal) -> str:
        """A number in digits."""
        return _in_digits(number, self.language.locale)

    def percent(self, rate: Decimal) -> str:
        """A rate given in per cent: `12,25 %`."""
        return self.language.numbers.percent.format(self.number(rate))

    def listing(self, items: Iterable[object]) -> str:
        """Items in running text: `1042, 1043 og 1044`."""
        *most, last = [str(item) for item in items] or [""]
        return f"{', '.join(most)} {self.language.numbers.conjunction} {last}" if most else last

    def _amount(self, amount: Money) -> str:
        spoken, code = self.language, amount.currency
        own = spoken.amounts.own.get(code) if self.familiar else None
        always = own is None or self.cents or code in CENTS_ALWAYS
        bare = _grouped(amount.minor, exponent(code), always, spoken.locale)
        return (own or spoken.amounts.foreign).format(amount=bare, code=code)

    def _written(self, day: datetime.date, pattern: str) -> str:
        weekdays = self.language.dates.weekdays
        if weekdays:
            pattern = pattern.replace("EEEE", f"'{weekdays[day.weekday()]}'")
        return _as_written(day, pattern, self.language.locale)

    def _other_year(self, day: datetime.date) -> bool:
        return self.today is not None and day.year != self.today.year


def dots(items: Iterable[object]) -> str:
    """What there is of some items, in one line: `1042 · bread · 500 kr`."""
    return " · ".join(filter(None, map(str, items)))


def commas(items: Iterable[object]) -> str:
    """What there is of some items, each once, with commas."""
    return ", ".join(dict.fromkeys(filter(None, map(str, items))))


def capital(text: str) -> str:
    """A text that begins a sentence; nothing but its first letter changes."""
    return text[:1].upper() + text[1:]


def clip(text: str, length: int = WHAT_LENGTH) -> str:
    """A seller's own words on one line, cut where a word ends."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"


def one_line(text: str) -> str:
    """A text without line breaks or doubled blanks."""
    is_one = text.isprintable() and "  " not in text
    return (text if is_one else BLANKS.sub(" ", text)).strip()


def formats(
    spoken: Language,
    facts: object,
    *,
    today: datetime.date | None = None,
    own: str = "",
    abroad: bool = False,
) -> Formats:
    """The habits of a text that states these facts; `own`: the reader's currency, if known."""
    amounts: list[Money] = []
    _gather(facts, amounts)
    currencies = {amount.currency for amount in amounts}
    familiar = not abroad and len(currencies) == 1 and (not own or own in currencies)
    return Formats(spoken, today, familiar, not all(amount.is_whole for amount in amounts))


def letter_formats(facts: Facts) -> Formats:
    """The habits of a letter: an amount that crosses a border, or meets another currency, has its code."""
    own = country_of(facts.country).currency
    spoken = language(facts.language)
    return formats(spoken, facts, today=facts.today, own=own, abroad=facts.cross_border)


def _gather(facts: Any, amounts: list[Money]) -> None:
    """Take every amount among facts, however deep it lies."""
    if isinstance(facts, Money):
        amounts.append(facts)
    elif parts := _parts(facts.__class__):
        for each in parts(facts):
            if each.__class__ not in PLAIN:
                _gather(each, amounts)


@cache
def _parts(kind: type) -> Callable[[Any], Iterable[object]] | None:
    """What lies within a value of a kind; None where nothing does. A kind is looked at once."""
    if is_dataclass(kind):
        names = [each.name for each in fields(kind) if each.type not in BARE]
        return lambda value: [getattr(value, name) for name in names]
    if issubclass(kind, Mapping):
        return lambda value: value.values()
    return iter if issubclass(kind, list | tuple | set | frozenset) else None


def _grouped(minor: int, digits: int, always: bool, locale: str) -> str:
    """An amount in minor units, its thousands apart; with its cents where it has any, or always."""
    group, point = _signs(locale)
    whole, rest = divmod(abs(minor), 10**digits)
    cents = f"{point}{rest:0{digits}}" if digits and (rest or always) else ""
    return f"{'-' if minor < 0 else ''}{f'{whole:,}'.replace(',', group)}{cents}"


@cache
def _signs(locale: str) -> tuple[str, str]:
    """What stands between thousands, and before cents."""
    return numbers.get_group_symbol(locale), numbers.get_decimal_symbol(locale)


@lru_cache(KNOWN)
def _in_digits(number: int | Decimal, locale: str) -> str:
    return str(numbers.format_decimal(number, locale=locale))


@lru_cache(KNOWN)
def _as_written(day: datetime.date, pattern: str, locale: str) -> str:
    return str(format_date(day, pattern, locale=locale))


OF_A_TEXT: Mapping[str, Callable[..., object]] = {
    name: getattr(Formats, name)
    for name in (
        "money", "day", "date", "short", "clock", "days_since",
        "count", "number_of", "number", "percent", "listing",
    )
}  # fmt: skip
"""The filters that follow a text's habits."""
OF_ANY_TEXT: Mapping[str, Callable[..., object]] = {
    "dots": dots,
    "commas": commas,
    "capital": capital,
    "clip": clip,
    "one_line": one_line,
}
"""The filters that are the same everywhere."""
