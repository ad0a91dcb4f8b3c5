"""Deliveries: what has to go out once, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["nudge", "letter"]
State = Literal["planned", "sending", "sent", "failed", "unknown", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One sending, known by its key; `ref` is what is sent.

    While `sending`, one worker holds it until `lease_until`. More than one of `attempts` means an earlier one
    was cut off and may have got through.
    """

    key: str
    kind: Kind
    ref: str
    not_before: datetime
    state: State = "planned"
    attempts: int = 0
    claimed_by: str = ""
    lease_until: datetime | None = None
    reason: str = ""
    message_id: str = ""
