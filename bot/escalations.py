"""Escalations: a claim that leaves the ladder, handed over or written off, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.letters import Claim

Kind = Literal["hand_over", "write_off"]
Reason = Literal["cannot_pay", "small", "goodwill", "no_proof", "barred", "other"]
REASONS: tuple[Reason, ...] = ("cannot_pay", "small", "goodwill", "no_proof", "barred", "other")
"""Why a claim is written off, in the order in which the reasons are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Some claims that left the ladder on a day, and by whose word.

    `claims` are what was open then; `left` is what the agency was last said to be left of them. `to` is the
    agency; `reason` and `words` why a claim was written off; `pack` the evidence that went along. `ended`:
    since when the claims are the owner's own matter again.
    """

    id: str
    customer: str
    kind: Kind
    day: date
    by: str
    claims: tuple[Claim, ...]
    left: tuple[Claim, ...] = ()
    to: str = ""
    reason: Reason | Literal[""] = ""
    words: str = ""
    pack: str = ""
    ended: date | None = None


def usual_agency(earlier: Iterable[Escalation]) -> str:
    """The agency that a business last handed a claim over to."""
    return next((e.to for e in reversed(tuple(earlier)) if e.kind == "hand_over" and e.to), "")
