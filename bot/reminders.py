"""The dunning ladder: which step is next for one customer today, when it opens, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypedDict, Unpack

from bot import bundling, cases, credit, disputes, notices, plans, promises, workdays
from bot.bundling import Small
from bot.cases import Block, Case
from bot.claims import answers
from bot.invoices import Invoice, days_overdue
from bot.ladder import (
    announced,
    in_notice,
    ladder,
    level_reached,
    notice_over,
    opening,
    sent_letters,
    spaced,
)
from bot.letters import Claim, Letter
from bot.parties import Business

StepKind = Literal[
    "answer",
    "unknown",
    "part_missed",
    "promise_missed",
    "offer_over",
    "credit",
    "reminder",
    "final_notice",
    "call",
    "decide",
    "dispute",
    "pause_over",
    "look",
    "wait",
    "none",
]

MAY_HAVE_LAPSED = 1000
"""Days overdue from which on a claim may have lapsed: nowhere within less than three years."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next for a customer. `opens` is the first day for it; `why` is the key of the reason.

    `announced` is the day a letter named for it, which is put before the owner as such.
    """

    kind: StepKind
    why: str
    opens: date
    level: int = 0
    claims: tuple[Claim, ...] = ()
    blocks: tuple[Block, ...] = ()
    announced: date | None = None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def needs_owner(self) -> bool:
        """Whether it belongs among what needs the owner today."""
        return self.kind not in ("look", "wait", "none")


class More(TypedDict, total=False):
    """What a step of the ladder may say beside what it asks for and what is blocked."""

    claims: tuple[Claim, ...]
    announced: date | None
    facts: dict[str, object]


def next_step(case: Case, business: Business, today: date) -> Step:
    """The next step for one customer today, and why: questions to the owner first, then the ladder."""
    return _question(case, business, today) or _rung(case, business, today)


def _question(case: Case, business: Business, today: date) -> Step | None:
    """What the owner must look at before anything else."""
    if any(r.unread for r in case.replies):
        return Step("answer", "reply", today)
    if unknown := next((x for x in case.letters if x.state == "unknown"), None):
        return Step("unknown", "letter_unknown", today, facts={"letter": unknown.id})
    if case.customer.mine or case.customer.no_contact or cases.is_paused(case, today):
        return None
    for plan in case.plans:
        paid = cases.received(plan, case)
        if plan.state == "active" and (part := plans.missed(plan, paid, today, business.country)):
            facts: dict[str, object] = {"plan": plan, "part": part}
            return Step("part_missed", "part_missed", plans.grace_end(part, business.country), facts=facts)
        if plans.is_unanswered(plan, today, business.country):
            by = plans.answer_by(plan, business.country)
            return Step("offer_over", "offer_over", today, facts={"plan": plan, "until": by})
    for promise in case.promises:
        if promises.is_missed(promise, today, business.country):
            opens = promises.follow_up(promise, business.country)
            return Step("promise_missed", f"{promise.kind}_missed", opens, facts={"promise": promise})
    open_disputes = [d for d in case.disputes if disputes.asks_again(d, today, business.country)]
    if open_disputes:
        return Step("dispute", "dispute_open", today, facts={"dispute": open_disputes[0]})
    return None


def _rung(case: Case, business: Business, today: date) -> Step:
    now = cases.standing(case, today, business.country)
    late, asked, found = now.late, now.claims, now.blocks
    if not late:
        return Step("none", "nothing_late", today, blocks=found)
    if held := credit.waiting(case, now):
        return Step("credit", "credit", today, blocks=found, facts={"credit": held})
    if not asked:
        mine = {"", *(i.id for i in late)}
        found = tuple(b for b in found if b.invoice in mine)
        return Step("wait", found[0].kind, _lifted(found, late, today), blocks=found)
    chased = {c.invoice for c in asked}
    alive = [i for i in late if i.id in chased and not is_lapsed(i, case, business, today)]
    if not alive:
        return Step("none", "barred", today, blocks=found)
    asked = _about(asked, alive)
    small = bundling.waiting(asked, alive, case.letters, business)
    return _climb(Climb(case, alive, asked, business, today, found, small))


@dataclass(frozen=True, slots=True)
class Climb:
    """What the ladder is climbed with: late invoices of a case, what may be asked for, what is blocked.

    `small` is what of it waits until more is late.
    """

    case: Case
    late: list[Invoice]
    asked: tuple[Claim, ...]
    business: Business
    today: date
    found: tuple[Block, ...]
    small: Small | None = None

    @property
    def letters(self) -> tuple[Letter, ...]:
        """What we have written to them."""
        return self.case.letters

    def of(self, invoices: list[Invoice]) -> Climb:
        """The same with some of the invoices alone."""
        asked = _about(self.asked, invoices)
        return replace(self, late=invoices, asked=asked)

    def step(self, kind: StepKind, why: str, opens: date, level: int = 0, **more: Unpack[More]) -> Step:
        """The step that is next, with what it asks for."""
        given: More = {"claims": self.asked, **more}
        return Step(kind, why, opens, level, blocks=self.found, **given)


def is_lapsed(invoice: Invoice, case: Case, business: Business, today: date) -> bool:
    """Whether a claim is too old to be pursued; the law is asked only where that may be."""
    old = days_overdue(invoice, today) > MAY_HAVE_LAPSED
    return old and answers([invoice], case, business, today)[invoice.id].limitation.barred


def _lifted(found: Iterable[Block], late: Iterable[Invoice], today: date) -> date:
    """The first day on which some late invoice may be free to ask for; today where no day is known."""
    until: dict[str, date] = {}
    for block in found:
        until[block.invoice] = max(until.get(block.invoice, today), block.until or date.max)
    free = max(until.get("", today), min(until.get(i.id, today) for i in late))
    return free if free < date.max else today


def _climb(on: Climb) -> Step:
    """The step for the late invoices: the ladder, and what follows once a final notice is out."""
    noticed = [i for i in on.late if in_notice(i.id, on.letters)]
    climbing = [i for i in on.late if i not in noticed]
    after = _after_notice(on.of(noticed)) if noticed else None
    if not climbing:
        return after or on.step("none", "nothing_late", on.today, claims=())
    step = _next_rung(on.of(climbing))
    return after if after and after.needs_owner and not step.needs_owner else step


def _about(asked: Iterable[Claim], invoices: Iterable[Invoice]) -> tuple[Claim, ...]:
    """Those of the claims that are on some invoices."""
    ids = {i.id for i in invoices}
    return tuple(c for c in asked if c.invoice in ids)


def _next_rung(on: Climb) -> Step:
    """The rung that is open today for any of the late invoices, never milder than one reached before.

    A letter about several names the day of the oldest, which is put to the owner also when that one is paid.
    """
    rungs, country = ladder(on.business), on.business.country
    said = announced(on.letters, {c.invoice for c in on.asked})
    days = {i.id: max(opening(i, on.letters, rungs, country), said or date.min) for i in on.late}
    if said:
        word = workdays.on_or_after(max(said, spaced(on.letters, rungs)), country)
        days |= {i.id: min(days[i.id], word) for i in on.late if announced(on.letters, {i.id}) == said}
    if on.small:
        days |= {i: max(days[i], on.small.until) for i in on.small.invoices}
    first = min(days.values())
    open_now = [i for i in on.late if days[i.id] <= on.today]
    reached = max(level_reached(i.id, on.letters) for i in on.late)
    if not open_now:
        return _not_yet(on, first, reached)
    level = max(reached, *(level_reached(i.id, on.letters) + 1 for i in open_now))
    if level <= rungs.last:
        why = f"level_{level}" if level < rungs.last else "level_last"
        return on.step("reminder", why, first, level, announced=said)
    if rungs.final_notice and (claims := _to_notice(on.of(open_now))):
        return on.step("final_notice", "notice_open", first, rungs.last + 1, claims=claims, announced=said)
    if _called_since(on.case):
        return on.step("decide", "ladder_done", first, level)
    return on.step("call", "call_open", first, level, announced=said)


def _not_yet(on: Climb, first: date, reached: int) -> Step:
    """Nothing is open yet: a pause of the owner's may be over, it is only just late, or a small sum."""
    if over := cases.pause_over(on.case, on.today):
        return on.step("pause_over", "pause_over", on.today, reached + 1, facts={"until": over.until})
    if on.small and not reached and first == on.small.until:
        return on.step("look", "small_sum", first, 1, facts={"amount": on.small.amount})
    kind: StepKind = "wait" if reached else "look"
    return on.step(kind, "not_yet" if reached else "just_late", first, reached + 1)


