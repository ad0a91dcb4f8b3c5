"""What a country's file says of its law: dated figures with their sources, and rules that differ in kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from bot.money import Money
from bot.questions import Debtor, Kind, Standing

Sure = Literal["primary", "secondary", "general"]
"""How well a figure is known: from the law, from a professional's or an authority's page, or hearsay."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number from a law or from good practice: where it stands, when it was looked up, and how surely.

    `since` is the first day it holds for; without one it is older than anything asked about.
    """

    value: int
    source: str
    verified: date
    since: date | None = None
    sure: Sure = "primary"


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The rate fixed for half a year, in percent a year, and the flat compensation where that moves too.

    None means that nobody has verified it: an answer that needs it is refused.
    """

    year: int
    half: Literal[1, 2]
    rate: str | None
    source: str
    verified: date
    sure: Sure = "secondary"
    flat: int | None = None

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return half_year_end(self.first)


@dataclass(frozen=True, slots=True)
class Opening:
    """From when a letter may go out or bear a fee, and how much; `unsure` when that rests on a reading."""

    opens: date | None = None
    most: int | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a claim may go next: undisputed, and disputed.

    Above a `ceiling` of principal, in the national currency, the doors are those of `above`.
    """

    undisputed: tuple[str, ...]
    disputed: tuple[str, ...]
    ceiling: Figure | None = None
    above: tuple[str, ...] = ()

    def for_principal(self, principal: Money, national: str) -> tuple[str, ...]:
        """The doors for an undisputed claim; one that cannot be compared with the ceiling is above it."""
        if self.ceiling is None:
            return self.undisputed
        below = principal.currency == national and principal.decimal <= self.ceiling.value
        return self.undisputed if below else self.above


def as_agreed(agreed: Decimal, statutory: Decimal | None, debtor: Debtor) -> Decimal | None:
    """The rate between businesses where the law leaves it to them."""
    return agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What may be sent, added and demanded in a country.

    `margins` are percentage points on the half-year's rate, for a consumer and for others. `fee` says from
    when a reminder or final notice may bear a fee, `demand` from when the creditor's own demand may go out.
    `charged_answer`: how many days a letter with a fee must give for another fee to follow.
    `years` is the period of limitation of a claim on a consumer and on others; it runs from due, or from the
    day the claim arose, and where its `end_moves` from weekends, holidays and `end_rests` to the next working
    day. `compensation` is None where the half-years hold it. `sources` names the statutes by part.
    """

    half_years: tuple[HalfYear, ...]
    margins: tuple[str, str] = ("0", "0")
    agreed: Callable[[Decimal, Decimal | None, Debtor], Decimal | None] = as_agreed
    demand_must_mention_interest: bool = False
    fee: Callable[[Kind, Standing, date], Opening]
    demand: Callable[[Standing, date], Opening] | None = None
    demand_days: Figure | None = None
    charged_answer: Figure | None = None
    compensation: tuple[Figure, ...] | None
    compensation_adds: bool
    absorbing_unsure: bool = False
    moving_unsure: bool = False
    plan_fee: Figure | None = None
    handover_fee: Figure | None = None
    disputed_part: bool = False
    doors: Doors
    years: tuple[Figure, Figure]
    years_acknowledged_sum: Figure | None = None
    from_arising: bool = False
    receipt_restarts: bool = False
    end_moves: bool = False
    end_rests: tuple[tuple[int, int], ...] = ()
    reviewed_through: date | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    def rate(self, day: date, *, consumer: bool) -> Decimal | None:
        """The statutory rate of a day in percent a year; None where it is not verified."""
        row = self.half_year(day)
        margin = Decimal(self.margins[0 if consumer else 1])
        return Decimal(row.rate) + margin if row and row.rate is not None else None

    def flat(self, day: date) -> int | None:
        """The flat compensation of a day in whole units of national currency; None where not verified."""
        if self.compensation is None:
            row = self.half_year(day)
            return row.flat if row else None
        return amount(self.compensation, day)

    def half_year(self, day: date) -> HalfYear | None:
        """The row of the half-year that holds a day."""
        return next((row for row in self.half_years if row.first <= day <= row.last), None)

    def reviewed(self, day: date) -> bool:
        """Whether somebody has reviewed the rules for letters and fees as they stand on a day."""
        return self.reviewed_through is None or day <= self.reviewed_through


def amount(figures: Iterable[Figure], day: date) -> int | None:
    """The value in force on a day, of figures in the order of their first days; None before the first."""
    return next((f.value for f in reversed(tuple(figures)) if f.since is None or f.since <= day), None)


def charging(opens: date, figures: tuple[Figure, ...], day: date, *, unsure: bool = False) -> Opening:
    """A fee from a day on, never before the first figure: what is lawful then or, if later, on `day`."""
    opens = max(opens, figures[0].since or opens)
    return Opening(opens, amount(figures, max(opens, day)), unsure)


def half_year_end(day: date) -> date:
    """The last day of the half-year that holds a day."""
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)


def months_later(day: date, months: int) -> date:
    """The day of the same number that many months on; in a shorter month its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
