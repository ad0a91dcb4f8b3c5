"""Figures: every amount, date and number that a letter states, held against what the books say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from bot.letters import ADDITIONS, Facts
from bot.money import Money
from messages.ear.amounts import Stated, stated
from messages.ear.dates import Written, written
from messages.ear.words import plain, words

LAYOUT = r"[\s.\-]?"
NUMBER = re.compile(r"(?<![\w])[+]?\d(?:[ .\-/<+>]{0,2}\d)*(?!\w)|(?<!\w)(?=\w*\d)(?=\w*[^\W\d])[\w\-/]+")
LINK = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
CLOCK = re.compile(r"\b(?:kl|klo|at)\.?\s?\d{1,2}(?:[.:]\d\d)?\b|\b\d{1,2}:\d\d\b(?!:)")
RATE = re.compile(r"(?P<rate>\d+(?:[.,]\d+)?)\s?(?:%|(?:pro[cs]ent|per ?cent)\w*)", re.IGNORECASE)
NO_YEAR = re.compile(r",?[ \xa0]\d{4}(?!\w| \d{3}|[.,]\d)")
"""Four digits right behind a date that are no year."""
LONG = 6
"""From so many digits on a number is an account, a reference or a telephone: it has to be known."""
TELLING = 3
"""From so many digits on a number that is all but one of ours is ours with a slip in it."""
BEFORE_NUMBER = r"[ .:#]"
BEFORE_SUM = r"[ .:=]|\b(?:pa|av|om|of|is|er|ar|on)\b"
BEFORE_DAY = r"[ :]|\b(?:den|on|var|was)\b"
"""What may stand between a word such as *faktura*, *gebyr* or *forfalt* and the figure that it is about."""
MOST_BEFORE = 40
"""How far before a figure such a word is looked for."""
OWN_NUMBERS = ("business_number", "customer_number")
"""Facts of a letter that are the numbers of its two parties."""


@dataclass(frozen=True, slots=True)
class Known:
    """All figures that a letter may state."""

    days: tuple[date, ...]
    amounts: tuple[Money, ...]
    numbers: tuple[str, ...]
    rates: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A figure that is not in the books, and the nearest one that is: a day, an amount, a rate, a number.

    Nothing when there is none.
    """

    quote: str
    right: date | Money | Decimal | str | None


def known(facts: Facts, more: Iterable[str] = ()) -> Known:
    """The figures among facts; `more` are numbers the business writes about itself."""
    found = tuple(_values(facts))
    numbers = (line.number for line in facts.lines)
    payable = (text for each in (*facts.lines, *facts.parts) for text in _payable(each))
    texts = (*numbers, *payable, facts.account, facts.phone, facts.swish, *_parties(facts), *more)
    return Known(
        tuple(value for value in found if isinstance(value, date)),
        tuple(value for value in found if isinstance(value, Money)),
        tuple(dict.fromkeys(text for text in texts if re.search(r"\d", text))),
        tuple(dict.fromkeys(each.rate for charge in facts.charges for each in charge.segments)),
    )


def wrong(text: str, facts: Facts, allowed: Known) -> Iterator[Wrong]:
    """The figures in a text (composed, NFC) that the books do not have. Names and links are masked in it."""
    for number in sorted(allowed.numbers, key=len, reverse=True):
        if len(_bare(number)) >= LONG or not number.isdigit():
            text = blank(text, written_as(number))
    text = blank(blank(text, LINK), CLOCK)
    yield from _wrong_rates(text, facts, allowed.rates)
    text = blank(text, RATE)
    for sum_ in (each for each in stated(text) if each.marked or _of_a_charge(text, each, facts.language)):
        if sum_.value != 0 and not any(sum_.fits(money) for money in allowed.amounts):
            yield Wrong(_quote(text, sum_), _nearest_amount(sum_, allowed.amounts))
        text = _cut(text, sum_)
    for day in written(text):
        yield from _wrong_day(text, day, facts.language, _days_there(text[: day.start], facts, allowed.days))
        text = _cut(text, day)
    yield from _wrong_numbers(text, facts, allowed)


def says_amount(text: str, amount: Money) -> bool:
    """Whether a text states an amount, in any notation."""
    return any(sum_.fits(amount) for sum_ in stated(text))


def says_day(text: str, day: date) -> bool:
    """Whether a text states a day."""
    return any(one.fits(day) for one in written(text))


def says_rate(text: str, rate: Decimal) -> bool:
    """Whether a text states a rate in per cent."""
    return any(_rate(found) == rate for found in RATE.finditer(text))


def says_number(text: str, number: str) -> bool:
    """Whether a text states a number, account or reference, whatever its blanks and dots."""
    return bool(written_as(number).search(text))


def written_as(number: str) -> re.Pattern[str]:
    """How a number may be written: with or without the blanks, dots and hyphens that are only layout."""
    letters = re.sub(r"[\s.\-]", "", number) or number
    return re.compile(rf"(?<!\w){LAYOUT.join(map(re.escape, letters))}(?!\w)", re.IGNORECASE)


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """A text with what a pattern finds struck out, letter for letter."""
    return pattern.sub(lambda match: re.sub(r"\S", "x", match[0]), text)


def _values(facts: object) -> Iterator[object]:
    if isinstance(facts, date | Money | str):
        yield facts
    elif is_dataclass(facts):
        for each in fields(facts):
            yield from _values(getattr(facts, each.name))
    elif isinstance(facts, Mapping):
        yield from _values(tuple(facts.values()))
    elif isinstance(facts, tuple | list):
        for value in facts:
            yield from _values(value)


def _payable(each: object) -> tuple[str, ...]:
    return (getattr(each, "reference", ""), getattr(each, "account", ""))


