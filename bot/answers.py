"""What the law compass answers: what is lawful on a day, from when, and what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.charges import Interest
from bot.limitation import Limitation
from bot.money import Money
from bot.questions import Judged

OPEN_ENDED = Limitation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Whether a letter may go out, and with a fee; the first day for that, and the earliest deadline in it.

    `opens` of a reminder and a final notice is the first day for a fee, of a demand the first day for itself.
    """

    may_send: bool = False
    may_charge: bool = False
    max_fee: int | None = None
    opens: date | None = None
    min_deadline: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Whether the claim may be handed over or filed, from when, by which doors, and the flat fee for it."""

    may: bool = False
    opens: date | None = None
    routes: tuple[str, ...] = ()
    max_fee: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Principal, fees and interest, each apart; None where a part is unknown.

    `charges` are fees and compensation together. Fees and charges are in whole national currency units.
    """

    principal: Money | None = None
    claimable: Money | None = None
    fees: Decimal | None = None
    charges: Decimal | None = None
    interest: Money | None = None
    total: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. Refusals say why a part is missing or stopped, `unsure` which part rests on a reading."""

    due: date | None = None
    overdue: bool = False
    days_overdue: int = 0
    reminder: Permission = Permission()
    term: str | None = None
    final_notice: Permission = Permission()
    demand: Permission | None = None
    escalation: Escalation = Escalation()
    letters: tuple[Judged, ...] = ()
    compensation: int | None = None
    plan_fee: int | None = None
    interest: Interest | None = None
    owed: Owed = Owed()
    limitation: Limitation = OPEN_ENDED
    refusals: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
