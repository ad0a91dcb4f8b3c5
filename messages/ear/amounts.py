"""Amounts as people write them: 1 500,50 · 1.500,00 · 1,500.00 · 1500:- · 1,5k · to tusen kroner."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from bot.errors import Refusal
from bot.money import Money
from messages.ear import numbers
from messages.ear.days import places
from messages.ear.words import languages, plain, words

CROWN = "crown"
CROWNS = frozenset({"NOK", "SEK", "DKK", "ISK"})
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
SIGN = "[€$£]"
FIGURE = r"(?P<figure>\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d(?:[\d.,']*\d)?)"
WHOLE = r"\d+|[1-9]\d{0,2}(?:(?P<group>[.,])\d{3})(?:(?P=group)\d{3})*"
NOTATION = re.compile(rf"(?P<whole>{WHOLE})(?:(?P<point>[.,])(?P<cents>\d{{1,2}}))?")
THANKS = re.compile(r" (?:takk|tack|tak|thanks)\b")
BELOW_NOTHING = re.compile(r"(?<![\w.,:])[-−–]\s?\d")


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount as it stands in a text. No value: the figure cannot be read for certain.

    `currency` is a code, or `crown` for whichever crown is meant, or empty; `marked`: a currency, or the dash
    that stands for no cents, says that it is money.
    """

    start: int
    end: int
    value: Decimal | None
    currency: str = ""
    marked: bool = False

    def fits(self, money: Money) -> bool:
        """Whether this can be how an amount was written."""
        return self.value == money.decimal and self.currency_for(money.currency) == money.currency

    def currency_for(self, usual: str) -> str:
        """The currency it is in, where `usual` is meant if none is named; empty for crowns of no country."""
        if self.currency == CROWN:
            return usual if usual in CROWNS else ""
        return self.currency or usual


def amount(text: str, currency: str) -> Money | None:
    """The one amount a text names, None when it names none; in `currency` where the text names no other.

    `Refusal` (`amount_unreadable`) when it cannot be read, could be one of several, or is below nothing.
    """
    found = stated(text)
    if len(found) != 1 or found[0].end - found[0].start < len(text.strip()):
        found = stated(_without_days(text))
    read = {_money(one, currency) for one in found if one.marked} or {_money(one, currency) for one in found}
    if len(read) > 1 or None in read or (read and BELOW_NOTHING.search(text)):
        raise Refusal("amount_unreadable", words=text.strip())
    return next(iter(read), None)


@lru_cache(maxsize=64)
def stated(text: str) -> tuple[Stated, ...]:
    """The amounts in a text, and all figures that could be one, in their order."""
    found = _figures().finditer(plain(text))
    return tuple(_stated(match) for match in found if match["figure"] or _counts(match))


def value(figure: str) -> Decimal | None:
    """What a figure is worth, in any Nordic or English notation; None when that is not certain."""
    found = NOTATION.fullmatch(re.sub(r"[ ']", "", figure))
    if found is None or (found["group"] and found["group"] == found["point"]):
        return None
    return Decimal(f"{re.sub('[.,]', '', found['whole'])}.{found['cents'] or 0}")


def _without_days(text: str) -> str:
    """A text with its days blanked out: the 20 of `20. november` is no amount."""
    composed = unicodedata.normalize("NFC", text)
    for start, end in places(composed, "en"):
        composed = composed[:start] + " " * (end - start) + composed[end:]
    return composed


def _money(found: Stated, usual: str) -> Money | None:
    currency = found.currency_for(usual)
    if found.value is None or not currency:
        return None
    try:
        return Money.of(found.value, currency)
    except ValueError:
        return None


def _counts(match: re.Match[str]) -> bool:
    """Whether words can be an amount: a currency follows or they count, and are no thanks (`tusen takk`)."""
    if numbers.counts(match["words"]):
        return not THANKS.match(match.string, match.end())
    return len(match["after"] or "") > 1 and numbers.worth(match["words"]) >= numbers.TENS


def _stated(match: re.Match[str]) -> Stated:
    worth = value(match["figure"]) if match["figure"] else numbers.worth(match["words"])
    if worth is not None:
        worth += Decimal(match["cents"] or 0) / 100
        worth *= numbers.units().get(match["unit"], 1)
    currency = _currency(match["before"] or match["after"])
    return Stated(*match.span(), worth, currency, bool(currency or match["dash"] or match["cents"]))


def _currency(name: str | None) -> str:
    if not name:
        return ""
    return SIGNS.get(name) or next(code for code, names in _names() if re.fullmatch(names, name.rstrip(".")))


@cache
def _figures() -> re.Pattern[str]:
    """A figure with what may stand around it, or words that are worth money by themselves (to tusen)."""
    names = "|".join(names for _, names in _names())
    return re.compile(
        rf"(?:(?P<before>(?<!\w)(?:{names})\.?|{SIGN}) ?|(?<![\w.,]))"
        rf"(?:{FIGURE}(?::(?P<cents>\d\d)(?!\d))?(?P<dash>[,.:]?[-–—](?![\w-]))?"
        rf"(?: ?(?P<unit>{numbers.any_of(numbers.units())})(?!\w))?"
        rf"|(?P<words>{numbers.pattern()}))"
        rf"(?: ?(?P<after>(?:{names})(?!\w)\.?|{SIGN}))?"
    )


@cache
def _names() -> tuple[tuple[str, str], ...]:
    return tuple(pair for language in languages() for pair in words(language).money.items())
