"""A stack of drafts: the next letter to each of many customers, written in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot import tone
from bot.additions import at_first
from bot.cases import Case
from bot.clearance import is_ready
from bot.errors import Refusal
from bot.ladder import ladder
from bot.letters import Letter
from bot.payments import habit
from bot.reminders import Step, next_step
from handlers.desk import Desk
from handlers.desk.drafts import Rung, asking, composed
from storage.scope import batches


def next_rung(case: Case, step: Step, desk: Desk) -> Rung:
    """The step as a letter takes it: a final notice, or the reminder of its level in the tone that fits."""
    last = ladder(desk.business).last
    if step.kind == "final_notice":
        return Rung("final_notice", step.level, "neutral")
    level = min(step.level, last)
    chosen = tone.choose(level, last, habit(case.invoices)).tone
    return Rung("reminder", level, chosen, at_first("reminder", level))


def write_all(cases: Iterable[Case], desk: Desk) -> int:
    """The next letter to everybody to whom one can be written, kept as a draft; how many are left out."""
    steps = ((case, next_step(case, desk.business, desk.today)) for case in cases)
    ready = ((case, step) for case, step in steps if is_ready(case, step, desk.business, desk.today))
    left_out = 0
    for some in batches(ready):
        papers = desk.books.files.bearing(c.invoice for _, step in some for c in step.claims)
        written = [_draft(case, step, papers, desk) for case, step in some]
        drafts = [letter for letter in written if letter]
        desk.books.letters.add_all(drafts)
        left_out += len(written) - len(drafts)
    return left_out


def _draft(case: Case, step: Step, papers: Collection[str], desk: Desk) -> Letter | None:
    """The letter; None where something it must say is not known, which its own card asks about."""
    try:
        occasion = asking(next_rung(case, step, desk), step.claims, case, desk, papers)
        return composed(case, step.claims, occasion, desk)
    except Refusal:
        return None
