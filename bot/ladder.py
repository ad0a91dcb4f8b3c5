"""The ladder: which letters there are, on which days, and what those that went out have promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot import workdays
from bot.countries import country as country_of
from bot.invoices import Invoice
from bot.letters import ANNOUNCING, LADDER, LEGAL, Letter
from bot.parties import Business

FEW = 1_000
"""So many ladders are remembered: most businesses have their country's."""


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


def ladder(business: Business) -> Ladder:
    """The business's own ladder, else its country's; of no more letters than the country's cap."""
    return _ladder(business.country, business.ladder, business.final_notice)


@lru_cache(maxsize=FEW)
def _ladder(country: str, own: tuple[int, ...], final_notice: bool) -> Ladder:
    home = country_of(country)
    return Ladder((own or home.ladder)[: home.cap], home.gap, home.call_after, final_notice)


def in_notice(invoice: str, sent: Iterable[Letter]) -> bool:
    """Whether a final notice has gone out about an invoice: nothing milder follows."""
    return any(x.kind in LEGAL and names(x, invoice) for x in sent_letters(sent))


def level_reached(invoice: str, sent: Iterable[Letter]) -> int:
    """The highest level of the letters that went out about an invoice; 0 before the first."""
    return max((x.level for x in sent_letters(sent) if names(x, invoice)), default=0)


def opening(invoice: Invoice, sent: Iterable[Letter], rungs: Ladder, country: str) -> date:
    """The first bank day for the next step on an invoice: its rung, the gap, and our last word on it."""
    written = tuple(sent)
    reminders, about = sent_letters(written), [x for x in in_force(written) if names(x, invoice.id)]
    level = max((x.level for x in reminders if names(x, invoice.id)), default=0)
    due = invoice.due or date.max
    days = rungs.days[level] if level < rungs.last else rungs.days[-1] + rungs.call_after
    earliest = [due + timedelta(days=days)]
    earliest += [x.next_day for x in about if x.next_day and x.level in (level, 0)]
    earliest += [x.went_on + timedelta(days=rungs.gap) for x in (*reminders, *_taken_back(written))]
    return workdays.on_or_after(max(earliest), country)


def spaced(sent: Iterable[Letter], rungs: Ladder) -> date:
    """The first day that is far enough from the last letter of the ladder."""
    return max((x.went_on + timedelta(days=rungs.gap) for x in sent_letters(sent)), default=date.min)


def sent_letters(sent: Iterable[Letter]) -> list[Letter]:
    """The letters of the ladder that went out."""
    return [x for x in sent if x.kind in LADDER and x.reached]


def _taken_back(sent: Iterable[Letter]) -> list[Letter]:
    """The letters in which we said that what we had announced will not come."""
    return [x for x in sent if x.kind == "taken_back" and x.reached]


def in_force(sent: Iterable[Letter]) -> list[Letter]:
    """The letters whose word on what comes next still holds: those since we last took it back."""
    told = [x for x in sent if x.reached and x.kind in ANNOUNCING]
    back = max((at for at, x in enumerate(told) if x.kind == "taken_back"), default=-1)
    return told[back + 1 :]


def names(letter: Letter, invoice: str) -> bool:
    """Whether a letter asks for an invoice."""
    return any(c.invoice == invoice for c in letter.claims)


def announced(sent: Iterable[Letter], chased: set[str]) -> date | None:
    """The day last announced about any of these invoices; asking for them sooner would break our word."""
    about = (x for x in in_force(sent) if chased & {c.invoice for c in x.claims})
    return max((x.next_day for x in about if x.next_day), default=None)


def notice_over(invoice: str, sent: Iterable[Letter], rungs: Ladder, country: str) -> date:
    """The first bank day after the last deadline an invoice was given, or when we took our word back."""
    about = [x for x in sent if x.reached and names(x, invoice)]
    given = [x.pay_by for x in about if x.kind in {*LEGAL, "later"} and x.pay_by]
    quiet = [x.went_on + timedelta(days=rungs.gap) for x in about if x.kind == "taken_back"]
    return workdays.after(max([*given, *quiet]), country)
