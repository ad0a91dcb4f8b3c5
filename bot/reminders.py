"""The dunning ladder: which step is next for one customer today, when it opens, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from bot import cases, disputes, letters, plans, promises, workdays
from bot.cases import Block, Case
from bot.countries import country as country_of
from bot.errors import Refusal
from bot.invoices import Invoice, days_overdue, outstanding
from bot.letters import Claim, Kind, Letter, NextStep
from bot.parties import Business

StepKind = Literal[
    "answer",
    "unknown",
    "part_missed",
    "promise_missed",
    "reminder",
    "call",
    "decide",
    "dispute",
    "pause_over",
    "look",
    "wait",
    "none",
]
STALE = timedelta(days=3)
"""How long after it was written a letter may still go out: the time to undo, and to try a server again."""
ANSWER_DAYS = timedelta(days=7)
"""The least time a customer gets from the letter to the day it asks them to pay by."""
ASKING: frozenset[Kind] = frozenset({"plan", "promise", "payment_unseen"})
"""Letters that are no reminders and still name what is to be paid."""


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
    return _climb(case, [i for i in late if i.id in chased], asked, business, today, found)


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
    """The rung that is open today for any of the late invoices, never milder than one reached before."""
    rungs = ladder(business)
    chased = {c.invoice for c in asked}
    announced = _announced(case.letters, chased)
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
        return Step(
            "reminder",
            f"level_{level}" if level < rungs.last else "level_last",
            first,
            level,
            asked,
            found,
            announced,
        )
    if _called_since(case):
        return Step("decide", "ladder_done", first, level, asked, found)
    return Step("call", "call_open", first, level, asked, found, announced)


def level_reached(invoice: str, sent: Iterable[Letter]) -> int:
    """The highest level of the reminders that went out about an invoice; 0 before the first."""
    return max((x.level for x in _reminders(sent) if any(c.invoice == invoice for c in x.claims)), default=0)


def opening(invoice: Invoice, sent: Iterable[Letter], rungs: Ladder, country: str) -> date:
    """The first bank day for the next step on an invoice: its rung, the gap, and what was announced."""
    reminders = _reminders(sent)
    about = [x for x in reminders if any(c.invoice == invoice.id for c in x.claims)]
    level = max((x.level for x in about), default=0)
    due = invoice.due or date.max
    days = rungs.days[level] if level < rungs.last else rungs.days[-1] + rungs.call_after
    earliest = [due + timedelta(days=days)]
    earliest += [x.next_day for x in about if x.next_day and x.level == level]
    earliest += [x.went_on + timedelta(days=rungs.gap) for x in reminders]
    return workdays.on_or_after(max(earliest), country)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a letter says comes next, and when: pay by, then this step on this day."""

    pay_by: date
    step: NextStep
    day: date


def announce(invoices: Iterable[Invoice], level: int, business: Business, today: date) -> Announcement:
    """What a reminder of this level, sent today, may truthfully say comes next."""
    rungs = ladder(business)
    soonest = workdays.on_or_after(today + ANSWER_DAYS, business.country)
    days = rungs.days[level] if level < rungs.last else rungs.days[-1] + rungs.call_after
    oldest = max((days_overdue(i, today) for i in invoices), default=0)
    opens = max(today + timedelta(days=max(days - oldest, rungs.gap)), soonest + timedelta(days=1))
    step: NextStep = "writes" if level < rungs.last else "final_notice" if rungs.final_notice else "calls"
    return Announcement(soonest, step, workdays.on_or_after(opens, business.country))


def check_sending(letter: Letter, case: Case, business: Business, today: date) -> None:
    """Refuse a letter that is no longer true: not approved in this text, blocked, or with other figures.

    Asked again at the moment of sending; `case` is read in the same transaction.
    """
    letters.check_approved(letter)
    if (letter.pay_by and letter.pay_by < today) or today - letter.made > STALE:
        raise Refusal("letter_withdrawn", customer=case.customer.name)
    rest = replace(case, letters=tuple(x for x in case.letters if x.id != letter.id))
    if letter.kind != "reminder":
        _check_answering(letter, rest)
        return
    if any(x.went_on >= letter.made for x in _reminders(rest.letters)):
        raise Refusal("letter_sent", customer=case.customer.name)
    check_gap(rest, business, today)
    check_chasing(letter.claims, rest, business, today)


def check_gap(case: Case, business: Business, today: date) -> None:
    """Refuse a reminder before the least number of days since the last one to this customer has passed."""
    last = max((x.went_on for x in _reminders(case.letters)), default=None)
    if last and today < (soonest := last + timedelta(days=ladder(business).gap)):
        raise Refusal("too_soon", day=workdays.on_or_after(soonest, business.country))


def check_chasing(asked: tuple[Claim, ...], case: Case, business: Business, today: date) -> None:
    """Refuse to ask for these claims when the customer is blocked, one is settled, or a figure has moved."""
    for block in cases.blocks(case, today, business.country):
        if not block.invoice or any(c.invoice == block.invoice for c in asked):
            raise Refusal(f"blocked_{block.kind}", **{"customer": case.customer.name} | block.facts)
    now = {c.invoice: c.amount for c in cases.claims(case, today, business.country)}
    by_id = {i.id: i for i in case.invoices}
    for claim in asked:
        if claim.invoice not in now:
            raise Refusal("paid_meanwhile", invoice=by_id[claim.invoice].number)
        if now[claim.invoice] != claim.amount:
            raise Refusal("amount_changed", invoice=by_id[claim.invoice].number, amount=now[claim.invoice])


def _check_answering(letter: Letter, case: Case) -> None:
    """Refuse an answer of ours that has become untrue: they want none, have written since, or have paid."""
    if case.customer.no_contact:
        raise Refusal("blocked_no_contact", customer=case.customer.name)
    if any(r.unread for r in case.replies):
        raise Refusal("blocked_reply", customer=case.customer.name)
    if letter.about and not _still_agreed(letter, case):
        raise Refusal("letter_withdrawn", customer=case.customer.name)
    by_id = {i.id: i for i in case.invoices}
    for claim in letter.claims if letter.kind in ASKING else ():
        invoice = by_id[claim.invoice]
        if not (left := outstanding(invoice)):
            raise Refusal("paid_meanwhile", invoice=invoice.number)
        if left < claim.amount:
            raise Refusal("amount_changed", invoice=invoice.number, amount=left)


def _still_agreed(letter: Letter, case: Case) -> bool:
    """Whether the plan, promise or dispute that a letter confirms still stands."""
    standing = {p.id for p in case.plans if p.state == "active"}
    standing |= {p.id for p in case.promises if p.state == "open"}
    standing |= {d.id for d in case.disputes if d.closed is None}
    return letter.kind == "thanks" or letter.about in standing


def _reminders(sent: Iterable[Letter]) -> list[Letter]:
    return [x for x in sent if x.kind == "reminder" and x.reached]


def _announced(sent: Iterable[Letter], chased: set[str]) -> date | None:
    """The day last announced about any of these invoices; asking for them sooner would break our word."""
    about = (x for x in _reminders(sent) if chased & {c.invoice for c in x.claims})
    return max((x.next_day for x in about if x.next_day), default=None)


def _called_since(case: Case) -> bool:
    """Whether the owner has called after the last letter."""
    last = max((x.went_on for x in _reminders(case.letters)), default=date.min)
    return any(c.day >= last for c in case.calls)
