"""Evidence: a reply as the sentences that are the customer's own, each with its cues, days and amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from messages.ear.answers.card import without_card
from messages.ear.answers.forged import said_to_people, without_roles
from messages.ear.answers.glued import unglued
from messages.ear.answers.legible import folded, shown
from messages.ear.answers.matching import Span, found
from messages.ear.answers.quoted import DISCLAIMER, parted
from messages.ear.answers.sentences import Sentence, sentences
from messages.ear.answers.timing import Mention, mentions

SHORT_ANSWER = 6
MOST = 30_000


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of a reply, and where its cues stand."""

    sentence: Sentence
    cues: Mapping[str, Span]
    days: tuple[Mention, ...]


@dataclass(frozen=True)
class Evidence:
    """A reply as it is weighed."""

    rows: tuple[Row, ...]
    asked: tuple[Row, ...]
    commanded: bool
    offered: bool

    @cached_property
    def cues(self) -> frozenset[str]:
        """All cues of the reply."""
        return frozenset(cue for row in self.rows for cue in row.cues)

    def rows_with(self, *cues: str) -> tuple[Row, ...]:
        """The sentences that have one of these cues."""
        return tuple(row for row in self.rows if not row.cues.keys().isdisjoint(cues))

    def first(self, *cues: str) -> int:
        """Where the first sentence with one of these cues stands; past the end when there is none."""
        at = (at for at, row in enumerate(self.rows) if not row.cues.keys().isdisjoint(cues))
        return next(at, len(self.rows))

    @cached_property
    def granted(self) -> Row | None:
        """The question that a short *yes* answers, if it asks for a payment on a day."""
        if self.words > SHORT_ANSWER or "yes" not in self.cues:
            return None
        asked = (row for row in self.asked if row.days and row.cues.keys() & {"pays", "asks_pay", "pay_word"})
        return next(asked, None)

    @property
    def words(self) -> int:
        """How many words the customer wrote."""
        return sum(len(row.sentence.words) for row in self.rows)


def evidence(text: str, today: date, *, offered: bool) -> Evidence:
    """What a text holds."""
    own, quoted = parted(folded(_within_reason(shown(text))))
    spoken = without_roles(own)
    said = sentences(without_card(unglued(spoken)), today)
    kept = [one for one in said if not DISCLAIMER.search(one.text)]
    theirs = list(said_to_people(kept))
    return Evidence(
        rows=tuple(_row(one, today) for one in theirs),
        asked=tuple(_row(one, today) for one in sentences(quoted, today)[:40] if one.asks),
        commanded=len(theirs) < len(kept) or spoken != own,
        offered=offered,
    )


def _row(sentence: Sentence, today: date) -> Row:
    return Row(sentence, found(sentence), mentions(sentence.text, sentence.spoken, today))


def _within_reason(text: str) -> str:
    """A text as far as anybody writes by hand: of a longer one the beginning and the end."""
    return text if len(text) <= MOST else f"{text[: MOST * 3 // 4]}\n{text[-MOST // 4 :]}"
