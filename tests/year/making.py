"""A town made from a seed: three businesses in three countries, their buyers, and a year of what came of it.

The same seed makes the same town, to the last øre. What each buyer does follows from their temperament
(`people.py`); the truth about it is kept in values that know no rule of Purr's (`truth.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from bot import workdays
from bot.countries import country as country_of
from bot.money import Money
from bot.parties import Business, CustomerKind, Language
from bot.references import number_valid
from bot.references.making import make
from tests.handlers.stage import AT_HOME
from tests.year.people import TEMPERS, Story
from tests.year.truth import Bill, Buyer, Firm, Town, Word

YEAR = (date(2025, 11, 24), date(2026, 11, 20))
"""The year that is lived through where no other is asked for."""
PLACES: dict[str, tuple[str, Language, str]] = {
    "NO": ("Fjellbakeriet AS", "nb", "kid10"),
    "SE": ("Lindens Snickeri AB", "sv", "ocr"),
    "DK": ("Havnens Smedje ApS", "da", "fik71"),
    "FI": ("Saaren Verstas Oy", "fi", "fi"),
}
WORDS = {
    "NO": "Nord Fjell Dal Elv Vik Skog Strand Ås Myr Nes Haug Foss Tun Li".split(),
    "SE": "Björk Ek Sjö Berg Häll Äng Mosse Kust Gran Ström Lund Udd Sand Dunge".split(),
    "DK": "Bøg Fjord Klit Mark Hede Sø Bro Holm Skær Havn Ager Lyng Mose Sund".split(),
    "FI": "Koski Niemi Järvi Mäki Salo Lahti Ranta Suo Harju Kallio Oja Vuori Aho Korpi".split(),
}
STARTS = {"NO": 920_000_000, "SE": 5_590_000_000, "DK": 30_000_000, "FI": 20_000_000}
"""Where company numbers begin."""
TRADES = ("kafe", "bygg", "blomst", "data", "renhold", "hotell", "transport", "hage")


def town(seed: int, first: date = YEAR[0], last: date = YEAR[1], buyers: int = 14, bills: int = 3) -> Town:
    """Three businesses and their year; `buyers` for each, of every temperament in turn, with some `bills`."""
    chance = Random(seed)
    homes = chance.sample(sorted(PLACES), 3)
    firms = (_firm(home, at, chance, first, last, buyers, bills) for at, home in enumerate(homes))
    return Town(seed, first, last, tuple(firms))


def _firm(home: str, at: int, chance: Random, first: date, last: date, count: int, most: int) -> Firm:
    name, language, scheme = PLACES[home]
    business = replace(
        AT_HOME[home],
        id=f"firm{at}",
        name=name,
        language=language,
        country=home,
        owner=f"Eier {home}",
        email=f"post@firm{at}.example",
        scheme=scheme,
        sends="mail",
        final_notice=True,
        charges=("fee", "interest", "compensation"),
        terms_agreed=True,
        fee_agreed=True,
    )
    tempers = list(TEMPERS)
    chance.shuffle(tempers)
    people = tuple(_buyer(home, at, n, tempers[n % len(tempers)], language, chance) for n in range(count))
    stories = [s for p in people for s in _stories(p, business, at, chance, first, last, most)]
    for story in stories:
        TEMPERS[story.buyer.temper](story)
    words = tuple(
        sorted((w for s in stories for w in s.words if w.day < last), key=lambda w: (w.day, w.buyer))
    )
    return Firm(
        business,
        people,
        tuple(sorted((s.bill for s in stories), key=lambda b: (b.issued, b.number))),
        tuple(sorted((c for s in stories for c in s.coins if c.day <= last), key=lambda c: (c.day, c.mark))),
        words,
        _away(first, words, chance),
    )


def _away(first: date, words: tuple[Word, ...], chance: Random) -> tuple[date, date]:
    """When the owner is on holiday; not while somebody waits for an answer about a plan."""
    leaves = first + timedelta(days=chance.randint(30, 300))
    comes = leaves + timedelta(days=chance.randint(5, 25))
    week = timedelta(days=7)
    asked = [w for w in words if w.saying == "plan" and leaves - week <= w.day <= comes + week]
    return (date.max, date.max) if asked else (leaves, comes)


def _buyer(home: str, at: int, n: int, temper: str, language: Language, chance: Random) -> Buyer:
    """A buyer whose name is like nobody else's in the town."""
    root = WORDS[home][n % len(WORDS[home])]
    kind: CustomerKind = chance.choice(("business", "business", "consumer"))
    if temper == "two_names":
        kind = "business"
    name = f"{root}{chance.choice(TRADES)} {at + 1}{n + 1:02d}"
    return Buyer(
        key=f"{at}-{n}",
        name=name,
        alias=f"Holding {root} {at + 1}{n + 1:02d}" if temper == "two_names" else name,
        email=f"regnskap{n}@kjoper{at}{n:02d}.example",
        kind=kind,
        number=_number(home, 100 * at + n) if kind == "business" else "",
        language=chance.choice((language, language, "en")),
        temper=temper,
    )


def _number(home: str, serial: int) -> str:
    """A company number that is right in its country, a different one for each serial."""
    tries = (f"{STARTS[home] + 1000 * serial + n}" for n in range(1000))
    return next(each for each in tries if number_valid(each, home))


def _stories(
    buyer: Buyer, business: Business, at: int, chance: Random, first: date, last: date, most: int
) -> list[Story]:
    """The bills of one buyer, spread over the year, each with a story to be told.

    What is agreed is about all that somebody owes, so whoever agrees on a plan or a day has one bill.
    """
    currency = country_of(business.country).currency
    room = (last - first).days - 20
    found = []
    count = 1 if buyer.temper.startswith(("plan", "word")) else chance.randint(1, most)
    for n in range(count):
        issued = workdays.on_or_after(
            first + timedelta(days=chance.randint(0, max(room, 1))), business.country
        )
        due = issued + timedelta(days=chance.choice((10, 14, 30)) if room > 60 else 7)
        serial = 10_000 * (at + 1) + 100 * int(buyer.key.split("-")[1]) + n
        bill = Bill(
            buyer=buyer.key,
            number=str(serial),
            reference=make(str(serial), business.scheme),
            amount=Money(chance.randint(20_000, 2_500_000), currency),
            issued=issued,
            due=due,
        )
        found.append(Story(buyer, bill, business.country, chance))
    return found
