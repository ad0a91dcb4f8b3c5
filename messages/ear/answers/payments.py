"""Payments: which amounts a reply puts on the table, and for which days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.hearing import Asked, Offered
from bot.money import Money
from messages.ear.amounts import stated
from messages.ear.answers.evidence import Row
from messages.ear.answers.lexicon import small
from messages.ear.answers.sentences import TOKEN
from messages.ear.answers.timing import Mention

WEAK = frozenset("nå nu no nyt now heti straks genast direkt".split())
"""Words for *now* that stand in many a sentence without meaning a day."""
OPENS_CONDITION = frozenset("kun ku når när da då når_ som jeg jag I if when as".split())
SOMEBODY = frozenset("vi jeg eg jag".split())
TWO, THREE = Decimal(2), Decimal(3)
NEAR = 3
SPANS = frozenset({"days", "weeks", "months", "bank_days"})
AFTER = frozenset("efter etter after from fra frå från".split())
PAST = frozenset({"yesterday", "days_ago", "weekday_last"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what is owed as it stands in a sentence: an amount, or none for the rest."""

    start: int
    end: int
    amount: Money | None


def offers(row: Row, asked: Asked) -> tuple[Offered, ...]:
    """The payments of one sentence: each amount with its day, or one of the latest day."""
    parts = pieces(row, asked)
    if not parts:
        return (Offered(day=_latest(future(row) or _now(row))),)
    days = sorted((*future(row), *_now(row)), key=lambda one: one.start)
    own, other = _by_clause(parts, days, row)
    found = [Offered(day=_latest(mine), amount=piece.amount) for piece, mine in _paired(parts, own)]
    return (*found, *((Offered(day=_latest(other)),) if other else ()))


def _by_clause(
    parts: Sequence[Piece], days: Sequence[Mention], row: Row
) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """The days of a single sum, and those of another clause, which are for the rest."""
    if len(parts) != 1 or len(days) == 1:
        return days, ()
    clauses = row.sentence.clauses
    mine = clauses[_place(row, parts[0].start)]
    own = [day for day in days if clauses[_place(row, day.start)] == mine]
    return (own, [day for day in days if day not in own]) if own else (days, ())


def faulty(row: Row) -> bool:
    """Whether a sentence names a day that cannot be meant, or contradicts itself."""
    return any(one.fault and one.meaning not in PAST for one in row.days)


def future(row: Row) -> tuple[Mention, ...]:
    """The days of a sentence that a payment can be for."""
    usable = (one for one in row.days if one.day and one.fault in ("", "clash"))
    return tuple(
        one
        for one in usable
        if not (_is_weak(one, row) or _is_counted_from(one, row) or _opens_condition(one, row))
    )


def _opens_condition(one: Mention, row: Row) -> bool:
    """Whether *at once* is said of what comes first: `med en gang vi har fått …`."""
    following = small(row.sentence.text[one.end : one.end + 12]).split()
    return one.meaning == "today" and bool(following) and following[0] in SOMEBODY


def _is_counted_from(one: Mention, row: Row) -> bool:
    """Whether it counts from something else than today: `10 days after approval`."""
    following = small(row.sentence.text[one.end : one.end + 12]).split()
    return one.meaning in SPANS and bool(following) and following[0] in AFTER


def _is_weak(one: Mention, row: Row) -> bool:
    return one.meaning == "today" and small(row.sentence.text[one.start : one.end]) in WEAK


def _now(row: Row) -> tuple[Mention, ...]:
    """The words for *now* that belong to a payment: in its clause, not denied, no `as soon as`."""
    return tuple(one for one in row.days if _is_weak(one, row) and _beside_payment(one, row))


def _beside_payment(one: Mention, row: Row) -> bool:
    at = _place(row, one.start)
    said = row.sentence
    if said.words[at + 1 : at + 2] and said.words[at + 1] in OPENS_CONDITION:
        return False
    clause = said.clause(said.clauses[at])
    return bool(clause & {"PAYS", "PAY", "FIGURE", "HALF"}) and "NOT" not in clause


def _place(row: Row, start: int) -> int:
    """Which word of a sentence stands at a letter."""
    tokens = TOKEN.finditer(small(row.sentence.text))
    at = next((n for n, token in enumerate(tokens) if token.end() > start), 0)
    return min(at, len(row.sentence.words) - 1)


