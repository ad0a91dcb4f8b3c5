"""Plans: the terms a customer names for paying in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.hearing import Asked, Terms
from bot.money import Money
from messages.ear.answers.evidence import Row
from messages.ear.answers.intents import again, waits
from messages.ear.answers.payments import Piece, future, pieces, place
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
    counts = [count for row in rows for count in counted(row)]
    each = [amount for row in rows for amount in _each(row, asked)]
    each = [amount for amount in each if amount < asked.owed and amount.decimal not in counts]
    once = {once_by(piece, row) for row in rows for piece in first_parts(row, asked)}
    first = first_day(rows)
    first = None if first in once else first
    if not (counts or each or first):
        return None
    return Terms(
        instalments=counts[-1 if counter else 0] if counts else None,
        amount_each=each[-1 if counter else 0] if each else None,
        first_day=first,
        interval="weekly" if _weekly(rows) else "monthly",
    )


def _each(row: Row, asked: Asked) -> Iterator[Money]:
    """The sums of a sentence about a plan: those said of every month or week, where some are."""
    found = [piece for piece in pieces(row, asked) if piece.amount]
    once = first_parts(row, asked)
    every = [piece for piece in found if _is_each(piece, found, row)]
    yield from (piece.amount for piece in every or found if piece.amount and piece not in once)


def _is_each(piece: Piece, found: Sequence[Piece], row: Row) -> bool:
    """Whether a sum comes again: *every* or *a month* stands behind it, before the next sum."""
    at = place(row, piece.end - 1) + 1
    until = min([place(row, other.start) for other in found if other.start > piece.start] + [at + WITHIN])
    return any(again(row, later) for later in range(at, min(until, len(row.sentence.words))))


def first_parts(row: Row, asked: Asked) -> tuple[Piece, ...]:
    """The sums of a sentence about a plan that are paid once and first: `600 today and then 400 a month`."""
    found = [piece for piece in pieces(row, asked) if piece.amount]
    every = [piece for piece in found if _is_each(piece, found, row)]
    if every:
        return tuple(piece for piece in found if piece not in every)
    places = row.sentence.places
    rest = max((at for kind in ("REST", "INSTALMENT", "SPLIT") for at in places.get(kind, ())), default=0)
    return tuple(
        piece
        for piece in found
        if "REST" in places and once_by(piece, row) and place(row, piece.start) < rest
    )


def once_by(piece: Piece, row: Row) -> date | None:
    """The day a first part is paid on: one that is named in its clause."""
    clauses = row.sentence.clauses
    mine = clauses[place(row, piece.start)]
    days = [one for one in row.days if one.day and clauses[place(row, one.start)] == mine]
    return min(days, key=lambda one: abs(one.start - piece.end)).day if days else None


def first_day(rows: Iterable[Row]) -> date | None:
    """The day these sentences let a plan begin: a month alone means its first, unless a day is named."""
    starting = [row for row in rows if not waits(row)]
    found = [one for row in starting for one in future(row) if one.meaning not in SPANS]
    exact = [one.day for one in found if one.day and one.meaning not in MONTHS]
    months = [one.day.replace(day=1) for one in found if one.day and one.meaning in MONTHS]
    return min(exact or months, default=None)


def counted(row: Row) -> Iterator[int]:
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


def _weekly(rows: Sequence[Row]) -> bool:
    """Whether it is paid by the week: of two that are named, the one beside the last sum."""
    named = [row for row in rows if {"weekly", "monthly"} & row.cues.keys()]
    told = [row for row in named if "FIGURE" in row.sentence.places] or named
    return bool(told) and "weekly" in told[-1].cues and "monthly" not in told[-1].cues
