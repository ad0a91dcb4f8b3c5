"""Replay: a year that has gone, morning by morning, and what Purr would have asked and drafted in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot import clearance, past, workdays
from bot.additions import propose
from bot.announcements import announce, of_notice
from bot.cases import Case
from bot.errors import Refusal
from bot.letters import LEGAL, Claim, Kind, Letter
from bot.nudges import Need, digest
from bot.parties import Business, Customer
from bot.plans import ALIVE, Plan
from bot.promises import Promise
from bot.reminders import StepKind
from bot.replies import Call
from bot.rest import asked_after, asked_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A year as the books tell it: every customer's case as it stands now, with all their payments.

    `left`: since when which invoices have been handed over or written off.
    """

    business: Business
    cases: tuple[Case, ...]
    first: date
    last: date
    left: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question Purr would have put to the owner; `need` holds the case as it was known that morning.

    `letter` is the draft that a yes would have sent; `refused` why it would have been stopped.
    """

    day: date
    need: Need
    letter: Letter | None = None
    refused: str = ""

    @property
    def customer(self) -> Customer:
        """Whom it is about."""
        return self.need.case.customer


@dataclass(frozen=True, slots=True)
class Year:
    """What the year came to. `mornings` are the days on which Purr would have looked."""

    first: date
    last: date
    mornings: int
    asked: tuple[Asked, ...]

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters a yes would have sent, in their order."""
        return tuple(a.letter for a in self.asked if a.letter)


Play = Callable[[Facts], Year]
"""Plays a year again."""


def play(facts: Facts) -> Year:
    """The whole year, with an owner who says yes to every draft, calls when told to and reads each answer.

    What everything is paused for now did not pause that year; its quiet seasons did.
    """
    facts = replace(facts, business=replace(facts.business, paused_until=None))
    asked = (a for case in facts.cases for a in Walk(case, facts).asked())
    count = sum(1 for _ in mornings(facts.first, facts.last, facts.business))
    return Year(
        facts.first,
        facts.last,
        count,
        tuple(sorted(asked, key=lambda a: (a.day, a.customer.name, a.customer.id))),
    )


def mornings(first: date, last: date, business: Business) -> Iterator[date]:
    """The days from one to another on which the owner is asked."""
    day = asked_on(business, first)
    while day <= last:
        yield day
        day = asked_after(business, day)


AFTER = timedelta(days=14)
"""How long after money or an answer came it may still be asked about."""


@dataclass(slots=True)
class Walk:
    """One customer through the year: what was asked so far, and what the owner did about it.

    What was late before the first day rests, as it does when an owner first meets Purr.
    """

    case: Case
    facts: Facts
    letters: list[Letter] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    over: set[str] = field(default_factory=set)
    marks: list[date] = field(init=False)
    last: tuple[tuple[int, ...], Case] | None = None

    def __post_init__(self) -> None:
        self.marks = past.marks(self.case, self.facts.business, self.facts.left)

    def asked(self) -> Iterator[Asked]:
        """The questions about this customer, each on the first morning it is put."""
        standing: set[tuple[StepKind, int]] = set()
        for day in self._days():
            now: set[tuple[StepKind, int]] = set()
            for need in digest([self.known(day)], self.facts.business, day).needs:
                mark = (need.step.kind, need.step.level)
                now.add(mark)
                if mark not in standing:
                    yield self._put(need, day)
            standing = now

    def known(self, day: date) -> Case:
        """The case on the morning of a day, with what came of our questions; put together where it is new."""
        mark = (bisect_left(self.marks, day), len(self.letters), len(self.calls), len(self.over))
        if self.last is None or self.last[0] != mark:
            self.last = mark, self._known(day)
        return self.last[1]

    def _known(self, day: date) -> Case:
        then = past.known(self.case, day, self.facts.business, self.facts.left)
        first = self.facts.first
        return replace(
            then,
            invoices=tuple(replace(i, parked=i.due is not None and i.due < first) for i in then.invoices),
            letters=tuple(self.letters),
            calls=(*then.calls, *self.calls),
            promises=tuple(self._broken(p) for p in then.promises),
            plans=tuple(self._in_default(p) for p in then.plans),
        )

    def _broken(self, promise: Promise) -> Promise:
        gone = promise.state == "open" and promise.id in self.over
        return replace(promise, state="broken") if gone else promise

    def _in_default(self, plan: Plan) -> Plan:
        gone = plan.state in ALIVE and plan.id in self.over
        return replace(plan, state="in_default") if gone else plan

    def _days(self) -> Iterator[date]:
        """The mornings on which something may be asked about: while something is late, or an answer came."""
        business, spans = self.facts.business, [*self._late()]
        for reply in self.case.replies:
            came = workdays.local_day(reply.at, business.zone)
            spans.append((came, max(came + AFTER, asked_after(business, came))))
        for day in mornings(self.facts.first, self.facts.last, business):
            if any(start < day <= end for start, end in spans):
                yield day

    def _late(self) -> Iterator[tuple[date, date]]:
        """From when until when each invoice may be late; money taken back makes it late again."""
        for invoice in self.case.invoices:
            if invoice.due is None or invoice.due < self.facts.first:
                continue
            end = past.settled(invoice, self.case.payments)
            back = any(p.invoice == invoice.id and p.amount.minor < 0 for p in self.case.payments)
            yield invoice.due, self.facts.last if back or end is None else end + AFTER

    def _put(self, need: Need, day: date) -> Asked:
        """A question, and what the owner does about it."""
        step, customer = need.step, need.case.customer
        asked = Asked(day, need)
        if step.kind in ("reminder", "final_notice"):
            kind: Kind = "final_notice" if step.kind == "final_notice" else "reminder"
            letter = written(kind, step.level, step.claims, need.case, self.facts.business, day)
            try:
                clear(letter, need.case, self.facts.business, day)
            except Refusal as no:
                return replace(asked, refused=no.key)
            self.letters.append(letter)
            return replace(asked, letter=letter)
        if step.kind == "call":
            ident = f"{customer.id} {day}"
            self.calls.append(Call(id=ident, customer=customer.id, day=day, outcome="not_reached"))
        self.over |= {x.id for x in step.facts.values() if isinstance(x, Promise | Plan)}
        return asked


def written(
    kind: Kind, level: int, claims: tuple[Claim, ...], case: Case, business: Business, day: date
) -> Letter:
    """A letter of the ladder as it would have gone out that day: its figures and its word, without a text."""
    charges = propose(kind, claims, case, business, day).charges
    about = {c.invoice for c in claims}
    invoices = [i for i in case.invoices if i.id in about]
    charged = any(c.kind == "fee" for c in charges)
    said = (
        of_notice(kind, business, day)
        if kind in LEGAL
        else announce(invoices, level, business, day, charged=charged)
    )
    return Letter(
        id=f"{case.customer.id} {day.isoformat()}",
        customer=case.customer.id,
        kind=kind,
        language=case.customer.language or business.language,
        subject="",
        body="",
        made=day,
        level=level,
        claims=claims,
        charges=charges,
        pay_by=said.pay_by,
        next_step=said.step,
        next_day=said.day,
        state="copied",
        sent_day=day,
    )


def clear(letter: Letter, case: Case, business: Business, day: date) -> None:
    """Refuse a letter that would have been stopped when it was approved or sent that day."""
    clearance.check_forward(letter.kind, letter.claims, case)
    clearance.check_gap(case, business, day)
    clearance.check_chasing(letter.claims, case, business, day)
    clearance.check_lawful(letter, case, business, day)
