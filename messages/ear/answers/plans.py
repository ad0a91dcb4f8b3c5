"""Plans: the terms a customer names for paying in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.hearing import Asked, Terms
from messages.ear.answers.evidence import Row
from messages.ear.answers.payments import future, pieces
from messages.ear.answers.timing import Mention
from messages.ear.words import plain, words

MOST_PARTS = 60
MONTHS = frozenset({"month", "next_month"})


def terms(rows: Sequence[Row], asked: Asked) -> Terms | None:
    """What some sentences say of a plan; None when they say neither how many, how much, nor from when."""
    counts = [count for row in rows for count in _counts(row)]
    each = [piece.amount for row in rows for piece in pieces(row, asked) if piece.amount]
    each = [amount for amount in each if amount < asked.owed and amount.decimal not in counts]
    starts = [_start(one) for row in rows for one in future(row) if not _is_span(one)]
    if not (counts or each or starts):
        return None
    return Terms(
        instalments=counts[0] if counts else None,
        amount_each=each[0] if each else None,
        first_day=min(starts) if starts else None,
        interval="weekly" if _weekly(rows) else "monthly",
    )


def _start(one: Mention) -> date:
    """The day a plan begins: a month alone means its first."""
    assert one.day
    return one.day.replace(day=1) if one.meaning in MONTHS else one.day


def _is_span(one: Mention) -> bool:
    """Whether it counts how long, not from when."""
    return one.meaning in ("weeks", "months", "days")


def _counts(row: Row) -> Iterator[int]:
    """The numbers that count parts: `four monthly instalments`, `over tre måneder`, `4 x 500`."""
    said = row.sentence
    numbers = {name: value for language in said.spoken for name, value in words(language).numbers.items()}
    for at, word in enumerate(said.words):
        count = int(word) if word.isdigit() else numbers.get(plain(word), 0)
        near = [
            said.labels[n] for n in range(at + 1, min(at + 3, len(said.words))) if said.words[n] not in ",?"
        ]
        if (
            1 < count <= MOST_PARTS
            and "AMOUNT" not in said.labels[at]
            and any("PARTS" in x or "x" in x for x in near)
        ):
            yield count


def _weekly(rows: Iterable[Row]) -> bool:
    return any("weekly" in row.cues for row in rows) and not any("monthly" in row.cues for row in rows)
