"""A question with what follows from it at once: whose law, due when, which letters counted, what stops it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from bot import dunning, workdays
from bot.charges import ONE_DAY, Interest, RateMissing, compensation, interest, interest_start
from bot.countries import Country
from bot.limitation import Limitation, limitation
from bot.money import Money
from bot.questions import Judged, Question, Standing
from bot.statutes import Law, Opening


@dataclass(frozen=True, slots=True)
class Added:
    """What time has added: interest from its first day, and compensation; each None when not known."""

    start: date | None
    interest: Interest | None
    flat: int | None
    flat_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A claim on a day, before the law's permissions are read off it; `open` is the principal at its end."""

    question: Question
    home: Country
    law: Law
    due: date
    open: Money
    letters: tuple[Judged, ...]
    standing: Standing
    limitation: Limitation
    stops: tuple[str, ...]
    added: Added

    @property
    def overdue(self) -> bool:
        """Whether the day is after due and principal is open."""
        return self.question.on > self.due and bool(self.open)

    @property
    def alive(self) -> bool:
        """Whether anything may still be done about the claim."""
        return bool(self.open) and not self.stops

    @property
    def reviewed(self) -> bool:
        """Whether the rules for letters and fees are reviewed for the day."""
        return self.law.reviewed(self.question.on)

    @property
    def mixed(self) -> bool:
        """Whether the claim is in another currency than fees are."""
        return self.question.debt.amount.currency != self.home.currency

    @property
    def reminder(self) -> Opening:
        """From when a reminder may bear a fee."""
        return self.law.fee("reminder", self.standing, self.question.on)

    @property
    def notice(self) -> Opening:
        """From when a final notice may bear a fee."""
        return self.law.fee("final_notice", self.standing, self.question.on)

    @property
    def demand(self) -> Opening | None:
        """From when the creditor's own demand may go out; None where the law knows none."""
        return self.law.demand(self.standing, self.question.on) if self.law.demand else None

    @property
    def door(self) -> date | None:
        """The day after the deadline of the first valid final notice, when the claim may go further."""
        first = self.standing.notices[:1]
        return next((x.deadline + ONE_DAY for x in first if x.deadline), None)

    @property
    def disputed_part(self) -> Money | None:
        """How much is disputed while the rest may go on."""
        part = self.question.disputed_amount
        return part if self.question.disputed and "disputed" not in self.stops else None


def scene(question: Question, home: Country, law: Law, due: date) -> Scene:
    """Set the scene for a claim with a due date."""
    if home.moves_due:
        due = workdays.on_or_after(due, home.code)
    letters = dunning.judged(question, due, home, law)
    lapse = limitation(question, due, law, question.on)
    return Scene(
        question=question,
        home=home,
        law=law,
        due=due,
        open=question.debt.left(question.on),
        letters=letters,
        standing=dunning.standing(question, due, letters),
        limitation=lapse,
        stops=(*stops(question, law), *(["barred"] if lapse.barred else [])),
        added=_added(question, interest_start(question, due, law), law),
    )


def stops(question: Question, law: Law) -> Iterator[str]:
    """What stops everything, as the question says it."""
    if question.disputed and not _in_part(question, law):
        yield "disputed"
    if question.handed_over and question.on >= question.handed_over:
        yield "handed_over"
    if question.plan_kept:
        yield "plan_kept"
    if question.insolvent:
        yield "insolvent"


def _in_part(question: Question, law: Law) -> bool:
    """Whether only a part is disputed, where the law lets the rest go on."""
    part = question.disputed_amount
    return law.disputed_part and part is not None and part < question.debt.left(question.on)


def _added(question: Question, start: date | None, law: Law) -> Added:
    """Interest and compensation, each unknown when a figure for it is missing."""
    accrued: Interest | None = None
    with suppress(RateMissing):
        accrued = interest(question, start, law)
    try:
        return Added(start, accrued, compensation(question, start, law))
    except RateMissing:
        return Added(start, accrued, None, flat_known=False)