def _to_notice(on: Climb) -> tuple[Claim, ...]:
    """The claims whose last reminder has gone and of which the law lets a final notice be sent today."""
    if not notices.is_reviewed("final_notice", on.business.country, on.today):
        return ()
    last = ladder(on.business).last
    ready = [i for i in on.late if level_reached(i.id, on.letters) >= last]
    told = answers(ready, on.case, on.business, on.today)
    return _about(on.asked, (i for i in ready if told[i.id].final_notice.may_send))


def _after_notice(on: Climb) -> Step:
    """Silence while a final notice runs; then the owner decides what becomes of the claim."""
    rungs, country = ladder(on.business), on.business.country
    days = {i.id: notice_over(i.id, on.letters, rungs, country) for i in on.late}
    over = [i for i in on.late if days[i.id] <= on.today]
    level = max(level_reached(i.id, on.letters) for i in on.late)
    first = min(days.values())
    if not over:
        return on.step("wait", "notice_running", first, level)
    return on.step("decide", "notice_over", first, level, claims=_about(on.asked, over))


def demandable(case: Case, claims: Iterable[Claim], business: Business, today: date) -> tuple[Claim, ...]:
    """Those of the claims on which the law surely lets the creditor send a demand of their own today."""
    asked = tuple(claims)
    ids = {c.invoice for c in asked}
    told = answers((i for i in case.invoices if i.id in ids), case, business, today)
    sure = {key: told[key].demand for key in told if "demand" not in told[key].unsure}
    open_now = {key for key, permission in sure.items() if permission and permission.may_send}
    return tuple(c for c in asked if c.invoice in open_now)


def _called_since(case: Case) -> bool:
    """Whether the owner has called after the last letter."""
    last = max((x.went_on for x in sent_letters(case.letters)), default=date.min)
    return any(c.day >= last for c in case.calls)