def _parties(facts: Facts) -> Iterator[str]:
    """The numbers of both parties, as the books have them and as bare digits."""
    for number in map(str, filter(None, map(facts.fields.get, OWN_NUMBERS))):
        yield from (number, re.sub(r"\D", "", number))


def _rate(found: re.Match[str]) -> Decimal:
    return Decimal(found["rate"].replace(",", "."))


def _wrong_rates(text: str, facts: Facts, rates: tuple[Decimal, ...]) -> Iterator[Wrong]:
    """A letter that adds to its invoices names no rate but those it reckons with."""
    for found in RATE.finditer(text) if facts.charges else ():
        if (said := _rate(found)) not in rates:
            yield Wrong(found[0], min(rates, key=lambda rate: abs(rate - said), default=None))


def _days_there(lead: str, facts: Facts, days: tuple[date, ...]) -> tuple[date, ...]:
    """The days that may stand behind some words: behind *forfalt* only due dates, not the day after them."""
    dues = tuple(line.due for line in facts.lines if line.due)
    counts_days = any(charge.segments for charge in facts.charges)
    due = words(facts.language).review["fell_due"]
    behind = _ends_with(due, _before(lead, len(lead)), BEFORE_DAY)
    return dues if counts_days and dues and behind else days


def _wrong_day(text: str, found: Written, language: str, days: tuple[date, ...]) -> Iterator[Wrong]:
    no_year = NO_YEAR.match(text, found.end)
    fitting = [day for day in days if found.fits(day) and not no_year]
    lead = re.search(r"(\w+)\s+(?:den\s+)?$", plain(text[: found.start]))
    weekday = _weekday(lead[1], language) if lead else None
    if fitting and (weekday is None or any(day.weekday() == weekday for day in fitting)):
        return
    start = lead.start() if lead and weekday is not None else found.start
    yield Wrong(text[start : no_year.end() if no_year else found.end], _nearest_day(found, fitting or days))


def _weekday(word: str, language: str) -> int | None:
    names = enumerate(words(language).weekdays)
    return next((number for number, name in names if re.fullmatch(name, word)), None)


def _wrong_numbers(text: str, facts: Facts, allowed: Known) -> Iterator[Wrong]:
    ours = {*map(_bare, allowed.numbers), *map(_whole, allowed.amounts)}
    said = words(facts.language).review
    for found in NUMBER.finditer(text):
        number = _bare(found[0])
        if number in ours or all(_bare(piece) in ours for piece in found[0].split()):
            continue
        counted = said["counted"].match(plain(text[found.end() :]).lstrip())
        near = None if counted else _slip(number, allowed)
        labelled = _ends_with(said["label"], _before(text, found.start()), BEFORE_NUMBER)
        if near or labelled or sum(map(str.isdigit, number)) >= LONG:
            yield Wrong(found[0], near or _nearest_number(number, allowed.numbers))


def _of_a_charge(text: str, found: Stated, language: str) -> bool:
    """Whether a figure without a currency is the sum of a charge: *purregebyr 70*."""
    said, lead = words(language).review, _before(text, found.start)
    named = any(_ends_with(said[f"adds_{each}"], lead, BEFORE_SUM) for each in ADDITIONS)
    return named and not (
        said["counted"].match(plain(text[found.end :]).lstrip())
        or any(day.start <= found.start < day.end for day in written(text))
    )


def _before(text: str, at: int) -> str:
    """What stands before a place, in plain letters, as far as a word may tell what comes there."""
    return plain(text[max(0, at - MOST_BEFORE) : at])


def _ends_with(word: re.Pattern[str], lead: str, between: str) -> bool:
    """Whether a word stands right before the end of a text, with nothing but a few small ones after it."""
    return any(not re.sub(between, "", lead[found.end() :]) for found in word.finditer(lead))


def _slip(number: str, allowed: Known) -> str | Money | None:
    """The figure that a number is but for one digit; of numbers also with one lost or doubled."""
    numbers = (
        ours for ours in allowed.numbers if len(_bare(ours)) >= TELLING and _one_off(number, _bare(ours))
    )
    sums = (money for money in allowed.amounts if len(_whole(money)) >= TELLING)
    return next(numbers, None) or next((money for money in sums if _is_swap(number, _whole(money))), None)


def _is_swap(one: str, other: str) -> bool:
    return len(one) == len(other) and _unlike(one, other) == 1


def _one_off(one: str, other: str) -> bool:
    if len(one) == len(other):
        return _is_swap(one, other)
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _nearest_day(found: Written, days: Iterable[date]) -> date | None:
    """The day that is written most like it, and of those the one that lies nearest."""
    said = f"{found.day:02}{found.month:02}"
    return min(days, key=lambda day: (_unlike(said, f"{day:%d%m}"), abs(day.day - found.day)), default=None)


def _nearest_amount(found: Stated, amounts: Iterable[Money]) -> Money | None:
    return max(amounts, key=lambda money: _likeness(str(found.value), str(money.decimal)), default=None)


def _nearest_number(number: str, numbers: Iterable[str]) -> str | None:
    return max(numbers, key=lambda known: _likeness(number, _bare(known)), default=None)


def _unlike(one: str, other: str) -> int:
    """In how many places two texts of one length differ."""
    return sum(a != b for a, b in zip(one, other, strict=True))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _whole(money: Money) -> str:
    return str(int(money.decimal))


def _bare(number: str) -> str:
    return re.sub(r"\W", "", number).casefold()


def _quote(text: str, found: Stated | Written) -> str:
    return text[found.start : found.end].strip()


def _cut(text: str, found: Stated | Written) -> str:
    return text[: found.start] + "x" * (found.end - found.start) + text[found.end :]
