"""Payments: which amounts a reply puts on the table, and for which days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.hearing import Asked, Offered
from bot.money import Money
from messages.ear.amounts import Stated, stated
from messages.ear.answers.evidence import Row
from messages.ear.answers.lexicon import small
from messages.ear.answers.sentences import TOKEN
from messages.ear.answers.timing import Mention
from messages.ear.words import plain

WEAK = frozenset("na nu no nyt now heti straks genast".split())
"""Words for *now* that stand in many a sentence without meaning a day."""
LEAST = Decimal(20)
PHONE = re.compile(r"\d[\d ]{6,}\d")
TWO, THREE = Decimal(2), Decimal(3)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what is owed as it stands in a sentence: an amount, or none for the rest."""

    start: int
    end: int
    amount: Money | None


def offers(row: Row, asked: Asked) -> tuple[Offered, ...]:
    """The payments of one sentence: each amount with its day, or one of the latest day."""
    days = _days(row)
    parts = pieces(row, asked)
    if not parts:
        return (Offered(day=_latest(days)),)
    return tuple(Offered(day=_latest(mine), amount=piece.amount) for piece, mine in _paired(parts, days))


def faulty(row: Row) -> bool:
    """Whether a sentence names a day that cannot be meant, or contradicts itself."""
    return any(one.fault and one.meaning not in ("yesterday", "days_ago", "weekday_last") for one in row.days)


def future(row: Row) -> tuple[Mention, ...]:
    """The days of a sentence that a payment can be for."""
    return tuple(one for one in row.days if one.day and one.fault in ("", "clash") and not _is_weak(one, row))


def _days(row: Row) -> tuple[Mention, ...]:
    found = future(row)
    if found:
        return found
    return tuple(one for one in row.days if one.meaning == "today" and _beside_payment(one, row))


def _is_weak(one: Mention, row: Row) -> bool:
    return one.meaning == "today" and plain(row.sentence.text[one.start : one.end]) in WEAK


def _beside_payment(one: Mention, row: Row) -> bool:
    """Whether a word for *now* belongs to a payment: in the same clause, and not denied there."""
    tokens = list(TOKEN.finditer(small(row.sentence.text)))
    at = next((n for n, token in enumerate(tokens) if token.end() > one.start), None)
    if at is None or at >= len(row.sentence.clauses):
        return False
    clause = row.sentence.clause(row.sentence.clauses[at])
    return bool(clause & {"PAYS", "PAY", "AMOUNT"}) and "NOT" not in clause


def _latest(days: Sequence[Mention]) -> date | None:
    return max((one.day for one in days if one.day), default=None)


def pieces(row: Row, asked: Asked) -> tuple[Piece, ...]:
    """The parts of what is owed that a sentence names, in their order."""
    found = [
        Piece(one.start, one.end, _money(one, asked))
        for one in stated(row.sentence.text)
        if _is_amount(one, row, asked)
    ]
    if found or "HALF" in row.sentence.places:
        found.extend(_shares(row, asked))
    return tuple(sorted(found, key=lambda piece: piece.start))


def _is_amount(one: Stated, row: Row, asked: Asked) -> bool:
    """Whether a figure is money: marked as such, or one that can be a part and is no day, number or phone."""
    if one.value is None or one.value <= 0 or one.currency_for(asked.owed.currency) != asked.owed.currency:
        return False
    if any(day.start < one.end and one.start < day.end for day in row.days):
        return False
    if one.marked:
        return True
    text = row.sentence.text
    around = text[max(0, one.start - 1) : one.end + 1]
    return (
        LEAST <= one.value <= asked.owed.decimal
        and not PHONE.fullmatch(text[one.start : one.end])
        and not (re.search(r"[-#/%]|[A-Za-z]\d", around))
    )


def _money(one: Stated, asked: Asked) -> Money | None:
    assert one.value is not None
    try:
        return Money.of(one.value, asked.owed.currency)
    except ValueError:
        return None


def _shares(row: Row, asked: Asked) -> Iterator[Piece]:
    """Half, a third, the rest: the first two worked out, the last left open."""
    spans = [token.span() for token in TOKEN.finditer(small(row.sentence.text))]
    for at, labels in enumerate(row.sentence.labels):
        word = row.sentence.words[at]
        if "HALF" in labels:
            yield Piece(*spans[at], _share(asked.owed, THREE if _is_third(word) else TWO))
        elif "REST" in labels:
            yield Piece(*spans[at], None)


def _is_third(word: str) -> bool:
    return word.startswith(("tred", "third", "kolm"))


def _share(owed: Money, parts: Decimal) -> Money:
    return Money(int((owed.minor / parts).quantize(Decimal(1), ROUND_HALF_UP)), owed.currency)


def _paired(parts: Sequence[Piece], days: Sequence[Mention]) -> Iterator[tuple[Piece, list[Mention]]]:
    """Each piece with the days that follow it before the next one, or else with those before it."""
    free = list(days)
    first_day_leads = bool(days) and days[0].start < parts[0].start and len(days) >= len(parts)
    for at, piece in enumerate(parts):
        until = parts[at + 1].start if at + 1 < len(parts) else float("inf")
        since = parts[at - 1].end if at else -1
        after = [day for day in free if piece.end <= day.start < until]
        before = [day for day in free if since <= day.start < piece.start]
        mine = (before or after) if first_day_leads else (after or before)
        free = [day for day in free if day not in mine]
        yield piece, mine


def dated(found: Iterable[Offered]) -> tuple[Offered, ...]:
    """Offers without doubles; one that says nothing stays only when there is no other."""
    unique = list(dict.fromkeys(found))
    telling = [one for one in unique if one.day or one.amount]
    known = {one.day for one in telling if one.amount}
    kept = [one for one in telling if one.amount or one.day not in known]
    return tuple(kept or unique[:1])
