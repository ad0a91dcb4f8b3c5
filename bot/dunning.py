"""The letters sent so far: was each lawful of its kind on its day, and how much of its fee is."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bot.countries import Country
from bot.limitation import limitation
from bot.questions import Judged, Question, Standing, Written
from bot.statutes import Law, Opening

NOTHING = Decimal(0)
LONG_DUE = timedelta(days=30)
"""Long enough after due for a fee everywhere."""


def judged(question: Question, due: date, home: Country, law: Law) -> tuple[Judged, ...]:
    """Each letter of a question judged in the order they were sent, and returned in the order they came."""
    told: dict[int, Judged] = {}
    for place, letter in sorted(enumerate(question.letters), key=lambda pair: pair[1].sent):
        if letter.sent > question.on:
            told[place] = Judged(letter, valid=False, fee=NOTHING)
        elif letter.earlier_invoice:
            told[place] = _of_earlier(letter, question, home, law)
        else:
            before = standing(question, due, tuple(told.values()))
            told[place] = _judge(letter, question, before, home, law)
    return tuple(told[place] for place in range(len(question.letters)))


def standing(question: Question, due: date, letters: tuple[Judged, ...]) -> Standing:
    """Where the claim stands after these letters, those of earlier invoices apart; oldest first."""
    counted = [x for x in letters if x.letter.earlier_invoice and x.charged and x.letter.sent <= question.on]
    own = [x for x in letters if not x.letter.earlier_invoice and x.letter.sent <= question.on]
    return Standing(
        due=due,
        consumer=question.consumer,
        fee_agreed=question.debt.fee_agreed,
        letters=tuple(sorted(own, key=lambda x: x.letter.sent)),
        earlier=len(counted) if question.debt.continuous_service else 0,
    )


def out_of_reach(question: Question, due: date, law: Law, day: date) -> bool:
    """Whether on a day the claim was paid, with a collector, or barred."""
    gone = question.handed_over is not None and day >= question.handed_over
    return gone or not question.debt.left(day) or limitation(question, due, law, day).barred


def fee_opening(letter: Written, before: Standing, law: Law) -> Opening:
    """From when a letter of its kind may bear a fee, as the claim stood when it was sent."""
    if letter.kind != "demand":
        return law.fee(letter.kind, before, letter.sent)
    return law.demand(before, letter.sent) if law.demand else Opening()


def _judge(letter: Written, question: Question, before: Standing, home: Country, law: Law) -> Judged:
    opening = fee_opening(letter, before, law)
    late = letter.sent > before.due and not out_of_reach(question, before.due, law, letter.sent)
    valid = late and _in_form(letter, opening, home, law)
    open_now = opening.opens is not None and opening.opens <= letter.sent
    charged = valid and open_now and law.reviewed(letter.sent) and opening.most is not None
    most = Decimal(opening.most or 0) if charged else NOTHING
    return Judged(letter, valid, min(letter.fee or NOTHING, most))


def _in_form(letter: Written, opening: Opening, home: Country, law: Law) -> bool:
    """Whether a letter gives the time its kind must give, in a time whose rules are reviewed."""
    if letter.kind == "reminder":
        return True
    if not law.reviewed(letter.sent):
        return False
    if letter.kind == "final_notice":
        return letter.gives(home.notice.value)
    open_now = opening.opens is not None and opening.opens <= letter.sent
    return open_now and law.demand_days is not None and letter.gives(law.demand_days.value)


def _of_earlier(letter: Written, question: Question, home: Country, law: Law) -> Judged:
    """A letter on an earlier invoice, whose due date is not told: its form and the most of its day decide."""
    valid = letter.kind == "reminder" or (letter.kind == "final_notice" and letter.gives(home.notice.value))
    long_due = standing(question, letter.sent - LONG_DUE, ())
    most = law.fee(letter.kind, long_due, letter.sent).most if valid else None
    return Judged(letter, valid, min(letter.fee or NOTHING, Decimal(most or 0)))