def _latest(days: Sequence[Mention]) -> date | None:
    return max((one.day for one in days if one.day), default=None)


def pieces(row: Row, asked: Asked) -> tuple[Piece, ...]:
    """The parts of what is owed that a sentence puts on the table, in their order."""
    found = [*_amounts(row, asked), *_shares(row, asked)]
    sums = [piece for piece in found if piece.amount]
    rests = [piece for piece in found if not piece.amount and not _names_sum(piece, sums, row)]
    return tuple(sorted((*sums, *(rests if sums else ())), key=lambda piece: piece.start))


def _names_sum(rest: Piece, sums: Sequence[Piece], row: Row) -> bool:
    """Whether a word for the rest says only what the sum behind it is: `the remaining 1,300`."""
    at = _place(row, rest.start)
    return any(0 < _place(row, one.start) - at <= NEAR for one in sums)


def _amounts(row: Row, asked: Asked) -> Iterator[Piece]:
    for one in stated(row.sentence.text):
        at = _place(row, one.start)
        if one.value is None or "FIGURE" not in row.sentence.labels[at] or not _is_offered(row, at):
            continue
        if one.currency_for(asked.owed.currency) != asked.owed.currency:
            continue
        if any(day.start < one.end and one.start < day.end for day in row.days):
            continue
        if one.marked or one.value <= asked.owed.decimal:
            yield from _piece(one.start, one.end, one.value, asked)


def _piece(start: int, end: int, value: Decimal, asked: Asked) -> Iterator[Piece]:
    try:
        yield Piece(start, end, Money.of(value, asked.owed.currency))
    except ValueError:
        return


def _is_offered(row: Row, at: int) -> bool:
    """Whether the clause of a sum offers it: it is not paid already, contested, or denied."""
    clause = row.sentence.clause(row.sentence.clauses[at])
    if "DISPUTES" in clause or ("NOT" in clause and not clause & {"WILL", "PAYS", "CAN"}):
        return False
    return "PAID" not in clause or bool(clause & {"WILL", "PAYS", "BE", "GETS", "ASKS"})


def _shares(row: Row, asked: Asked) -> Iterator[Piece]:
    """Half, a third, the rest: the first two worked out, the last left open."""
    spans = [token.span() for token in TOKEN.finditer(small(row.sentence.text))]
    for at, labels in enumerate(row.sentence.labels):
        if "REST" in labels and "HALF" not in labels:
            yield Piece(*spans[at], None)
        elif "HALF" in labels and _is_offered(row, at):
            yield Piece(*spans[at], _share(asked.owed, THREE if _is_third(row.sentence.words[at]) else TWO))


def _is_third(word: str) -> bool:
    return word.startswith(("tred", "third", "kolm"))


def _share(owed: Money, parts: Decimal) -> Money:
    return Money(int((owed.minor / parts).quantize(Decimal(1), ROUND_HALF_UP)), owed.currency)


def _paired(parts: Sequence[Piece], days: Sequence[Mention]) -> Iterator[tuple[Piece, list[Mention]]]:
    """Each piece with its days: one each in their order, else those behind it, else those before it."""
    if len(parts) == len(days):
        yield from ((piece, [day]) for piece, day in zip(parts, days, strict=True))
        return
    free = list(days)
    day_leads = bool(days) and days[0].start < parts[0].start and len(days) >= len(parts)
    for at, piece in enumerate(parts):
        until = parts[at + 1].start if at + 1 < len(parts) else float("inf")
        since = parts[at - 1].end if at else -1
        after = [day for day in free if piece.end <= day.start < until]
        before = [day for day in free if since <= day.start < piece.start]
        mine = (before or after) if day_leads else (after or before)
        free = [day for day in free if day not in mine]
        yield piece, mine


def dated(found: Iterable[Offered]) -> tuple[Offered, ...]:
    """Offers without doubles; one that says nothing stays only when there is no other."""
    unique = list(dict.fromkeys(found))
    telling = [one for one in unique if one.day or one.amount]
    known = {one.day for one in telling if one.amount}
    kept = [one for one in telling if one.amount or one.day not in known]
    return tuple(kept or unique[:1])
