"""Through which day a file of several bank statements tells of everything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def covered(statements: Iterable[tuple[str, date | None]]) -> date | None:
    """The last day told of for every account, from each statement's account and last day.

    None where a statement has a gap: what is missing there may be somebody's payment.
    """
    latest: dict[str, date] = {}
    for account, day in statements:
        if day is None:
            return None
        latest[account] = max(latest.get(account, day), day)
    return min(latest.values(), default=None)
