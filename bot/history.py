"""History: what happened, when, and by whom; written once and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, as `noun.verb`. `who` is empty when no person did it; `data` are its facts."""

    id: str
    at: datetime
    kind: str
    customer: str = ""
    invoice: str = ""
    who: str = ""
    data: Mapping[str, str | int | None] = field(default_factory=dict)
