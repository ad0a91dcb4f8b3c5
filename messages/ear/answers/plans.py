"""Plans: the terms a customer names for paying in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.hearing import Asked, Terms
from messages.ear.answers.evidence import Row
from messages.ear.answers.intents import waits
from messages.ear.answers.payments import future, pieces
from messages.ear.words import plain, words

MOST_PARTS = 60
WITHIN = 4
MONTHS = frozenset({"month", "next_month"})
SPANS = frozenset({"weeks", "months", "days", "today", "this_week"})
"""Days that count how long, not from when."""
INTO = frozenset("i in into på over til".split())


def terms(rows: Sequence[Row], asked: Asked, *, counter: bool) -> Terms | None:
    """What some sentences say of a plan; None when they say neither how many, how much, nor from when.

    Of a `counter`-offer the last amount is the customer's own: the first is what they decline.
    """
    counts = [count for row in rows for count in _counts(row)]
    each = [piece.amount for row in rows for piece in pieces(row, asked) if piece.amount]
    each = [amount for amount in each if amount < asked.owed and amount.decimal not in counts]
    first = first_day(rows)
    if not (counts or each or first):
        return None
    return Terms(
        instalments=counts[0] if counts else None,
        amount_each=each[-1 if counter else 0] if each else None,
        first_day=first,
        interval="weekly" if _weekly(rows) else "monthly",
    )


def first_day(rows: Iterable[Row]) -> date | None:
    """The day these sentences let a plan begin: a month alone means its first, unless a day is named."""
    starting = [row for row in rows if not waits(row)]
    found = [one for row in starting for one in future(row) if one.meaning not in SPANS]
    exact = [one.day for one in found if one.day and one.meaning not in MONTHS]
    months = [one.day.replace(day=1) for one in found if one.day and one.meaning in MONTHS]
    return min(exact or months, default=None)


def _counts(row: Row) -> Iterator[int]:
    """The numbers that count parts: `four monthly instalments`, `over tre måneder`, `4 x 500`, `in two`."""
    said = row.sentence
    numbers = {name: value for language in said.spoken for name, value in words(language).numbers.items()}
    for at, word in enumerate(said.words):
        count = int(word) if word.isdecimal() else numbers.get(plain(word), 0)
        if 1 < count <= MOST_PARTS and "AMOUNT" not in said.labels[at] and _counts_parts(row, at):
            yield count


def _counts_parts(row: Row, at: int) -> bool:
    said = row.sentence
    following = said.labels[at + 1 : at + 1 + WITHIN]
    if following and "EVERY" in following[0] and "PARTS" not in following[0]:
        return False
    if any(not {"PARTS", "INSTALMENT", "x"}.isdisjoint(labels) for labels in following):
        return True
    if following and "TIME" in following[0]:
        return "FIGURE" in said.places or "INSTALMENT" in said.places or "SPLIT" in said.places
    alone = not said.words[at].isdecimal() and at > 0 and said.words[at - 1] in INTO
    return alone and (not following or said.words[at + 1] in ("?", "!", ","))


def _weekly(rows: Iterable[Row]) -> bool:
    return any("weekly" in row.cues for row in rows)
