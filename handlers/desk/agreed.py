"""What was agreed and announced, on a customer's card: how it went so far, and the ways on from it."""

from __future__ import annotations

from bot.announcements import word_given
from bot.cases import Case
from bot.chat import Button, Fact
from bot.plans import Plan
from bot.promises import AGREED
from bot.reminders import Step, StepKind
from handlers.desk import Desk

DUE: frozenset[StepKind] = frozenset({"reminder", "final_notice", "call", "decide"})
"""Steps that a letter may have announced."""
QUIET = frozenset({"promise", "deferral", "plan"})
"""Why nothing is asked just now: something is agreed and still to come."""


def record(case: Case, desk: Desk) -> tuple[Fact, ...]:
    """How many promises and plans of a customer were kept, and how many not."""
    states = [p.state for p in case.promises if p.kind in AGREED] + [p.state for p in case.plans]
    kept, broken = states.count("kept"), sum(s in ("broken", "in_default") for s in states)
    if not kept and not broken:
        return ()
    said = desk.word("agreements.record", kept=kept, broken=broken)
    return (Fact(desk.word("fields.agreements"), said),)


def ways(case: Case, step: Step, desk: Desk) -> tuple[Button, ...]:
    """More time or a word taken back where a letter announced today's step; a word before a day agreed on."""
    if step.kind in DUE and (said := word_given(case, desk.today)):
        return (
            desk.button("word_later", "announcement.form", said.id),
            desk.button("word_back", "announcement.withdraw", said.id),
        )
    if step.kind == "offer_over" and isinstance(plan := step.facts.get("plan"), Plan):
        return (desk.button("offer_over", "plan.withdraw", plan.id),)
    if step.kind == "wait" and step.why in QUIET:
        return _before(case, step.why, desk)
    return ()


def _before(case: Case, why: str, desk: Desk) -> tuple[Button, ...]:
    """The friendly word before what was agreed falls due, once for each."""
    promised = [p for p in case.promises if p.state == "open" and p.kind == why and p.day > desk.today]
    planned = [p for p in case.plans if p.state == "active" and why == "plan"]
    agreed = [*(p.id for p in promised), *(p.id for p in planned)]
    written = {(x.about, x.pay_by) for x in case.letters if x.kind == "soon" and x.reached}
    ahead = [
        each
        for each in agreed
        if not any(about == each and day and day >= desk.today for about, day in written)
    ]
    return tuple(desk.button("soon", "announcement.soon", each, style="quiet") for each in ahead[-1:])
