"""The dunning ladder: which step is next for one customer today, when it opens, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from bot import cases, disputes, notices, plans, promises, workdays
from bot.cases import Block, Case
from bot.claims import answers
from bot.countries import country as country_of
from bot.invoices import Invoice, days_overdue
from bot.letters import LADDER, LEGAL, Claim, Letter
from bot.parties import Business

StepKind = Literal[
    "answer",
    "unknown",
    "part_missed",
    "promise_missed",
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
class Ladder:
    """The order of steps: days after due at which each letter opens, and the least days between two."""

    days: tuple[int, ...]
    gap: int
    call_after: int
    final_notice: bool = False

    @property
    def last(self) -> int:
        """The number of the last letter."""
        return len(self.days)


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


def ladder(business: Business) -> Ladder:
    """The business's own ladder, else its country's; of no more letters than the country's cap."""
    home = country_of(business.country)
    days = (business.ladder or home.ladder)[: home.cap]
    return Ladder(days, home.gap, home.call_after, business.final_notice)


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
    for promise in case.promises:
        if promises.is_missed(promise, today, business.country):
            opens = promises.follow_up(promise, business.country)
            return Step("promise_missed", f"{promise.kind}_missed", opens, facts={"promise": promise})
    open_disputes = [d for d in case.disputes if disputes.asks_again(d, today, business.country)]
    if open_disputes:
        return Step("dispute", "dispute_open", today, facts={"dispute": open_disputes[0]})
    return None


def _rung(case: Case, business: Business, today: date) -> Step:
    found = cases.blocks(case, today, business.country)
    late = cases.late(case, today, business.country)
    if not late:
        return Step("none", "nothing_late", today, blocks=found)
    asked = cases.claims(case, today, business.country)
    if not asked:
        mine = {"", *(i.id for i in late)}
        found = tuple(b for b in found if b.invoice in mine)
        return Step("wait", found[0].kind, _lifted(found, late, today), blocks=found)
    chased = {c.invoice for c in asked}
    alive = [i for i in late if i.id in chased and not is_lapsed(i, case, business, today)]
    if not alive:
        return Step("none", "barred", today, blocks=found)
    return _climb(case, alive, _about(asked, alive), business, today, found)


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


def _climb(
    case: Case,
    late: list[Invoice],
    asked: tuple[Claim, ...],
    business: Business,
    today: date,
    found: tuple[Block, ...],
) -> Step:
    """The step for the late invoices: the ladder, and what follows once a final notice is out."""
    noticed = [i for i in late if in_notice(i.id, case.letters)]
    climbing = [i for i in late if i not in noticed]
    after = _after_notice(case, noticed, asked, business, today, found) if noticed else None
    if not climbing:
        return after or Step("none", "nothing_late", today, blocks=found)
    step = _next_rung(case, climbing, _about(asked, climbing), business, today, found)
    return after if after and after.needs_owner and not step.needs_owner else step


def _about(asked: Iterable[Claim], invoices: Iterable[Invoice]) -> tuple[Claim, ...]:
    """Those of the claims that are on some invoices."""
    ids = {i.id for i in invoices}
    return tuple(c for c in asked if c.invoice in ids)


def _next_rung(
    case: Case,
    late: list[Invoice],
    asked: tuple[Claim, ...],
    business: Business,
    today: date,
    found: tuple[Block, ...],
) -> Step:
    """The rung that is open today for any of the late invoices, never milder than one reached before."""
    rungs = ladder(business)
    announced = _announced(case.letters, {c.invoice for c in asked})
    days = {i.id: max(opening(i, case.letters, rungs, business.country), announced or date.min) for i in late}
    first = min(days.values())
    open_now = [i for i in late if days[i.id] <= today]
    reached = max(level_reached(i.id, case.letters) for i in late)
    if not open_now and (over := cases.pause_over(case, today)):
        facts: dict[str, object] = {"until": over.until}
        return Step("pause_over", "pause_over", today, reached + 1, asked, found, facts=facts)
    if not open_now:
        kind: StepKind = "wait" if reached else "look"
        return Step(kind, "not_yet" if reached else "just_late", first, reached + 1, asked, found)
    level = max(reached, *(level_reached(i.id, case.letters) + 1 for i in open_now))
    if level <= rungs.last:
        why = f"level_{level}" if level < rungs.last else "level_last"
        return Step("reminder", why, first, level, asked, found, announced)
    if rungs.final_notice and (claims := _to_notice(case, open_now, asked, business, today)):
        return Step("final_notice", "notice_open", first, rungs.last + 1, claims, found, announced)
    if _called_since(case):
        return Step("decide", "ladder_done", first, level, asked, found)
    return Step("call", "call_open", first, level, asked, found, announced)


