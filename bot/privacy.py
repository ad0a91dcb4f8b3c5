"""Privacy: why a customer cannot be erased yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bot import plans
from bot.cases import Case
from bot.invoices import is_open

Obstacle = Literal["claim", "credit", "letter", "reply", "dispute", "promise", "plan"]


def obstacles(case: Case) -> tuple[Obstacle, ...]:
    """What still needs the data of a customer, a claim with an agency too; empty: they can be erased."""
    return tuple(_obstacles(case))


def _obstacles(case: Case) -> Iterator[Obstacle]:
    if any(is_open(each) for each in case.invoices):
        yield "claim"
    if any(amount.minor > 0 for amount in case.credit):
        yield "credit"
    if any(each.pending for each in case.letters):
        yield "letter"
    if any(each.unread for each in case.replies):
        yield "reply"
    if any(each.closed is None for each in case.disputes):
        yield "dispute"
    if any(each.state == "open" for each in case.promises):
        yield "promise"
    if any(each.state in plans.ALIVE for each in case.plans):
        yield "plan"
