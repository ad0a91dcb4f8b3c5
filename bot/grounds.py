"""What an answer rests on: the parts that are unsure, and the statutes it used."""

from __future__ import annotations

from collections.abc import Iterator

from bot.scenes import Scene


def unsure(at: Scene) -> Iterator[str]:
    """The parts that rest on practice, on a reading, or on an unsettled point."""
    acts = at.overdue and at.alive and at.reviewed
    demand, added = at.demand, at.added
    if at.law.moving_unsure and at.due != at.question.debt.due:
        yield "due"
    if acts and at.reminder.unsure:
        yield "reminder"
    if acts and at.notice.unsure:
        yield "final_notice"
    if acts and demand and demand.opens and demand.unsure:
        yield "demand"
    if added.start and not at.question.debt.due_agreed:
        yield "interest"
    if at.law.absorbing_unsure and added.flat and _fees(at):
        yield "charges"
    if added.flat and added.start and at.law.flat(added.start) != added.flat:
        yield "compensation"


def citations(at: Scene) -> Iterator[str]:
    """The statutes behind each part that is not empty, act and section in one text."""
    yield from (at.law.sources[part] for part in _parts(at) if part in at.law.sources)


def _parts(at: Scene) -> Iterator[str]:
    if at.due != at.question.debt.due:
        yield "moved"
    if at.alive:
        yield from ("reminder", "notice")
        if at.demand:
            yield "demand"
    if at.standing.letters or at.standing.earlier:
        yield from ("reminder", "count")
    if at.open:
        yield "routes"
    if at.law.plan_fee and at.overdue and at.alive:
        yield "plan"
    if at.added.flat or not at.added.flat_known:
        yield from ("compensation", *(["set_off"] if _fees(at) else []))
    if at.added.start:
        yield (
            "interest_consumer"
            if at.question.consumer and "interest_consumer" in at.law.sources
            else "interest"
        )
    if at.question.debt.rate_agreed is not None:
        yield "agreed"
    yield "limitation"


def _fees(at: Scene) -> bool:
    """Whether a letter on this claim lawfully bore a fee."""
    return any(x.charged for x in at.standing.letters)
