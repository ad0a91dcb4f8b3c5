"""Payments: which amounts a reply puts on the table, and for which days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import takewhile

from bot.hearing import Asked, Offered
from bot.money import Money
from messages.ear.amounts import Stated, stated
from messages.ear.answers.evidence import Row
from messages.ear.answers.lexicon import small
from messages.ear.answers.sentences import BREAKS, TOKEN
from messages.ear.answers.timing import Mention

WEAK = frozenset("nå nu no nyt now heti straks genast direkt".split())
"""Words for *now* that stand in many a sentence without meaning a day."""
OPENS_CONDITION = frozenset("kun ku når när da då når_ som jeg jag I if when as".split())
SOMEBODY = frozenset("vi jeg eg jag".split())
TWO, THREE, FOUR = Decimal(2), Decimal(3), Decimal(4)
NEAR = 3
SPANS = frozenset({"days", "weeks", "months", "bank_days"})
AFTER = frozenset("efter etter after from fra frå från".split())
FROM_NOW = frozenset("i idag dags today now nå nu no d.d".split())
NET = frozenset("netto net end frist kredit credit betalingsfrist".split())
LATEST = frozenset("senest seinast seinest senast viimeistään latest".split())
"""Words for the last of some days: that one is meant."""
AT_ONCE = frozenset(
    "med det samme|med en gang|med ein gong|genast|omgående|på en gång|straks|right away|at once|immediately"
    "|straight away|heti|saman tien|samantien|direkt".split("|")
)
"""Words for *now* that count from what comes first, if something does."""
SENT = frozenset(
    "sendt sende sent sendte skickat skickad skickade satt satte wired gikk gått lähti lähetin".split()
)
RATE = re.compile(
    r"\s?(?:/|per\s|pr\.?\s|i\s)\s?(?:h|t|time|timen|hour|tim|timme|timmen|tunti|stk|st|kpl|pcs|m2|kg)\b"
    r"|\s(?:too much|more|higher|for mye|for mykje|for meget|för mycket|mer|mere|meir|høyere|højere|högre"
    r"|dyrere|dyrare|liikaa|enemmän|kalliimpi|over|extra)\b"
)
"""What stands behind a sum that is a price, or the difference to another."""
PARTED = re.compile(r"[\w#][-#]\Z")
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
        return (Offered(day=_latest(future(row) or _now(row), row)),)
    days = sorted((*future(row), *_now(row)), key=lambda one: one.start)
    own, other = _by_clause(parts, days, row)
    found = [Offered(day=_latest(mine, row), amount=piece.amount) for piece, mine in _paired(parts, own)]
    return (*found, *((Offered(day=_latest(other, row)),) if other else ()))


def _by_clause(
    parts: Sequence[Piece], days: Sequence[Mention], row: Row
) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """The days of a single sum, and those of another clause, which are for the rest."""
    if len(parts) != 1 or len(days) == 1:
        return days, ()
    clauses = row.sentence.clauses
    mine = clauses[place(row, parts[0].start)]
    own = [day for day in days if clauses[place(row, day.start)] == mine]
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
        if not (
            _is_weak(one, row)
            or _is_counted_from(one, row)
            or _opens_condition(one, row)
            or _is_over(one, row)
        )
    )


def _opens_condition(one: Mention, row: Row) -> bool:
    """Whether *at once* is said of what comes first: `med en gang vi har fått …`."""
    following = small(row.sentence.text[one.end : one.end + 12]).split()
    return one.meaning == "today" and bool(following) and following[0] in SOMEBODY


def _is_counted_from(one: Mention, row: Row) -> bool:
    """Whether it counts from something else than today (`10 days after approval`), or is a term."""
    following = re.findall(r"[^\W\d_]+", small(row.sentence.text[one.end : one.end + 16]))
    if one.meaning not in SPANS or not following:
        return False
    if following[0] in AFTER:
        return FROM_NOW.isdisjoint(following[1:2])
    return following[0] in NET or small(row.sentence.text[: one.start]).endswith(("netto ", "net "))


def _is_over(one: Mention, row: Row) -> bool:
    """Whether it is the day of the part that is paid: `I paid 1,200 on Monday, the rest is on its way`."""
    if one.meaning not in ("weekday", "day_of_month") or "REST" not in row.sentence.places:
        return False
    clause = row.sentence.clause(row.sentence.clauses[place(row, one.start)])
    return "PAID" in clause and not clause & {"REST", "WILL", "BE"}


def hangs(one: Mention, row: Row) -> bool:
    """Whether a day is only *at once*, which counts from whatever must come first, unless a sum is named."""
    if not {"FIGURE", "HALF"}.isdisjoint(row.sentence.places):
        return False
    return one.meaning == "today" and small(row.sentence.text[one.start : one.end]) in AT_ONCE


def _is_weak(one: Mention, row: Row) -> bool:
    return one.meaning == "today" and small(row.sentence.text[one.start : one.end]) in WEAK


def _now(row: Row) -> tuple[Mention, ...]:
    """The words for *now* that belong to a payment: in its clause, not denied, no `as soon as`."""
    return tuple(one for one in row.days if _is_weak(one, row) and _beside_payment(one, row))


def _beside_payment(one: Mention, row: Row) -> bool:
    at = place(row, one.start)
    said = row.sentence
    if said.words[at + 1 : at + 2] and said.words[at + 1] in OPENS_CONDITION:
        return False
    clause = said.clause(said.clauses[at])
    return bool(clause & {"PAYS", "PAY", "FIGURE", "HALF"}) and "NOT" not in clause


def place(row: Row, start: int) -> int:
    """Which word of a sentence stands at a letter."""
    tokens = TOKEN.finditer(small(row.sentence.text))
    at = next((n for n, token in enumerate(tokens) if token.end() > start), 0)
    return min(at, len(row.sentence.words) - 1)


def _latest(days: Sequence[Mention], row: Row) -> date | None:
    """The day meant of some: the one that is called the latest, else the last."""
    named = [one.day for one in days if one.day and _is_called_latest(one, row)]
    return max(named or (one.day for one in days if one.day), default=None)


def _is_called_latest(one: Mention, row: Row) -> bool:
    """Whether *at the latest* stands in, before or right behind a day."""
    last = one.start + len(row.sentence.text[one.start : one.end].rstrip(" .,:")) - 1
    start, end, said = place(row, one.start), place(row, last), row.sentence.words
    behind = takewhile(lambda word: word not in BREAKS, said[end + 1 : end + 4])
    return not LATEST.isdisjoint((*said[max(0, start - 2) : end + 1], *behind))


def pieces(row: Row, asked: Asked) -> tuple[Piece, ...]:
    """The parts of what is owed that a sentence puts on the table, in their order."""
    found = [*_amounts(row, asked), *_shares(row, asked)]
    sums = [piece for piece in found if piece.amount]
    rests = [piece for piece in found if not piece.amount and not _names_sum(piece, sums, row)]
    return tuple(sorted((*sums, *(rests if sums else ())), key=lambda piece: piece.start))


def _names_sum(rest: Piece, sums: Sequence[Piece], row: Row) -> bool:
    """Whether a word for the rest says only what the sum behind it is: `the remaining 1,300`."""
    at = place(row, rest.start)
    return any(0 < place(row, one.start) - at <= NEAR for one in sums)


def _amounts(row: Row, asked: Asked) -> Iterator[Piece]:
    for one in stated(row.sentence.text):
        at = place(row, one.start)
        if one.value is None or "FIGURE" not in row.sentence.labels[at] or not _is_offered(row, at):
            continue
        if _is_price(one, row.sentence.text):
            continue
        if one.currency_for(asked.owed.currency) != asked.owed.currency:
            continue
        if any(day.start < one.end and one.start < day.end for day in row.days):
            continue
        if one.marked or one.value <= asked.owed.decimal:
            yield from _piece(one.start, one.end, one.value, asked)


def _is_price(one: Stated, text: str) -> bool:
    """Whether a figure is what something costs, a difference, or a part of a longer number."""
    glued = not one.marked and bool(PARTED.search(text[: one.start]) or re.match(r"-\d", text[one.end :]))
    return glued or bool(RATE.match(small(text[one.end :])))


def _piece(start: int, end: int, value: Decimal, asked: Asked) -> Iterator[Piece]:
    try:
        yield Piece(start, end, Money.of(value, asked.owed.currency))
    except ValueError:
        return


def _is_offered(row: Row, at: int) -> bool:
    """Whether the clause of a sum offers it: it is not paid already, contested, or denied."""
    clause = row.sentence.clause(row.sentence.clauses[at])
    if (
        "DISPUTES" in clause
        or ({"FEE", "NOT"} <= row.sentence.places.keys())
        or ("NOT" in clause and not clause & {"WILL", "PAYS", "CAN"})
    ):
        return False
    over = "PAID" in clause or bool(clause & SENT)
    return not over or bool(clause & {"WILL", "PAYS", "BE", "GETS", "ASKS", "CAN", "IF"})


def _shares(row: Row, asked: Asked) -> Iterator[Piece]:
    """Half, a third, the rest: the first two worked out, the last left open."""
    spans = [token.span() for token in TOKEN.finditer(small(row.sentence.text))]
    for at, labels in enumerate(row.sentence.labels):
        if "REST" in labels and "HALF" not in labels:
            yield Piece(*spans[at], None)
        elif "HALF" in labels and _is_offered(row, at) and not _is_sent(row, at):
            yield Piece(*spans[at], _share(asked.owed, _parts(row.sentence.words[at])))


def _is_sent(row: Row, at: int) -> bool:
    """Whether the clause of a share says that it has gone already."""
    clause = row.sentence.clause(row.sentence.clauses[at])
    return bool(clause & SENT) and not clause & {"WILL", "CAN", "PAYS"}


def _parts(word: str) -> Decimal:
    if word.startswith(("tred", "third", "kolm")):
        return THREE
    return FOUR if word.startswith(("fjer", "fjär", "fire", "neljä", "quart", "fjar")) else TWO


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