def _to_notice(
    case: Case, open_now: Iterable[Invoice], asked: Iterable[Claim], business: Business, today: date
) -> tuple[Claim, ...]:
    """The claims whose last reminder has gone and of which the law lets a final notice be sent today."""
    if not notices.is_reviewed("final_notice", business.country, today):
        return ()
    last = ladder(business).last
    ready = [i for i in open_now if level_reached(i.id, case.letters) >= last]
    told = answers(ready, case, business, today)
    return _about(asked, (i for i in ready if told[i.id].final_notice.may_send))


def _after_notice(
    case: Case,
    noticed: list[Invoice],
    asked: tuple[Claim, ...],
    business: Business,
    today: date,
    found: tuple[Block, ...],
) -> Step:
    """Silence while a final notice runs; then the owner decides what becomes of the claim."""
    days = {i.id: _notice_over(i.id, case.letters, business.country) for i in noticed}
    over = [i for i in noticed if days[i.id] <= today]
    level = max(level_reached(i.id, case.letters) for i in noticed)
    first = min(days.values())
    if not over:
        return Step("wait", "notice_running", first, level, _about(asked, noticed), found)
    return Step("decide", "notice_over", first, level, _about(asked, over), found)


def _notice_over(invoice: str, sent: Iterable[Letter], country: str) -> date:
    """The first bank day after the last deadline that a final notice or demand gave an invoice."""
    given = (x.pay_by for x in sent_letters(sent) if x.kind in LEGAL and _names(x, invoice) and x.pay_by)
    return workdays.after(max(given), country)


def in_notice(invoice: str, sent: Iterable[Letter]) -> bool:
    """Whether a final notice has gone out about an invoice: nothing milder follows."""
    return any(x.kind in LEGAL and _names(x, invoice) for x in sent_letters(sent))


def demandable(case: Case, claims: Iterable[Claim], business: Business, today: date) -> tuple[Claim, ...]:
    """Those of the claims on which the law surely lets the creditor send a demand of their own today."""
    asked = tuple(claims)
    ids = {c.invoice for c in asked}
    told = answers((i for i in case.invoices if i.id in ids), case, business, today)
    sure = {key: told[key].demand for key in told if "demand" not in told[key].unsure}
    open_now = {key for key, permission in sure.items() if permission and permission.may_send}
    return tuple(c for c in asked if c.invoice in open_now)


def level_reached(invoice: str, sent: Iterable[Letter]) -> int:
    """The highest level of the letters that went out about an invoice; 0 before the first."""
    return max((x.level for x in sent_letters(sent) if _names(x, invoice)), default=0)


def opening(invoice: Invoice, sent: Iterable[Letter], rungs: Ladder, country: str) -> date:
    """The first bank day for the next step on an invoice: its rung, the gap, and what was announced."""
    reminders = sent_letters(sent)
    about = [x for x in reminders if _names(x, invoice.id)]
    level = max((x.level for x in about), default=0)
    due = invoice.due or date.max
    days = rungs.days[level] if level < rungs.last else rungs.days[-1] + rungs.call_after
    earliest = [due + timedelta(days=days)]
    earliest += [x.next_day for x in about if x.next_day and x.level == level]
    earliest += [x.went_on + timedelta(days=rungs.gap) for x in reminders]
    return workdays.on_or_after(max(earliest), country)


def sent_letters(sent: Iterable[Letter]) -> list[Letter]:
    """The letters of the ladder that went out."""
    return [x for x in sent if x.kind in LADDER and x.reached]


def _names(letter: Letter, invoice: str) -> bool:
    return any(c.invoice == invoice for c in letter.claims)


def _announced(sent: Iterable[Letter], chased: set[str]) -> date | None:
    """The day last announced about any of these invoices; asking for them sooner would break our word."""
    about = (x for x in sent_letters(sent) if chased & {c.invoice for c in x.claims})
    return max((x.next_day for x in about if x.next_day), default=None)


def _called_since(case: Case) -> bool:
    """Whether the owner has called after the last letter."""
    last = max((x.went_on for x in sent_letters(case.letters)), default=date.min)
    return any(c.day >= last for c in case.calls)
