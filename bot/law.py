"""The law compass: for this claim, on this day, what is lawful and what is owed?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from bot import charges, grounds
from bot.answers import Answer, Escalation, Owed, Permission
from bot.countries import Country, codes, country
from bot.money import Money
from bot.questions import Question
from bot.scenes import Scene, scene, stops
from bot.statutes import Law, Opening

CLOSED = ("handed_over", "plan_kept", "barred")
"""The stops behind which no door is left."""


def ask(question: Question) -> Answer:
    """Answer a question; what the data does not reach is refused, never guessed."""
    home = country(question.country) if question.country in codes() else None
    if home is None or home.law is None:
        return Answer(refusals=("country_unsupported",))
    if question.debt.due is None:
        return _without_due(question, home, home.law)
    return _answer(scene(question, home, home.law, question.debt.due))


def _without_due(question: Question, home: Country, law: Law) -> Answer:
    """Without a due date nothing is late."""
    refusals = [*stops(question, law), "due_missing"]
    if not law.reviewed(question.on):
        refusals.append("regime_unreviewed")
    if question.debt.amount.currency != home.currency:
        refusals.append("currency_mixed")
    return Answer(
        demand=Permission() if law.demand else None,
        owed=Owed(principal=question.debt.left(question.on)),
        refusals=tuple(refusals),
    )


def _answer(at: Scene) -> Answer:
    live = at.overdue and at.alive
    return Answer(
        due=at.due,
        overdue=at.overdue,
        days_overdue=(at.question.on - at.due).days if at.overdue else 0,
        reminder=_reminder(at),
        term=at.home.final_notice_term,
        final_notice=_final_notice(at),
        demand=_demand(at),
        escalation=_escalation(at),
        letters=at.letters,
        compensation=at.added.flat,
        plan_fee=at.law.plan_fee.value if at.law.plan_fee and live else None,
        interest=at.added.interest,
        owed=_owed(at),
        limitation=at.limitation,
        refusals=tuple(_refusals(at)),
        unsure=tuple(grounds.unsure(at)),
        citations=tuple(dict.fromkeys(grounds.citations(at))),
    )


def _reminder(at: Scene) -> Permission:
    """A free reminder may go out on any day after due, also where the rules for fees are not reviewed."""
    return _charged(at, at.reminder, may_send=at.overdue and at.alive)


def _final_notice(at: Scene) -> Permission:
    may_send = at.overdue and at.alive and at.reviewed
    deadline = at.question.on + timedelta(days=at.home.notice.value) if may_send else None
    return _charged(at, at.notice, may_send=may_send, deadline=deadline)


def _charged(at: Scene, opening: Opening, *, may_send: bool, deadline: date | None = None) -> Permission:
    """A letter that may be sent from due on, and from its opening with a fee."""
    charge = may_send and at.reviewed and opening.opens is not None and opening.opens <= at.question.on
    return Permission(
        may_send=may_send,
        may_charge=charge,
        max_fee=opening.most if charge else None,
        opens=_known(at, opening.opens),
        min_deadline=deadline,
    )


def _demand(at: Scene) -> Permission | None:
    """The creditor's own demand, which opens whole and not only with a fee."""
    opening, days = at.demand, at.law.demand_days
    if opening is None or days is None:
        return None
    open_now = opening.opens is not None and opening.opens <= at.question.on
    may_send = open_now and at.overdue and at.alive and at.reviewed
    return Permission(
        may_send=may_send,
        may_charge=may_send and opening.most is not None,
        max_fee=opening.most if may_send else None,
        opens=_known(at, opening.opens),
        min_deadline=at.question.on + timedelta(days=days.value) if may_send else None,
    )


def _escalation(at: Scene) -> Escalation:
    may = at.alive and at.reviewed and at.door is not None and at.door <= at.question.on
    fee = at.law.handover_fee
    return Escalation(
        may=may,
        opens=_known(at, at.door),
        routes=_routes(at),
        max_fee=fee.value if fee and may else None,
    )


def _routes(at: Scene) -> tuple[str, ...]:
    """The doors for a claim in this state, open or soon to be."""
    if not at.open or any(stop in at.stops for stop in CLOSED):
        return ()
    if "insolvent" in at.stops:
        return ("estate",)
    if "disputed" in at.stops:
        return at.law.doors.disputed
    return at.law.doors.for_principal(at.open, at.home.currency)


def _known(at: Scene, day: date | None) -> date | None:
    """A day on which a step opens; none for a claim that is stopped or paid, or beyond the reviewed time."""
    return day if day and at.alive and at.law.reviewed(day) else None


def _owed(at: Scene) -> Owed:
    nothing = Money(0, at.open.currency)
    part = at.disputed_part
    claimable = at.open - part if part else at.open
    fees = sum((x.fee for x in at.letters if not x.letter.earlier_invoice), Decimal(0))
    together = charges.together(fees, at.added.flat, at.law) if at.added.flat_known else None
    interest = at.added.interest.amount if at.added.interest else None
    total = None
    if interest is not None and together is not None and not at.mixed:
        total = at.open + Money.of(together, at.home.currency) + interest
    return Owed(
        principal=at.open,
        claimable=nothing if at.stops else claimable,
        fees=fees,
        charges=together,
        interest=interest,
        total=total,
    )


def _refusals(at: Scene) -> Iterator[str]:
    yield from at.stops
    if at.disputed_part is not None:
        yield "disputed_part"
    demand = at.demand
    opening = (at.reminder.opens, at.notice.opens, demand.opens if demand else None, at.door)
    beyond = any(day and not at.law.reviewed(day) for day in opening)
    if not at.reviewed or (at.alive and beyond):
        yield "regime_unreviewed"
    if at.added.interest is None or not at.added.flat_known:
        yield "rate_missing"
    if at.mixed:
        yield "currency_mixed"
